import type { CxlDecoder, CxlWindow } from '../../model/cxl'
import { formatBytes, KIB, roundUp } from '../../model/units'
import { FactSheet } from '../facts'
import { byDefault, contradiction, derived, type Placed, type SpecContext } from './context'
import { checkUnit, CXL_UNIT_BYTES, type CxlTree } from './cxl-tree'
import { isPowerOfTwo } from './numbers'
import { PLACEMENT_BYTES } from './regions'
import type { SpecCxlWindow } from './schema-cxl'
import type { Path } from './yaml-document'

const LEAST_GRANULARITY = 256
const MOST_GRANULARITY = 16 * KIB
/** Encodings of HDM decoders (DOMAIN §8). */
const WAYS: readonly number[] = [1, 2, 3, 4, 6, 8, 12, 16]

/** A window of the platform with its address. */
export interface PlacedWindow extends Placed {
  readonly index: number
  readonly written: SpecCxlWindow
  /** Numbers of the host bridges that it leads to, in order of interleaving. */
  readonly hostBridges: readonly number[]
  readonly granularity: number
  readonly types: readonly ('ram' | 'pmem')[]
}

/** Lays out the windows behind `end` of all other memory, or where they say. */
export function placeWindows(
  context: SpecContext,
  tree: CxlTree,
  end: number,
): readonly PlacedWindow[] {
  let cursor = end
  return (context.written.spec.cxl?.windows ?? []).map((written, index): PlacedWindow => {
    const path = ['cxl', 'windows', index]
    const hostBridges = written.hostBridges ?? tree.hostBridges.map((_, number) => number)
    checkHostBridges(context, hostBridges, { path, known: tree.hostBridges.length })
    checkWays(context, hostBridges.length, [...path, 'hostBridges'])
    checkGranularity(context, written.granularity, [...path, 'granularity'])
    checkUnit(context, written.size, [...path, 'size'], hostBridges.length)
    checkUnit(context, written.start, [...path, 'start'])
    const unit = Math.max(PLACEMENT_BYTES, CXL_UNIT_BYTES, context.machine.memoryBlockBytes ?? 0)
    const start = written.start ?? roundUp(cursor, unit)
    cursor = Math.max(cursor, start + written.size)
    return {
      start,
      end: start + written.size,
      name: `CXL window ${index}`,
      path,
      index,
      written,
      hostBridges,
      granularity: written.granularity ?? LEAST_GRANULARITY,
      types: written.types ?? ['ram', 'pmem'],
    }
  })
}

function checkHostBridges(
  context: SpecContext,
  hostBridges: readonly number[],
  { path, known }: { readonly path: Path; readonly known: number },
): void {
  hostBridges.forEach((number, position) => {
    if (number < known && hostBridges.indexOf(number) === position) return
    throw contradiction(context, [...path, 'hostBridges', position], {
      what:
        number < known ? `host bridge ${number} stands twice` : `there is no host bridge ${number}`,
      hint: 'list numbers of hostBridges, counted from 0, each once',
    })
  })
}

/** @throws FormatError `spec-contradiction` for a number of ways that no decoder has */
export function checkWays(context: SpecContext, ways: number, path: Path): void {
  if (WAYS.includes(ways)) return
  throw contradiction(context, path, {
    what: `CXL does not interleave ${ways} ways`,
    hint: `list ${WAYS.join(', ')} of them`,
  })
}

/** @throws FormatError `spec-contradiction` for a granularity that no decoder has */
export function checkGranularity(
  context: SpecContext,
  granularity: number | undefined,
  path: Path,
): void {
  if (granularity === undefined) return
  const isInRange = granularity >= LEAST_GRANULARITY && granularity <= MOST_GRANULARITY
  if (isInRange && isPowerOfTwo(granularity)) return
  throw contradiction(context, path, {
    what: `CXL does not interleave by ${formatBytes(granularity)}`,
    hint: 'write a power of two from 256 to 16KiB',
  })
}

const RESTRICTION = { ram: 'volatile', pmem: 'persistent' } as const

export function cxlWindowFacts(
  context: SpecContext,
  windows: readonly PlacedWindow[],
  tree: CxlTree,
): readonly CxlWindow[] {
  return windows.map(({ index, written, path, start, end, hostBridges, granularity, types }) => {
    const source = (key: keyof SpecCxlWindow) => context.written.source([...path, key])
    const orDefault = (key: keyof SpecCxlWindow, rule: string) =>
      written[key] === undefined ? byDefault(rule) : source(key)
    const bridges = orDefault('hostBridges', 'a window leads to all host bridges')
    return new FactSheet<CxlWindow>(`cxl-window${index}`)
      .set('startAddress', start, orDefault('start', 'behind everything before it'))
      .set('sizeBytes', end - start, source('size'))
      .set('interleaveWays', hostBridges.length, bridges)
      .set('granularityBytes', granularity, orDefault('granularity', '256 bytes'))
      .set(
        'interleaveArithmetic',
        written.arithmetic ?? 'modulo',
        orDefault('arithmetic', 'modulo'),
      )
      .set(
        'targetUids',
        hostBridges.map((number) => tree.hostBridges[number]?.uid ?? number),
        bridges,
      )
      .set(
        'restrictions',
        ['type3', ...types.map((type) => RESTRICTION[type])],
        orDefault('types', 'volatile and persistent memory of type 3 devices'),
      )
      .set('qosClass', written.qosClass, source('qosClass'))
      .set('rootDecoderId', `decoder0.${index}`, derived('one root decoder for each window'))
      .finish({ windowIndex: index })
  })
}

/** Root decoders: what Linux makes of the windows. */
export function rootDecoderFacts(
  windows: readonly PlacedWindow[],
  tree: CxlTree,
): readonly CxlDecoder[] {
  const source = derived('one root decoder for each window')
  return windows.map(({ index, written, start, end, hostBridges, granularity, types }) =>
    new FactSheet<CxlDecoder>(`decoder0.${index}`)
      .set('decoderKind', 'root', source)
      .set('portId', 'root0', source)
      .set('startAddress', start, source)
      .set('sizeBytes', end - start, source)
      .set('interleaveWays', hostBridges.length, source)
      .set('granularityBytes', granularity, source)
      .set(
        'targets',
        hostBridges.flatMap((number) => tree.hostBridges[number]?.device ?? []),
        source,
      )
      .set('capabilities', [...types, 'type3'], source)
      .set('qosClass', written.qosClass, source)
      .finish(),
  )
}
