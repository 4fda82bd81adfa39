import type { CpuPackage } from '../../model/topology'
import { FactSheet, type Facts } from '../facts'
import type { TreeFiles } from '../tree-files'

const CPUS = 'sys/devices/system/cpu'
const CPU_DIRECTORY = /^cpu(\d{1,7})$/

/** CPU packages (sockets) from each CPU's topology/physical_package_id, with the nodes that their CPUs belong to. */
export function readPackages(files: TreeFiles): Facts {
  const cpuIdsByPackage = new Map<number, number[]>()
  for (const name of files.tree.list(CPUS)) {
    const cpuId = CPU_DIRECTORY.exec(name)?.[1]
    if (cpuId === undefined) continue
    const [packageId] = files.id(`${CPUS}/${name}/topology/physical_package_id`)
    if (packageId === undefined) continue
    const cpuIds = cpuIdsByPackage.get(packageId) ?? []
    cpuIds.push(Number(cpuId))
    cpuIdsByPackage.set(packageId, cpuIds)
  }
  if (cpuIdsByPackage.size === 0) return {}
  const packages = [...cpuIdsByPackage].map(([packageId, cpuIds]) => {
    const source = files.source(`${CPUS}/cpu${cpuIds[0]}/topology/physical_package_id`)
    return new FactSheet<CpuPackage>(`package${packageId}`)
      .set('packageId', packageId, source)
      .set(
        'cpuIds',
        cpuIds.sort((a, b) => a - b),
        source,
      )
      .finish()
  })
  return { packages }
}
