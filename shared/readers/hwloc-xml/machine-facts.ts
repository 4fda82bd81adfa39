import type { CpuPackage, Machine } from '../../model/topology'
import { FactSheet } from '../facts'
import { parseQuantity } from '../tree-files'
import { poolsOf } from './node-facts'
import type { Place } from './place'
import type { HwlocTopology } from './topology'

/** Facts about the machine as a whole. */
export function machineFacts(topology: HwlocTopology, place: Place): Machine {
  const { infos, nodes, machine } = topology
  const info = (name: string) => [infos.get(name), place.machineInfo(name)] as const
  const sheet = new FactSheet<Machine>('machine')
    .set('hostname', ...info('HostName'))
    .set('product', ...info('DMIProductName'))
    .set('kernelRelease', ...info('OSRelease'))
    .set('arch', ...info('Architecture'))
    .set('basePageBytes', basePageOf(topology), place.derived('smallest page size of the file'))
    .set('hugepageSizes', hugepageSizesOf(topology), place.machineInfo('PageSizes'))
    .set(
      'cpuCount',
      topology.cpuCount === 0 ? undefined : topology.cpuCount,
      place.machineInfo('number of PU objects'),
    )
  if (nodes.length === 0 && machine !== undefined) {
    const at = (what: string) => place.source(machine.line, what)
    sheet.set('memoryBytes', machine.localBytes, at('local_memory'))
    sheet.set('hugepagePools', poolsOf(machine), at('page_type'))
  }
  return sheet.finish()
}

/** 4 to 64 KiB: every base page of Linux (DOMAIN §1.2). */
const isBasePage = (bytes: number) => bytes >= 4096 && bytes <= 65_536

function basePageOf(topology: HwlocTopology): number | undefined {
  const { nodes, machine } = topology
  const owners = machine === undefined ? nodes : [...nodes, machine]
  const sizes = owners.flatMap(({ pageTypes }) => pageTypes.map(({ sizeBytes }) => sizeBytes))
  const smallest = Math.min(...sizes, ...listedSizes(topology))
  return isBasePage(smallest) ? smallest : undefined
}

/** hwloc 3 lists the sizes of pages, `4096,2097152`, and no more how many there are. */
function listedSizes({ infos }: HwlocTopology): readonly number[] {
  const sizes = infos.get('PageSizes')?.split(',', 32) ?? []
  return sizes.flatMap((size) => parseQuantity(size) ?? []).sort((a, b) => a - b)
}

function hugepageSizesOf(topology: HwlocTopology): readonly number[] | undefined {
  const [base, ...sizes] = listedSizes(topology)
  return base !== undefined && isBasePage(base) ? sizes : undefined
}

/** CPU packages with their CPUs and nodes. */
export function packageFacts({ packages }: HwlocTopology, place: Place): readonly CpuPackage[] {
  const seen = new Set<number>()
  return packages.flatMap(({ osIndex, line, cpuIds, nodeIds }, position) => {
    const packageId = osIndex ?? position
    if (seen.has(packageId)) return []
    seen.add(packageId)
    const at = (what: string) => place.source(line, what)
    return new FactSheet<CpuPackage>(`package${packageId}`)
      .set('packageId', packageId, at('os_index'))
      .set('cpuIds', cpuIds ?? [], at('cpuset'))
      .set('nodeIds', nodeIds, at('nodeset'))
      .finish()
  })
}
