import type { Source } from '../../model/source'
import type { CpuPackage } from '../../model/topology'
import { parseCpuMask } from '../../model/cpu-mask'
import { FactSheet, type Facts } from '../facts'
import type { TreeFiles } from '../tree-files'
import { directoryNumbers } from './directory-numbers'

const CPUS = 'sys/devices/system/cpu'

interface Grouped {
  readonly cpuIds: number[]
  readonly source: Source
}

/** CPU packages (sockets) from each CPU's topology/physical_package_id. */
export function readPackages(files: TreeFiles): Facts {
  const cpuIds = directoryNumbers(files, CPUS, /^cpu(\d{1,7})$/)
  const byId = groupByPackageId(files, cpuIds)
  const groups = byId.size > 0 ? byId : groupBySiblings(files, cpuIds)
  if (groups.size === 0) return {}
  const packages = [...groups].map(([packageId, { cpuIds: own, source }]) =>
    new FactSheet<CpuPackage>(`package${packageId}`)
      .set('packageId', packageId, source)
      .set('cpuIds', own, source)
      .finish(),
  )
  return { packages }
}

function groupByPackageId(
  files: TreeFiles,
  cpuIds: readonly number[],
): ReadonlyMap<number, Grouped> {
  const groups = new Map<number, Grouped>()
  for (const cpuId of cpuIds) {
    const [packageId, source] = files.id(`${CPUS}/cpu${cpuId}/topology/physical_package_id`)
    if (packageId === undefined) continue
    const known = groups.get(packageId)
    if (known === undefined) groups.set(packageId, { cpuIds: [cpuId], source })
    else known.cpuIds.push(cpuId)
  }
  return groups
}

/** ppc64 prints −1 for every package; then CPUs with the same siblings share one, and it gets the next number. */
function groupBySiblings(
  files: TreeFiles,
  cpuIds: readonly number[],
): ReadonlyMap<number, Grouped> {
  const groups = new Map<string, Grouped>()
  for (const cpuId of cpuIds) {
    const [mask] = files.text(`${CPUS}/cpu${cpuId}/topology/core_siblings`)
    if (mask === undefined || parseCpuMask(mask)?.includes(cpuId) !== true) continue
    const known = groups.get(mask)
    if (known !== undefined) known.cpuIds.push(cpuId)
    else {
      const rule = `no package has an id; CPUs with the core_siblings of cpu${cpuId} share one`
      groups.set(mask, { cpuIds: [cpuId], source: { kind: 'derived', reader: 'sysfs', rule } })
    }
  }
  return new Map([...groups.values()].map((group, index) => [index, group]))
}
