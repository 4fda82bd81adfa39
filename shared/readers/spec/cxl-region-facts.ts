import type { CxlDecoder, CxlRegion } from '../../model/cxl'
import { FactSheet } from '../facts'
import { derived, type SpecContext } from './context'
import type { PlacedCxlRegion } from './cxl-regions'
import type { SpecCxlRegion } from './schema-cxl'

/** CXL regions with the decoders that serve them. */
export function cxlRegionFacts(
  context: SpecContext,
  regions: readonly PlacedCxlRegion[],
): readonly CxlRegion[] {
  return regions.map((region) => {
    const { written, path, start, end } = region
    const source = (key: keyof SpecCxlRegion) => context.written.source([...path, key])
    return new FactSheet<CxlRegion>(region.id)
      .set('regionName', `region${region.number}`, derived('regions are numbered: pmem, cxl, dax'))
      .set('regionType', region.type, source('type'))
      .set(
        'sizeBytes',
        end - start,
        written.size === undefined ? derived('what is left of its devices') : source('size'),
      )
      .set('startAddress', start, derived('behind the regions before it in the window'))
      .set('interleaveWays', region.members.length, source('memdevs'))
      .set('granularityBytes', region.granularity, source('granularity'))
      .set('state', 'commit', derived('every region of a specification is in use'))
      .set('rootDecoderId', `decoder0.${region.window.index}`, source('window'))
      .set(
        'targets',
        region.members.map(({ memdev, decoderId }, position) => ({
          position,
          decoderId,
          memdevId: memdev.id,
        })),
        source('memdevs'),
      )
      .finish()
  })
}

/** What each region takes of each of its devices. */
export function endpointDecoderFacts(regions: readonly PlacedCxlRegion[]): readonly CxlDecoder[] {
  const source = derived('part of its device that the region takes')
  return regions.flatMap(({ id, type, start, end, granularity, members }) =>
    members.map(({ memdev, decoderId, dpaStart, dpaBytes }) =>
      new FactSheet<CxlDecoder>(decoderId)
        .set('decoderKind', 'endpoint', source)
        .set('portId', memdev.endpointId, source)
        .set('startAddress', start, source)
        .set('sizeBytes', end - start, source)
        .set('interleaveWays', members.length, source)
        .set('granularityBytes', granularity, source)
        .set('mode', type, source)
        .set('dpaStart', dpaStart, source)
        .set('dpaBytes', dpaBytes, source)
        .set('cxlRegionId', id, source)
        .finish(),
    ),
  )
}
