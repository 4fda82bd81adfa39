import type { Machine } from '../../model/topology'
import { FactSheet } from '../facts'
import type { Sourced, TreeFiles } from '../tree-files'

const MEMMAP_ON_MEMORY = 'sys/module/memory_hotplug/parameters/memmap_on_memory'

/** Facts about the machine as a whole: product, memory block size, memmap_on_memory, number of CPUs. */
export function readMachine(files: TreeFiles): Machine {
  const [online, onlineSource] = files.idList('sys/devices/system/cpu/online')
  return new FactSheet<Machine>('machine')
    .set('product', ...files.text('sys/class/dmi/id/product_name'))
    .set('memoryBlockBytes', ...files.bareHex('sys/devices/system/memory/block_size_bytes'))
    .set('memmapOnMemory', ...readMemmapOnMemory(files))
    .set('cpuCount', online?.length, onlineSource)
    .finish()
}

/** N, Y or force (DOMAIN §2.4); the kernel prints the parameter as set, so 1 and 0 do not occur. */
function readMemmapOnMemory(files: TreeFiles): Sourced<'N' | 'Y' | 'force'> {
  const [text, source] = files.text(MEMMAP_ON_MEMORY)
  const value = text?.trim()
  if (value === 'N' || value === 'Y' || value === 'force') return [value, source]
  if (value !== undefined) files.malformed(MEMMAP_ON_MEMORY, value, 'N, Y or force')
  return [undefined, source]
}
