import type { Facts, Reader } from '../facts'
import { TreeFiles } from '../tree-files'
import { readIomem } from './iomem'
import { readMachine } from './machine'
import { readMeminfo, readVmstat } from './counters'
import { readZones } from './zoneinfo'

const FILES = ['version', 'cmdline', 'iomem', 'meminfo', 'zoneinfo', 'vmstat']

export const procfsReader: Reader = {
  id: 'procfs',
  title: 'procfs of a Linux machine (version, cmdline, iomem, meminfo, zoneinfo, vmstat)',
  inputKind: 'sysfs',
  sniff: (tree) => FILES.some((name) => tree.kind(`proc/${name}`) === 'file'),
  read(tree, context): Facts {
    const files = new TreeFiles(tree, 'procfs', context)
    const meminfo = readMeminfo(files)
    const vmstat = readVmstat(files)
    const iomem = readIomem(files, context)
    const zones = readZones(files)
    return {
      machine: readMachine(files, { meminfo, vmstat }),
      ...(iomem === undefined ? {} : { iomem }),
      ...(zones === undefined ? {} : { zones }),
      ...(meminfo === undefined ? {} : { meminfo }),
      ...(vmstat === undefined ? {} : { vmstat }),
    }
  },
}
