import type { CxlRegion, CxlRegionTarget } from '../../model/cxl'
import type { ObjectId } from '../../model/model-object'
import { FactSheet } from '../facts'
import type { Sourced, TreeFiles } from '../tree-files'
import { parentName, type BusDevice } from './bus-devices'
import { positive } from './cxl-decoders'

/** No hardware has more ways (DOMAIN §8). */
const MOST_WAYS = 16

/** A CXL region below its root decoder, with the endpoint decoders in the order of their positions. */
export function readCxlRegion(
  files: TreeFiles,
  { name, path }: BusDevice,
  memdevOfDecoder: ReadonlyMap<ObjectId, ObjectId | undefined>,
): CxlRegion {
  const [isCommitted, commitSource] = files.flag(`${path}/commit`)
  return (
    new FactSheet<CxlRegion>(`cxl:${name}`)
      .set('regionName', name, files.source(path))
      .set('regionType', ...readRegionType(files, path))
      .set('sizeBytes', ...positive(files.number(`${path}/size`)))
      .set('startAddress', ...files.address(`${path}/resource`))
      .set('interleaveWays', ...positive(files.number(`${path}/interleave_ways`)))
      .set('granularityBytes', ...positive(files.number(`${path}/interleave_granularity`)))
      // The words of cxl-cli, so that both readers say the same.
      .set(
        'state',
        isCommitted === undefined ? undefined : isCommitted ? 'commit' : 'reset',
        commitSource,
      )
      .set('uuid', ...files.text(`${path}/uuid`))
      .set('rootDecoderId', parentName(path), files.source(path))
      .set('targets', ...readTargets(files, path, memdevOfDecoder))
      .set('extendedLinearCacheBytes', ...files.number(`${path}/extended_linear_cache_size`))
      .finish()
  )
}

/** `mode` exists since 6.3; before, the device that the region made tells (DOMAIN §8). */
function readRegionType(files: TreeFiles, path: string): Sourced<'ram' | 'pmem'> {
  const [mode, source] = files.text(`${path}/mode`)
  if (mode === 'ram' || mode === 'pmem') return [mode, source]
  const children = files.tree.list(path)
  const type = children.some((name) => /^dax_region\d+$/.test(name))
    ? 'ram'
    : children.some((name) => /^pmem_region\d+$/.test(name))
      ? 'pmem'
      : undefined
  return [type, files.source(path)]
}

/** Files `targetK` name the endpoint decoder at position K; empty where none is attached. */
function readTargets(
  files: TreeFiles,
  path: string,
  memdevOfDecoder: ReadonlyMap<ObjectId, ObjectId | undefined>,
): Sourced<readonly CxlRegionTarget[]> {
  const targets: CxlRegionTarget[] = []
  for (let position = 0; position < MOST_WAYS; position++) {
    const [decoderId] = files.text(`${path}/target${position}`)
    if (decoderId === undefined) continue
    const memdevId = memdevOfDecoder.get(decoderId)
    targets.push({ position, decoderId, ...(memdevId === undefined ? {} : { memdevId }) })
  }
  return [targets.length === 0 ? undefined : targets, files.source(path, 'target*')]
}
