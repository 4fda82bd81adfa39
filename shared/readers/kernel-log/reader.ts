import type { ReadSource } from '../../model/source'
import type { Machine, NumaNode } from '../../model/topology'
import { documentsOf, type SourceDocument } from '../documents'
import { FactSheet, type Facts, type Reader } from '../facts'
import type { SourceTree } from '../source-tree'
import { freeableBytes } from './hugetlb-lines'
import { sratLines, type SratLines } from './srat-lines'

/** The first line of a boot, or one of the lines that are read here; before them stand times, levels, host names. */
const LOG =
  /\] Linux version \d|kernel: Linux version \d|SRAT: Node \d{1,7} PXM \d|HugeTLB: (?:can (?:free|optimize) )?\d{1,9} (?:KiB )?vmemmap /
const RELEASE = /(?:\] |kernel: |^)Linux version (\d\S{0,100}) \(/m
const COMMAND_LINE = /(?:\] |kernel: |^)(?:Command line|Kernel command line): (.{1,4096})$/m
/** Nodes that had memory at boot (mm/mm_init.c free_area_init). */
const EARLY_NODE = /^.{0,80} node {1,6}(\d{1,7}): \[mem 0x[\da-f]{1,16}-0x[\da-f]{1,16}\]$/gm

/**
 * Kernel log (dmesg, journalctl -k): what HVO can free for each hugepage size, as the kernel itself says (DOMAIN §3.2,
 * §14.10), and the memory ranges of the SRAT with their nodes.
 */
export const kernelLogReader: Reader = {
  id: 'kernel-log',
  title: 'kernel log (dmesg: lines that prove HVO, SRAT ranges)',
  inputKind: 'tool-output',
  sniff: (tree) => documentsOf(tree).some(({ text }) => LOG.test(text)),
  read(tree): Facts {
    const logs = documentsOf(tree).filter(({ text }) => LOG.test(text))
    const srat = logs
      .map((log) => ({ log, lines: sratLines(log.text, log.path) }))
      .find(({ lines }) => lines.ranges.length > 0)
    const nodes = srat === undefined ? [] : readNodes(tree, srat.log, srat.lines)
    return {
      machine: readMachine(tree, logs),
      ...(nodes.length > 0 && { nodes }),
      ...(srat !== undefined && { firmwareRanges: srat.lines.ranges }),
    }
  },
}

function sourceOf(path: string, key: string): ReadSource {
  return { kind: 'read', reader: 'kernel-log', path, key }
}

function readMachine(tree: SourceTree, logs: readonly SourceDocument[]): Machine {
  const sheet = new FactSheet<Machine>('machine')
  // Later logs are the same one with other times in front (dmesg -T).
  for (const { path, text } of [...logs].reverse()) {
    const freeable = freeableBytes(text)
    sheet
      .set(
        'hugetlbFreeableBytes',
        Object.keys(freeable).length === 0 ? undefined : freeable,
        sourceOf(path, 'HugeTLB: … vmemmap can be freed'),
      )
      .set('kernelRelease', RELEASE.exec(text)?.[1], sourceOf(path, 'Linux version'))
    // The log has the line before bootconfig was added; /proc/cmdline is the whole one.
    if (tree.kind('proc/cmdline') === undefined) {
      const [, commandLine] = COMMAND_LINE.exec(text) ?? []
      sheet.set('commandLine', commandLine?.trim(), sourceOf(path, 'Command line'))
    }
  }
  return sheet.finish()
}

/** Proximity domains of nodes that exist: the SRAT also names nodes that memory may be added to later. */
function readNodes(
  tree: SourceTree,
  { path, text }: SourceDocument,
  { domainOfNode }: SratLines,
): readonly NumaNode[] {
  const early = new Set([...text.matchAll(EARLY_NODE)].map(([, node]) => Number(node)))
  const folder = 'sys/devices/system/node'
  const hasNode =
    tree.kind(folder) === undefined
      ? (nodeId: number) => early.has(nodeId)
      : (nodeId: number) => tree.kind(`${folder}/node${nodeId}`) === 'directory'
  return [...domainOfNode].flatMap(([nodeId, domain]) =>
    hasNode(nodeId)
      ? [
          new FactSheet<NumaNode>(`node${nodeId}`)
            .set('nodeId', nodeId, sourceOf(path, 'Early memory node ranges'))
            .set('proximityDomain', domain, sourceOf(path, `SRAT: Node ${nodeId} PXM ${domain}`))
            .finish(),
        ]
      : [],
  )
}
