import { TreeFiles } from '../tree-files'
import type { Facts, Reader } from '../facts'
import { readMeminfo, readVmstat } from './counters'
import { cxlWindowsOf } from './cxl-windows'
import { readIomem } from './iomem'
import { readMachine } from './machine'
import { hasProcFile, PROC_FILES, procText } from './proc-text'
import { readZones } from './zone-parts'

/** Files of /proc, at their place or each pasted alone. */
export const procfsReader: Reader = {
  id: 'procfs',
  title: 'procfs of a Linux machine (iomem, meminfo, zoneinfo, buddyinfo, pagetypeinfo, vmstat, …)',
  inputKind: 'sysfs',
  sniff: (tree) =>
    tree.kind('proc/cmdline') === 'file' || PROC_FILES.some((name) => hasProcFile(tree, name)),
  read(tree, context): Facts {
    const files = new TreeFiles(tree, 'procfs', context)
    const meminfo = readMeminfo(files)
    const vmstat = readVmstat(files)
    const iomem = readIomem(files, context)
    const zones = readZones(files)
    const [, iomemSource] = procText(files, 'iomem')
    const cxlWindows = cxlWindowsOf(iomem ?? [], iomemSource)
    return {
      machine: readMachine(files, { meminfo, vmstat }),
      ...(iomem === undefined ? {} : { iomem }),
      ...(cxlWindows.length > 0 && { cxlWindows }),
      ...(zones === undefined ? {} : { zones }),
      ...(meminfo === undefined ? {} : { meminfo }),
      ...(vmstat === undefined ? {} : { vmstat }),
    }
  },
}
