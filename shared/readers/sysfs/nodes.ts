import { parseCpuMask } from '../../model/cpu-mask'
import { formatIdList, parseIdList } from '../../model/id-list'
import type { NumaNode } from '../../model/topology'
import { KIB, parseDecimal } from '../../model/units'
import { FactSheet, type Facts } from '../facts'
import type { Sourced, TreeFiles } from '../tree-files'
import { directoryNumbers } from './directory-numbers'
import { gpuNodes } from './gpu-nodes'
import { hiddenNodes } from './hidden-nodes'
import { readHugepagePools } from './hugepages'
import { readAccessClasses, readMemorySideCaches } from './memory-performance'

const NODES = 'sys/devices/system/node'
const WEIGHTS = 'sys/kernel/mm/mempolicy/weighted_interleave'
const NODE_DIRECTORY = /^node(\d{1,4})$/
/** Kernels are built for at most 1024 nodes (NODES_SHIFT) and 8192 CPUs; a small hostile file could name millions. */
const MOST_NODES = 1024
const MOST_CPUS = 16384
const MEMINFO_LINE = /^Node\s+\d+\s+(\S+):\s+(\d{1,20})(?:\s+kB)?$/

/** NUMA nodes as sysfs shows them (DOMAIN §9.1), CPU-less and memory-less ones included. */
export function readNodes(files: TreeFiles): Facts {
  const nodeIds = directoryNumbers(files, NODES, NODE_DIRECTORY).slice(0, MOST_NODES)
  if (nodeIds.length === 0) return {}
  const [online] = files.idList(`${NODES}/online`)
  const gpus = gpuNodes(files)
  const nodes = nodeIds.map((nodeId) => readNode(files, nodeId, online ?? nodeIds))
  return { nodes: hiddenNodes(files, nodes, gpus) }
}

function readNode(files: TreeFiles, nodeId: number, onlineIds: readonly number[]): NumaNode {
  const path = `${NODES}/node${nodeId}`
  const memory = readNodeMeminfo(files, `${path}/meminfo`)
  return new FactSheet<NumaNode>(`node${nodeId}`)
    .set('nodeId', nodeId, files.source(path))
    .set('cpuList', ...readCpuList(files, path))
    .set('memoryBytes', ...memory('MemTotal'))
    .set('freeBytes', ...memory('MemFree'))
    .set('distances', ...readDistances(files, `${path}/distance`, onlineIds))
    .set('hugepagePools', ...readHugepagePools(files, `${path}/hugepages`))
    .set('memorySideCaches', ...readMemorySideCaches(files, `${path}/memory_side_cache`))
    .set('accessClasses', ...readAccessClasses(files, path))
    .set('interleaveWeight', ...files.number(`${WEIGHTS}/node${nodeId}`))
    .finish()
}

/**
 * The kernel prints the same set in both files; dumps of old kernels have only the mask (DOMAIN §13.10). Where a dump was
 * edited they may differ: then the mask counts, which is what hwloc reads.
 */
function readCpuList(files: TreeFiles, path: string): Sourced<string> {
  // Not files.text, which drops empty files: an empty cpulist is a fact, a CPU-less node.
  const list = files.tree.text(`${path}/cpulist`)?.trim()
  const listed = list === undefined ? undefined : parseIdList(list, MOST_CPUS)
  const [mask, maskSource] = files.text(`${path}/cpumap`)
  const masked = mask === undefined ? undefined : parseCpuMask(mask)
  if (list !== undefined && listed === undefined) {
    files.malformed(`${path}/cpulist`, list, 'a list such as 0-1,3')
  }
  if (mask !== undefined && masked === undefined) {
    files.malformed(`${path}/cpumap`, mask, 'a CPU mask')
  }
  const fromMask = masked === undefined ? undefined : formatIdList(masked)
  const fromList = listed === undefined ? undefined : formatIdList(listed)
  if (fromList !== undefined && (fromMask === undefined || fromMask === fromList)) {
    return [fromList, files.source(`${path}/cpulist`)]
  }
  if (fromList !== undefined) {
    files.contradiction(`${path}/cpulist`, `cpumap beside it has CPUs ${fromMask}, which are used`)
  }
  return [fromMask, maskSource]
}

/** Returns a look-up of one field in bytes; the file prints kB (drivers/base/node.c node_read_meminfo). */
function readNodeMeminfo(files: TreeFiles, path: string): (key: string) => Sourced<number> {
  const kibibytes = new Map<string, number>()
  const [text] = files.text(path)
  for (const line of (text ?? '').split('\n')) {
    const [, key, digits] = MEMINFO_LINE.exec(line.trim()) ?? []
    const value = digits === undefined ? undefined : parseDecimal(digits)
    if (key !== undefined && value !== undefined) kibibytes.set(key, value)
  }
  return (key) => {
    const value = kibibytes.get(key)
    const bytes = value === undefined ? undefined : value * KIB
    return [Number.isSafeInteger(bytes) ? bytes : undefined, files.source(path, key)]
  }
}

/** The file holds one number for each ONLINE node in ascending order of ids, not one for each id (DOMAIN §9.1). */
function readDistances(
  files: TreeFiles,
  path: string,
  onlineIds: readonly number[],
): Sourced<Readonly<Record<string, number>>> {
  const [text, source] = files.text(path)
  if (text === undefined) return [undefined, source]
  const values = text.trim().split(/\s+/).map(parseDecimal)
  if (values.length !== onlineIds.length || values.includes(undefined)) {
    files.malformed(path, text, `${onlineIds.length} distances, one for each online node`)
    return [undefined, source]
  }
  return [Object.fromEntries(onlineIds.map((id, index) => [id, values[index] ?? 0])), source]
}
