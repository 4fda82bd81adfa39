import type { Machine } from '../../model/topology'
import { FactSheet } from '../facts'
import type { Sourced, TreeFiles } from '../tree-files'
import { readHugepagePools, readTransparentHugepages } from './hugepages'

const MEMMAP_ON_MEMORY = 'sys/module/memory_hotplug/parameters/memmap_on_memory'
const CPUS = 'sys/devices/system/cpu'

/** Facts about the machine as a whole: product, memory block size, memmap_on_memory, CPUs, hugepages. */
export function readMachine(files: TreeFiles): Machine {
  return new FactSheet<Machine>('machine')
    .set('product', ...files.text('sys/class/dmi/id/product_name'))
    .set('memoryBlockBytes', ...files.bareHex('sys/devices/system/memory/block_size_bytes'))
    .set('memmapOnMemory', ...readMemmapOnMemory(files))
    .set('cpuCount', ...readCpuCount(files))
    .set('hugepagePools', ...readHugepagePools(files, 'sys/kernel/mm/hugepages'))
    .set('transparentHugepages', ...readTransparentHugepages(files))
    .finish()
}

/** Old kernels list no online CPUs; those that are online have a topology. */
function readCpuCount(files: TreeFiles): Sourced<number> {
  const [online, source] = files.idList(`${CPUS}/online`)
  if (online !== undefined) return [online.length, source]
  const count = files.tree
    .list(CPUS)
    .filter((name) => /^cpu\d+$/.test(name))
    .filter((name) => files.flag(`${CPUS}/${name}/online`)[0] !== false)
    .filter((name) => files.tree.kind(`${CPUS}/${name}/topology`) !== undefined).length
  return [count === 0 ? undefined : count, files.source(CPUS)]
}

/** N, Y or force (DOMAIN §2.4); the kernel prints the parameter as set, so 1 and 0 do not occur. */
function readMemmapOnMemory(files: TreeFiles): Sourced<'N' | 'Y' | 'force'> {
  const [text, source] = files.text(MEMMAP_ON_MEMORY)
  const value = text?.trim()
  if (value === 'N' || value === 'Y' || value === 'force') return [value, source]
  if (value !== undefined) files.malformed(MEMMAP_ON_MEMORY, value, 'N, Y or force')
  return [undefined, source]
}
