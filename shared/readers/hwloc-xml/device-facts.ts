import type { CxlMemdev } from '../../model/cxl'
import type { DaxDevice, Namespace } from '../../model/topology'
import { parseKnownSize } from './values'
import { FactSheet, type Facts } from '../facts'
import type { Place } from './place'
import type { HwlocObject, HwlocTopology } from './topology'
import { parseInfoSize } from './values'

const PMEM = /^pmem(\d+)(?:\.(\d+))?(s)?$/

/**
 * DAX devices, PMEM block devices (as namespaces) and CXL memory devices. hwloc shows no DAX device that is bound to kmem
 * but names it at its node. Kinds that are not in the file have no list: hwloc shows devices only when asked to.
 */
export function deviceFacts({ devices, nodes }: HwlocTopology, place: Place): Facts {
  const named = (pattern: RegExp) => devices.filter(({ name }) => pattern.test(name ?? ''))
  const dax = [
    ...named(/^dax/).map((device) => daxFact(device, place)),
    ...nodes.flatMap((node) => kmemFact(node, place)),
  ]
  const pmem = named(/^pmem/).flatMap((device) => namespaceFact(device, place))
  const memdevs = named(/^mem/)
    .filter(({ subtype }) => subtype === 'CXLMem')
    .map((device) => memdevFact(device, place))
  return {
    ...(dax.length > 0 && { daxDevices: dax }),
    ...(pmem.length > 0 && { namespaces: pmem }),
    ...(memdevs.length > 0 && { cxlMemdevs: memdevs }),
  }
}

function originOf({ infos }: HwlocObject): DaxDevice['origin'] {
  const parent = infos.get('DAXParent') ?? ''
  if (/(^|\/)hmem\.\d/.test(parent)) return 'hmem'
  if (/(^|\/)ndbus\d/.test(parent)) return 'pmem'
  return /(^|\/)(dax_region|cxl|region)\d/.test(parent) ? 'cxl' : undefined
}

function nearNode({ localNodeIds }: HwlocObject): number | undefined {
  return localNodeIds?.length === 1 ? localNodeIds[0] : undefined
}

const NEAR_RULE = 'the only node of the object that the device is attached to'

function daxFact(device: HwlocObject, place: Place): DaxDevice {
  return new FactSheet<DaxDevice>(device.name ?? '')
    .set('sizeBytes', parseInfoSize(device.infos.get('Size')), place.info(device, 'Size'))
    .set('numaNode', nearNode(device), place.derived(NEAR_RULE))
    .set('origin', originOf(device), place.info(device, 'DAXParent'))
    .finish()
}

function kmemFact(node: HwlocObject, place: Place): readonly DaxDevice[] {
  const name = node.infos.get('DAXDevice')
  if (name === undefined || !/^dax\d{1,6}\.\d{1,6}$/.test(name)) return []
  return [
    new FactSheet<DaxDevice>(name)
      .set('mode', 'system-ram', place.derived('hwloc names the device at a node that is online'))
      .set('origin', originOf(node), place.info(node, 'DAXParent'))
      .set('targetNode', node.osIndex, place.info(node, 'DAXDevice'))
      .finish(),
  ]
}

/** pmem1.2s is namespace1.2 in sector mode (drivers/nvdimm/namespace_devs.c nvdimm_namespace_disk_name). */
function namespaceFact(device: HwlocObject, place: Place): readonly Namespace[] {
  const [name, region, index = '0', isSector] = PMEM.exec(device.name ?? '') ?? []
  if (name === undefined || region === undefined) return []
  const at = place.source(device.line, 'name')
  const sectorBytes = parseKnownSize(device.infos.get('SectorSize'))
  return [
    new FactSheet<Namespace>(`namespace${Number(region)}.${Number(index)}`)
      .set('regionId', `region${Number(region)}`, at)
      .set('mode', isSector === undefined ? undefined : 'sector', at)
      .set('device', name, at)
      .set('usableBytes', parseInfoSize(device.infos.get('Size')), place.info(device, 'Size'))
      .set(
        'sectorBytes',
        isSector === undefined ? undefined : sectorBytes,
        place.info(device, 'SectorSize'),
      )
      .set('numaNode', nearNode(device), place.derived(NEAR_RULE))
      .finish(),
  ]
}

function memdevFact(device: HwlocObject, place: Place): CxlMemdev {
  const size = (name: string) => parseInfoSize(device.infos.get(name))
  return new FactSheet<CxlMemdev>(device.name ?? '')
    .set('ramBytes', size('CXLRAMSize'), place.info(device, 'CXLRAMSize'))
    .set('pmemBytes', size('CXLPMEMSize'), place.info(device, 'CXLPMEMSize'))
    .set('pciAddress', device.pciAddress, place.source(device.line, 'PCIDev around it'))
    .set('numaNode', nearNode(device), place.derived(NEAR_RULE))
    .finish()
}
