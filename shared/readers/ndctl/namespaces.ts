import type { ObjectId } from '../../model/model-object'
import type { DaxDevice, Namespace, NamespaceMap, NamespaceMode } from '../../model/topology'
import { readDaxDevices } from '../daxctl/devices'
import { FactSheet } from '../facts'
import type { Fact, JsonFields } from '../json/json-fields'
import type { Sourced } from '../tree-files'

/** Today's names, and those of ndctl up to v59, which are the kernel's (DOMAIN §6.2). */
const MODES: Readonly<Record<string, NamespaceMode>> = {
  raw: 'raw',
  sector: 'sector',
  safe: 'sector',
  fsdax: 'fsdax',
  memory: 'fsdax',
  devdax: 'devdax',
  dax: 'devdax',
}
const MAPS = { mem: 'mem', dev: 'dev', none: 'none' } as const
const NO_UUID = '00000000-0000-0000-0000-000000000000'

/**
 * A namespace (util_namespace_to_json, ndctl/json.c; DOMAIN §6.8). `size` is what can be used; only in raw mode it is
 * all of the namespace.
 * @returns undefined for the seed of size 0 that every region keeps for the next namespace
 */
export function readNamespace(fields: JsonFields, regionId: Fact<ObjectId>): Namespace | undefined {
  const [mode, modeSource] = fields.word('mode', MODES)
  const [size, sizeSource] = fields.size('size')
  if (size === 0 && (mode === undefined || mode === 'raw')) return undefined
  const isDisabled = fields.value('state') === 'disabled'
  return new FactSheet<Namespace>(fields.name)
    .set('regionId', ...regionId)
    .set('mode', mode, modeSource)
    .set('map', ...readMap(fields, mode))
    .set('name', ...fields.text('name'))
    .set('uuid', ...readUuid(fields, 'uuid'))
    .set('rawUuid', ...readUuid(fields, 'raw_uuid'))
    .set('usableBytes', size, sizeSource)
    .set('rawBytes', mode === 'raw' ? size : undefined, sizeSource)
    .set('alignBytes', ...readAlign(fields))
    .set('sectorBytes', ...fields.number('sector_size'))
    .set('device', ...readDevice(fields))
    .set('state', isDisabled ? 'disabled' : undefined, fields.source('state'))
    .set(
      'state',
      isDisabled ? undefined : 'active',
      fields.derived('ndctl writes "disabled" where no driver is bound'),
    )
    .set('numaNode', ...fields.id('numa_node'))
    .set('targetNode', ...fields.id('target_node'))
    .set('badBlockCount', ...fields.number('badblock_count'))
    .finish()
}

function readMap(fields: JsonFields, mode: NamespaceMode | undefined): Fact<NamespaceMap> {
  const map = fields.word('map', MAPS)
  if (map[0] !== undefined || (mode !== 'raw' && mode !== 'sector')) return map
  return ['none', fields.derived('raw and sector namespaces have no struct pages')]
}

/** Older versions print the alignment only of the dax region, which is that of the namespace. */
function readAlign(fields: JsonFields): Sourced<number> {
  const [region] = fields.objects('daxregion')
  return fields.has('align') || region === undefined
    ? fields.size('align')
    : fields.within(region, `${fields.name} daxregion`).size('align')
}

/** A uuid, lower case as the kernel prints it; all zero means none. */
export function readUuid(fields: JsonFields, key: string): Sourced<string> {
  const [text, source] = fields.text(key)
  const uuid = text?.toLowerCase()
  return [uuid === NO_UUID ? undefined : uuid, source]
}

function readDevice(fields: JsonFields): Sourced<string> {
  for (const key of ['blockdev', 'chardev']) {
    const device = fields.text(key)
    if (device[0] !== undefined) return device
  }
  const [region] = fields.objects('daxregion')
  const [device] = region === undefined ? [] : fields.within(region, '').objects('devices')
  const source = fields.source('daxregion devices')
  return [
    device === undefined ? undefined : fields.within(device, fields.name).text('chardev')[0],
    source,
  ]
}

/** The dax devices of a devdax namespace: listed with -X, else only named by `chardev`. */
export function readDaxDevicesOf(fields: JsonFields): readonly DaxDevice[] {
  const source = fields.derived('it belongs to a namespace of libnvdimm')
  const listed = fields
    .objects('daxregion')
    .flatMap((region) =>
      readDaxDevices(fields.within(region, `${fields.name} daxregion`), { origin: 'pmem', source }),
    )
  const [name] = fields.text('chardev')
  if (listed.length > 0 || name === undefined || !/^dax\d{1,9}\.\d{1,9}$/.test(name)) return listed
  const covers = fields.derived('the device of a namespace covers it whole')
  const [size, sizeSource] = fields.size('size')
  return [
    new FactSheet<DaxDevice>(name)
      .set('origin', 'pmem', source)
      .set('sizeBytes', size, sizeSource.roundedTo !== undefined ? sizeSource : covers)
      .set('alignBytes', fields.size('align')[0], covers)
      .finish(),
  ]
}
