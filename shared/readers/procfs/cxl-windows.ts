import type { CxlWindow } from '../../model/cxl'
import type { IomemRange } from '../../model/topology'
import { FactSheet } from '../facts'
import type { ReadSource } from '../../model/source'

const NAME = /^CXL Window (\d{1,4})$/

/** Fixed memory windows, which the kernel enters into /proc/iomem in the order of the CEDT (drivers/cxl/acpi.c). */
export function cxlWindowsOf(
  ranges: readonly IomemRange[],
  source: ReadSource,
): readonly CxlWindow[] {
  return ranges.flatMap(({ name, start, end }) => {
    const digits = NAME.exec(name)?.[1]
    if (digits === undefined) return []
    const place = { ...source, key: name }
    return [
      new FactSheet<CxlWindow>(`cxl-window${Number(digits)}`)
        .set('windowIndex', Number(digits), place)
        .set('startAddress', start, place)
        .set('sizeBytes', end - start, place)
        .finish(),
    ]
  })
}
