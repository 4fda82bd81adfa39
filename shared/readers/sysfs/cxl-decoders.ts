import type { CxlDecoder, CxlPort } from '../../model/cxl'
import type { ObjectId } from '../../model/model-object'
import { FactSheet } from '../facts'
import { parseQuantity, type Sourced, type TreeFiles } from '../tree-files'
import { parentName, type BusDevice } from './bus-devices'
import { cxlRegionId } from './cxl-region-id'

/** In the order in which they are named everywhere. */
const CAPABILITIES = ['ram', 'pmem', 'type2', 'type3'] as const

/** A decoder of a CXL port; undefined when the kernel does not say which kind it is. */
export function readCxlDecoder(
  files: TreeFiles,
  { name, path }: BusDevice,
  ports: ReadonlyMap<ObjectId, CxlPort>,
): CxlDecoder | undefined {
  const [devtype, kindSource] = files.text(`${path}/devtype`)
  const kind = /^cxl_decoder_(root|switch|endpoint)$/.exec(devtype ?? '')?.[1]
  if (kind !== 'root' && kind !== 'switch' && kind !== 'endpoint') return undefined
  const portId = parentName(path)
  // A decoder that is not programmed reads size 0, and then its addresses say nothing.
  const size = files.number(`${path}/size`)
  const isProgrammed = size[0] !== 0
  const dpaSize = files.number(`${path}/dpa_size`)
  const [mode, modeSource] = files.text(`${path}/mode`)
  const [region, regionSource] = files.text(`${path}/region`)
  const sheet = new FactSheet<CxlDecoder>(name)
    .set('decoderKind', kind, kindSource)
    .set('portId', portId, files.source(path))
    .set('targets', ...readTargets(files, path, ports.get(portId ?? '')))
    .set('interleaveWays', ...positive(files.number(`${path}/interleave_ways`)))
    .set('granularityBytes', ...positive(files.number(`${path}/interleave_granularity`)))
    .set('mode', mode === 'none' ? undefined : mode, modeSource)
    .set('cxlRegionId', cxlRegionId(region), regionSource)
    .set('capabilities', ...readCapabilities(files, path))
    .set('isLocked', ...files.flag(`${path}/locked`))
    .set('qosClass', ...files.id(`${path}/qos_class`))
  if (isProgrammed) {
    sheet.set('startAddress', ...files.address(`${path}/start`)).set('sizeBytes', ...size)
  }
  if (dpaSize[0] !== 0) {
    sheet.set('dpaStart', ...files.address(`${path}/dpa_resource`)).set('dpaBytes', ...dpaSize)
  }
  return sheet.finish()
}

/** Interleave settings of 0 mean that none were made. */
export function positive([value, source]: Sourced<number>): Sourced<number> {
  return [value === 0 ? undefined : value, source]
}

/** `target_list` holds ids of the port's dports in interleave order. */
function readTargets(
  files: TreeFiles,
  path: string,
  port: CxlPort | undefined,
): Sourced<readonly string[]> {
  const [text, source] = files.text(`${path}/target_list`)
  if (text === undefined || port?.dports === undefined) return [undefined, source]
  const deviceOf = new Map(port.dports.map(({ dportId, device }) => [dportId, device]))
  const devices = text.split(',').map((id) => deviceOf.get(parseQuantity(id.trim())))
  const known = devices.filter((device) => device !== undefined)
  return [known.length === devices.length ? known : undefined, source]
}

/** Root decoders say with cap_* what may be placed in their window. */
function readCapabilities(files: TreeFiles, path: string): Sourced<readonly string[]> {
  const flags = CAPABILITIES.map((name) => [name, files.flag(`${path}/cap_${name}`)[0]] as const)
  const isKnown = flags.some(([, flag]) => flag !== undefined)
  const names = flags.flatMap(([name, flag]) => (flag === true ? [name] : []))
  return [isKnown ? names : undefined, files.source(path, 'cap_*')]
}
