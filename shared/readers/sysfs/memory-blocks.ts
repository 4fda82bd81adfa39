import type { MemoryBlock } from '../../model/topology'
import { FactSheet, type Facts } from '../facts'
import type { ReadSource } from '../../model/source'
import type { TreeFiles } from '../tree-files'

const BLOCKS = 'sys/devices/system/memory'
const NODES = 'sys/devices/system/node'
const BLOCK = /^memory(\d{1,12})$/
const NODE = /^node(\d{1,7})$/

interface BlockNodes {
  readonly nodeIds: Set<number>
  /** The first link that ties the block to a node. */
  readonly source: ReadSource
}

/**
 * Memory blocks (DOMAIN §9.2) with their nodes; boundary blocks may have two (DOMAIN §13.10). hwloc-gather-topology
 * keeps of a block only the link below its node, and dumps of util-linux only that to the node below the block.
 */
export function readMemoryBlocks(files: TreeFiles): Facts {
  const nodesOf = new Map<string, BlockNodes>()
  const add = (block: string, node: string, path: string) => {
    const nodeId = Number(NODE.exec(node)?.[1])
    const known = nodesOf.get(block)
    if (known === undefined)
      nodesOf.set(block, { nodeIds: new Set([nodeId]), source: files.source(path) })
    else known.nodeIds.add(nodeId)
  }
  const named = (path: string, pattern: RegExp) =>
    files.tree.list(path).filter((name) => pattern.test(name))
  const blocks = named(BLOCKS, BLOCK)
  for (const node of named(NODES, NODE)) {
    for (const block of named(`${NODES}/${node}`, BLOCK)) {
      add(block, node, `${NODES}/${node}/${block}`)
    }
  }
  for (const block of blocks) {
    for (const node of named(`${BLOCKS}/${block}`, NODE)) {
      add(block, node, `${BLOCKS}/${block}/${node}`)
    }
  }
  const names = new Set([...blocks, ...nodesOf.keys()])
  if (names.size === 0) return {}
  return { memoryBlocks: [...names].map((name) => readBlock(files, name, nodesOf.get(name))) }
}

function readBlock(files: TreeFiles, name: string, nodes: BlockNodes | undefined): MemoryBlock {
  const path = `${BLOCKS}/${name}`
  return new FactSheet<MemoryBlock>(name)
    .set('blockIndex', Number(BLOCK.exec(name)?.[1]), nodes?.source ?? files.source(path))
    .set('state', ...files.text(`${path}/state`))
    .set(
      'nodeIds',
      nodes && [...nodes.nodeIds].sort((a, b) => a - b),
      nodes?.source ?? files.source(path),
    )
    .set('validZones', ...files.text(`${path}/valid_zones`))
    .finish()
}
