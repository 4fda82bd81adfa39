import type { Machine, NumaNode } from '../../model/topology'
import { documentsOf, type SourceDocument } from '../documents'
import { FactSheet, type Facts, type Reader } from '../facts'
import { reportBrokenJson } from '../json/report-broken'
import { blockBytesOf, memoryBlocksOf, type PlacedTable } from './blocks'
import { lsmemOutput, type LsmemOutput } from './rows'

/** Output of lsmem (util-linux): memory blocks with state, node and zones, in every form and with any columns. */
export const lsmemReader: Reader = {
  id: 'lsmem',
  title: 'lsmem (text, -r, -P or -J, any columns)',
  inputKind: 'tool-output',
  sniff: (tree) =>
    documentsOf(tree).some((document) => {
      const { tables, broken } = outputOf(document)
      return tables.length + broken.length > 0
    }),
  read(tree, context): Facts {
    const tables: readonly PlacedTable[] = documentsOf(tree).flatMap((document) => {
      const { path } = document
      const output = outputOf(document)
      const isAlone = output.tables.length === 0
      for (const broken of output.broken) reportBrokenJson({ ...broken, path, isAlone }, context)
      return output.tables.map((table) => ({ ...table, path }))
    })
    if (tables.length === 0) return {}
    const sized = tables
      .map((table) => ({ path: table.path, blockBytes: blockBytesOf(table) }))
      .find(({ blockBytes }) => blockBytes !== undefined)
    const memoryBlocks = memoryBlocksOf(tables, sized?.blockBytes)
    const [first] = tables
    if (memoryBlocks.length === 0 && first !== undefined) {
      context.diagnose({
        severity: 'warning',
        code: 'incomplete-output',
        where: first.path,
        message:
          'no column tells the size of a memory block; capture it with `lsmem -a -b -J -o RANGE,SIZE,STATE,BLOCK,NODE,ZONES`',
      })
    }
    const machine = new FactSheet<Machine>('machine')
      .set('memoryBlockBytes', sized?.blockBytes, {
        kind: 'read',
        reader: 'lsmem',
        path: sized?.path ?? '',
        key: 'memory block size',
      })
      .finish()
    const nodes = nodesOf(
      memoryBlocks.flatMap(({ nodeIds = [] }) => nodeIds),
      first?.path ?? '',
    )
    return { machine, memoryBlocks, ...(nodes.length > 0 && { nodes }) }
  },
}

const known = new WeakMap<SourceDocument, LsmemOutput>()

/** Sniffing takes the same output out of a document as reading. */
function outputOf(document: SourceDocument): LsmemOutput {
  const output = known.get(document) ?? lsmemOutput(document.text)
  known.set(document, output)
  return output
}

/** The NODE column names the nodes that have memory blocks, and says nothing else of them. */
function nodesOf(nodeIds: readonly number[], path: string): readonly NumaNode[] {
  return [...new Set(nodeIds)].map((nodeId) =>
    new FactSheet<NumaNode>(`node${nodeId}`)
      .set('nodeId', nodeId, { kind: 'read', reader: 'lsmem', path, key: 'NODE' })
      .finish(),
  )
}
