import type { MemoryBlock } from '../../model/topology'
import { FactSheet, type Facts } from '../facts'
import type { TreeFiles } from '../tree-files'

const BLOCKS = 'sys/devices/system/memory'
const NODES = 'sys/devices/system/node'
const BLOCK_DIRECTORY = /^memory(\d{1,12})$/

/** Memory blocks (DOMAIN §9.2) with the nodes whose directories link to them; boundary blocks may have two. */
export function readMemoryBlocks(files: TreeFiles): Facts {
  const names = files.tree.list(BLOCKS).filter((name) => BLOCK_DIRECTORY.test(name))
  if (names.length === 0) return {}
  const nodeIdsByBlock = readBlockNodes(files)
  const memoryBlocks = names.map((name) => {
    const path = `${BLOCKS}/${name}`
    const nodeIds = nodeIdsByBlock.get(name)
    return new FactSheet<MemoryBlock>(name)
      .set('blockIndex', Number(BLOCK_DIRECTORY.exec(name)?.[1]), files.source(path))
      .set('state', ...files.text(`${path}/state`))
      .set('nodeIds', nodeIds, files.source(`${NODES}/node${nodeIds?.[0]}/${name}`))
      .set('validZones', ...files.text(`${path}/valid_zones`))
      .finish()
  })
  return { memoryBlocks }
}

function readBlockNodes(files: TreeFiles): ReadonlyMap<string, readonly number[]> {
  const nodeIdsByBlock = new Map<string, number[]>()
  for (const node of files.tree.list(NODES)) {
    const digits = /^node(\d{1,7})$/.exec(node)?.[1]
    if (digits === undefined) continue
    for (const name of files.tree.list(`${NODES}/${node}`)) {
      if (!BLOCK_DIRECTORY.test(name)) continue
      const nodeIds = nodeIdsByBlock.get(name) ?? []
      nodeIds.push(Number(digits))
      nodeIdsByBlock.set(
        name,
        nodeIds.sort((a, b) => a - b),
      )
    }
  }
  return nodeIdsByBlock
}
