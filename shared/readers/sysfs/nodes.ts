import type { AccessClass, HugepagePool, MemorySideCache, NumaNode } from '../../model/topology'
import { KIB, parseDecimal } from '../../model/units'
import { FactSheet, type Facts } from '../facts'
import type { Sourced, TreeFiles } from '../tree-files'

const NODES = 'sys/devices/system/node'
const NODE_DIRECTORY = /^node(\d{1,7})$/
const POOL_DIRECTORY = /^hugepages-(\d{1,15})kB$/
const MEMINFO_LINE = /^Node\s+\d+\s+(\S+):\s+(\d{1,20})(?:\s+kB)?$/

/** NUMA nodes as sysfs shows them (DOMAIN §9.1), CPU-less and memory-less ones included. */
export function readNodes(files: TreeFiles): Facts {
  const nodeIds = directoryNumbers(files, NODES, NODE_DIRECTORY)
  if (nodeIds.length === 0) return {}
  const [online] = files.idList(`${NODES}/online`)
  return { nodes: nodeIds.map((nodeId) => readNode(files, nodeId, online ?? nodeIds)) }
}

function readNode(files: TreeFiles, nodeId: number, onlineIds: readonly number[]): NumaNode {
  const path = `${NODES}/node${nodeId}`
  const memory = readNodeMeminfo(files, `${path}/meminfo`)
  return (
    new FactSheet<NumaNode>(`node${nodeId}`)
      .set('nodeId', nodeId, files.source(path))
      // Not files.text, which drops empty files: an empty cpulist is a fact, a CPU-less node.
      .set('cpuList', files.tree.text(`${path}/cpulist`), files.source(`${path}/cpulist`))
      .set('memoryBytes', ...memory('MemTotal'))
      .set('freeBytes', ...memory('MemFree'))
      .set('distances', ...readDistances(files, `${path}/distance`, onlineIds))
      .set('hugepagePools', ...readHugepagePools(files, `${path}/hugepages`))
      .set('memorySideCaches', ...readMemorySideCaches(files, `${path}/memory_side_cache`))
      .set('accessClasses', ...readAccessClasses(files, path))
      .finish()
  )
}

function directoryNumbers(files: TreeFiles, path: string, pattern: RegExp): readonly number[] {
  return files.tree
    .list(path)
    .flatMap((name) => {
      const digits = pattern.exec(name)?.[1]
      return digits === undefined ? [] : [Number(digits)]
    })
    .sort((a, b) => a - b)
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

function readHugepagePools(files: TreeFiles, path: string): Sourced<readonly HugepagePool[]> {
  const pools = directoryNumbers(files, path, POOL_DIRECTORY).flatMap((sizeKib) => {
    const pool = `${path}/hugepages-${sizeKib}kB`
    const [total] = files.number(`${pool}/nr_hugepages`)
    const [free] = files.number(`${pool}/free_hugepages`)
    const [surplus] = files.number(`${pool}/surplus_hugepages`)
    const sizeBytes = sizeKib * KIB
    if (total === undefined || !Number.isSafeInteger(sizeBytes * total)) return []
    return [
      {
        sizeBytes,
        total,
        ...(free === undefined ? {} : { free }),
        ...(surplus === undefined ? {} : { surplus }),
      },
    ]
  })
  return [pools.length === 0 ? undefined : pools, files.source(path)]
}

function readMemorySideCaches(files: TreeFiles, path: string): Sourced<readonly MemorySideCache[]> {
  const caches = directoryNumbers(files, path, /^index(\d{1,3})$/).flatMap((level) => {
    const [sizeBytes] = files.number(`${path}/index${level}/size`)
    const [lineBytes] = files.number(`${path}/index${level}/line_size`)
    if (sizeBytes === undefined) return []
    return [{ level, sizeBytes, ...(lineBytes === undefined ? {} : { lineBytes }) }]
  })
  return [caches.length === 0 ? undefined : caches, files.source(path)]
}

/** access0 = best initiators of any kind, access1 = best CPUs; MB/s and ns as HMAT gives them (DOMAIN §9.1). */
function readAccessClasses(files: TreeFiles, nodePath: string): Sourced<readonly AccessClass[]> {
  const classes = directoryNumbers(files, nodePath, /^access(\d{1,2})$/).map((accessClass) => {
    const path = `${nodePath}/access${accessClass}/initiators`
    const measured = {
      readBandwidthMBs: files.number(`${path}/read_bandwidth`)[0],
      writeBandwidthMBs: files.number(`${path}/write_bandwidth`)[0],
      readLatencyNs: files.number(`${path}/read_latency`)[0],
      writeLatencyNs: files.number(`${path}/write_latency`)[0],
    }
    const known = Object.entries(measured).filter(([, value]) => value !== undefined)
    return {
      accessClass,
      initiatorNodeIds: directoryNumbers(files, path, NODE_DIRECTORY),
      ...Object.fromEntries(known),
    }
  })
  return [classes.length === 0 ? undefined : classes, files.source(nodePath, 'access*')]
}
