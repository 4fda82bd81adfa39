import { formatBytes } from '../model/units'
import { cxlLines, daxLines, dimmLines, namespaceLines, regionLines } from './device-text'
import { plural, table } from './text-table'
import type { Summary, SummaryNode } from './types'

/** The summary for people: what the machine is, its nodes, its namespaces, and what its struct pages cost. Ends with a newline. */
export function summaryText(summary: Summary): string {
  const sections = [
    machineLines(summary),
    nodeLines(summary.numaNodes),
    dimmLines(summary.dimms),
    cxlLines(summary.cxl),
    regionLines(summary),
    namespaceLines(summary.namespaces),
    daxLines(summary.daxDevices),
    memmapLines(summary),
    diagnosticLines(summary),
  ]
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map(printable).join('\n'))
    .join('\n\n')}\n`
}

/** Names come from strangers: control characters would move the terminal's cursor or change its colours. */
function printable(line: string): string {
  return line.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '?')
}

function machineLines({ input, machine, totals }: Summary): readonly string[] {
  const facts = [
    machine.product,
    machine.kernelRelease === undefined ? undefined : `Linux ${machine.kernelRelease}`,
    machine.arch,
    machine.basePageBytes === undefined || machine.basePageSource === 'default'
      ? undefined
      : `${formatBytes(machine.basePageBytes)} pages`,
  ].filter((fact) => fact !== undefined)
  const counts = [
    totals.memoryBytes === undefined ? undefined : `${formatBytes(totals.memoryBytes)} memory`,
    plural(totals.packages, 'package'),
    plural(totals.cpus, 'CPU'),
    plural(totals.numaNodes, 'NUMA node'),
    plural(totals.dimms, 'DIMM'),
    plural(totals.nvdimms, 'NVDIMM'),
    plural(totals.pmemRegions, 'PMEM region'),
    plural(totals.namespaces, 'namespace'),
    plural(totals.daxDevices, 'dax device'),
    plural(totals.cxlMemdevs, 'CXL device'),
    plural(totals.p2pProviders, 'P2PDMA provider'),
    totals.memoryBlocks === undefined || totals.memoryBlockBytes === undefined
      ? plural(totals.memoryBlocks, 'memory block')
      : `${plural(totals.memoryBlocks, 'memory block')} of ${formatBytes(totals.memoryBlockBytes)}`,
  ].filter((count) => count !== undefined)
  const name = machine.hostname ?? input.name
  return [
    `${name}  ${facts.join(' · ')}`.trimEnd(),
    ...(counts.length === 0 ? [] : [`  ${counts.join(' · ')}`]),
  ]
}

function nodeLines(nodes: readonly SummaryNode[]): readonly string[] {
  if (nodes.length === 0) return []
  return [
    'nodes',
    ...table(
      nodes.map((node) => [
        `node${node.id}`,
        node.memoryBytes === undefined ? '' : formatBytes(node.memoryBytes),
        node.kinds?.join('+') ?? '',
        node.cpulist === undefined ? '' : node.cpulist === '' ? 'no CPUs' : `CPUs ${node.cpulist}`,
        node.tier === undefined ? '' : `tier ${node.tier}`,
        node.distances === undefined ? '' : `distances ${Object.values(node.distances).join(' ')}`,
        (node.hugepages ?? [])
          .filter(({ total }) => total > 0)
          .map(({ sizeBytes, total }) => `${total} × ${formatBytes(sizeBytes)} hugepages`)
          .join(', '),
        (node.memorySideCaches ?? [])
          .map(({ level, sizeBytes }) => `L${level} memory-side cache ${formatBytes(sizeBytes)}`)
          .join(', '),
        node.hiddenByHwloc === undefined ? '' : `not in lstopo: ${node.hiddenByHwloc}`,
      ]),
    ),
    ...accessLines(nodes),
  ]
}

/** What the best initiators of a node see (HMAT access class 0), where the kernel shows it. */
function accessLines(nodes: readonly SummaryNode[]): readonly string[] {
  const rows = nodes.flatMap(({ id, accessClasses }) =>
    (accessClasses ?? [])
      .filter(({ accessClass }) => accessClass === 0)
      .map((access) => [
        `node${id}`,
        access.initiatorNodeIds.length === 0
          ? ''
          : `from node ${access.initiatorNodeIds.join(', ')}`,
        rate('reads', access.readBandwidthMBs, access.readLatencyNs),
        rate('writes', access.writeBandwidthMBs, access.writeLatencyNs),
      ]),
  )
  return rows.length === 0 ? [] : ['', 'access', ...table(rows)]
}

function rate(what: string, megabytes: number | undefined, nanoseconds: number | undefined) {
  const parts = [
    megabytes === undefined ? undefined : `${megabytes} MB/s`,
    nanoseconds === undefined ? undefined : `${nanoseconds} ns`,
  ].filter((part) => part !== undefined)
  return parts.length === 0 ? '' : `${what} ${parts.join(', ')}`
}

function memmapLines({ memmap }: Summary): readonly string[] {
  if (memmap === undefined) return []
  const places = Object.entries(memmap.byNode).map(([place, bytes]) => {
    const where = /^\d+$/.test(place)
      ? `node ${place}`
      : place === 'device'
        ? 'on devices'
        : `${place} node`
    return [where, formatBytes(bytes), `${bytes} B`]
  })
  const estimated = memmap.certainty === 'estimated' ? ' (estimated)' : ''
  const { hvo, daxDedup } = memmap.savedBytes
  const atMost = memmap.certainty === 'upper-bound' ? 'at most ' : ''
  return [
    `struct pages  ${formatBytes(memmap.residentBytes)} resident${estimated} of ${formatBytes(memmap.fullBytes)}`,
    ...table([
      ...places,
      ...(hvo > 0 ? [['saved by HVO', `${atMost}${formatBytes(hvo)}`, `${hvo} B`]] : []),
      ...(daxDedup > 0 ? [['saved by device-dax', formatBytes(daxDedup), `${daxDedup} B`]] : []),
      ...(memmap.pageTableBytes > 0
        ? [['page tables', formatBytes(memmap.pageTableBytes), `${memmap.pageTableBytes} B`]]
        : []),
      ...(memmap.measured === undefined
        ? []
        : [
            [
              'kernel counters',
              formatBytes(memmap.measured.residentBytes),
              `${memmap.measured.residentBytes} B`,
              memmap.measured.source,
            ],
            ...memmap.measured.explained.map(({ bytes, text }) => [
              '  of it',
              signed(bytes),
              `${bytes} B`,
              text,
            ]),
            ...(memmap.measured.unexplainedBytes === 0
              ? []
              : [
                  [
                    '  of it',
                    signed(memmap.measured.unexplainedBytes),
                    `${memmap.measured.unexplainedBytes} B`,
                    'not explained',
                  ],
                ]),
          ]),
    ]),
  ]
}

/** `+6 MiB`, `−12 KiB`. */
function signed(bytes: number): string {
  return `${bytes < 0 ? '−' : '+'}${formatBytes(Math.abs(bytes))}`
}

function diagnosticLines({ diagnostics }: Summary): readonly string[] {
  return diagnostics.map(
    ({ severity, where, message }) => `${severity}: ${where}: ${message.slice(0, 400)}`,
  )
}
