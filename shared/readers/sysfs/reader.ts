import { TreeFiles } from '../tree-files'
import type { Facts, Reader } from '../facts'
import { readCxl } from './cxl'
import { tiePmemRegions } from './cxl-pmem-regions'
import { readDaxDevices } from './dax-devices'
import { inferBlockSize } from './infer-block-size'
import { readMachine } from './machine'
import { readMemoryBlocks } from './memory-blocks'
import { readMemoryTiers } from './memory-tiers'
import { readNodes } from './nodes'
import { readP2pProviders } from './p2p-providers'
import { readPackages } from './packages'
import { readPersistentMemory } from './persistent-memory'

/** Directories of sysfs that hold memory topology; one is enough. */
const ROOTS = [
  'sys/devices/system/node',
  'sys/devices/system/memory',
  'sys/devices/system/cpu',
  'sys/bus/nd',
  'sys/bus/dax',
  'sys/bus/cxl',
  'sys/bus/pci',
  'sys/kernel/mm',
]

export const sysfsReader: Reader = {
  id: 'sysfs',
  title: 'sysfs of a Linux machine (directory, archive or live)',
  inputKind: 'sysfs',
  sniff: (tree) => ROOTS.some((root) => tree.list(root).length > 0),
  read(tree, context): Facts {
    const files = new TreeFiles(tree, 'sysfs', context)
    const facts: Facts = {
      machine: readMachine(files),
      ...readPackages(files),
      ...readNodes(files),
      ...readMemoryBlocks(files),
      ...readMemoryTiers(files),
      ...readPersistentMemory(files),
      ...readDaxDevices(files),
      ...readCxl(files),
      ...readP2pProviders(files),
    }
    return inferBlockSize(tiePmemRegions(facts))
  },
}
