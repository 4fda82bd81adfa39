import type { CxlWindow } from '../../model/cxl'
import { formatHex, MAX_PHYSICAL_BYTES } from '../../model/units'
import type { ByteView } from '../byte-view'
import { FactSheet } from '../facts'
import { subtablesOf, type AcpiTable, type Wrong } from './table'

const LAYOUT = { start: 36, typeBytes: 1, lengthOffset: 2, lengthBytes: 2 } as const
const FIXED_MEMORY_WINDOW = 1
const TARGETS = 36

/** Bits of the window restrictions (CXL 3.1, table 9-22). */
const RESTRICTIONS = ['type2', 'type3', 'volatile', 'persistent', 'fixed', 'back-invalidate']

/** Fixed memory windows of the CXL early discovery table (CXL 3.1, 9.18.1.3), in the order in which Linux counts them. */
export function readCedt(table: AcpiTable, wrong: Wrong): readonly CxlWindow[] {
  return subtablesOf(table, LAYOUT, wrong)
    .filter(({ type }) => type === FIXED_MEMORY_WINDOW)
    .flatMap(({ view }, index) => readWindow(view, { index, path: table.path, wrong }))
}

function readWindow(
  view: ByteView,
  from: { readonly index: number; readonly path: string; readonly wrong: Wrong },
): readonly CxlWindow[] {
  const { index, path, wrong } = from
  const start = view.u64(8)
  const size = view.u64(16)
  if (start === undefined || size === undefined || start + size > MAX_PHYSICAL_BYTES) {
    wrong(`CXL window ${index} lies beyond all physical memory, or breaks off`)
    return []
  }
  const source = { kind: 'read', reader: 'acpi', path, key: `CFMWS ${formatHex(start)}` } as const
  const ways = waysOf(view.u8(24))
  const granularity = view.u32(28)
  const restrictions = view.u16(32)
  if (ways === undefined) wrong(`CXL window ${index} has an unknown number of interleave ways`)
  return [
    new FactSheet<CxlWindow>(`cxl-window${index}`)
      .set('startAddress', start, source)
      .set('sizeBytes', size, source)
      .set('interleaveWays', ways, source)
      // 256 bytes times a power of two, up to 16 KiB (DOMAIN §8).
      .set(
        'granularityBytes',
        granularity !== undefined && granularity <= 6 ? 256 * 2 ** granularity : undefined,
        source,
      )
      .set('interleaveArithmetic', arithmeticOf(view.u8(25)), source)
      .set('targetUids', targetsOf(view, ways), source)
      .set(
        'restrictions',
        restrictions === undefined
          ? undefined
          : RESTRICTIONS.filter((_, bit) => (restrictions & (1 << bit)) !== 0),
        source,
      )
      .set('qosClass', view.u16(34), source)
      .finish({ windowIndex: index }),
  ]
}

/** Encoded ways: 0–4 are powers of two, 8–10 three times one (DOMAIN §8). */
function waysOf(encoded: number | undefined): number | undefined {
  if (encoded === undefined || encoded > 10) return undefined
  if (encoded <= 4) return 2 ** encoded
  return encoded >= 8 ? 3 * 2 ** (encoded - 8) : undefined
}

function arithmeticOf(value: number | undefined): 'modulo' | 'xor' | undefined {
  return value === 0 ? 'modulo' : value === 1 ? 'xor' : undefined
}

function targetsOf(view: ByteView, ways: number | undefined): readonly number[] | undefined {
  if (ways === undefined) return undefined
  const uids = Array.from({ length: ways }, (_, index) => view.u32(TARGETS + 4 * index))
  return uids.every((uid) => uid !== undefined) ? uids : undefined
}
