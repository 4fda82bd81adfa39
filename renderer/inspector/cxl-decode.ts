import { deviceAddressOf } from '../../shared/model/cxl-addresses'
import type { CxlRegion } from '../../shared/model/cxl'
import type { Topology } from '../../shared/model/topology'
import { formatHex } from '../../shared/model/units'
import type { FactRow } from './inspect'

/** More ways than this are shown by their first granules. */
const MOST_WAYS = 16

/**
 * Where the first granules of a CXL region lie in its devices, one line each, by the modulo arithmetic of its decoders; why
 * that cannot be told, where it cannot. Undefined where the region's address is not known.
 */
export function decodeRow(region: CxlRegion, topology: Topology): FactRow | undefined {
  const { startAddress, granularityBytes, interleaveWays = 1 } = region
  if (startAddress === undefined || granularityBytes === undefined) return undefined
  const lines: string[] = []
  let isModuloAssumed = false
  for (let way = 0; way < Math.min(interleaveWays, MOST_WAYS); way++) {
    const address = startAddress + way * granularityBytes
    const place = deviceAddressOf(address, topology)
    if (place?.kind !== 'decoded') {
      lines.push(place === undefined ? 'not decodable' : `not decodable: ${place.reason}`)
      break
    }
    isModuloAssumed ||= place.isModuloAssumed
    const device = place.memdevId ?? `position ${place.position}`
    const dpa = place.dpa === undefined ? '' : `, DPA ${formatHex(place.dpa)}`
    lines.push(`${formatHex(address)} → ${device}${dpa}`)
  }
  return {
    field: 'decode',
    label: 'decodes to',
    lines,
    source: `derived · ${isModuloAssumed ? 'modulo arithmetic, as no CEDT says otherwise' : 'modulo arithmetic of its decoders'}`,
    sourceKind: 'derived',
  }
}
