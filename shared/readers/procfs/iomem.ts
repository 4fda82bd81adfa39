import type { IomemRange } from '../../model/topology'
import { MAX_PHYSICAL_BYTES, parseBareHex } from '../../model/units'
import type { ReaderContext } from '../facts'
import type { TreeFiles } from '../tree-files'
import { procText } from './proc-text'

const LINE = /^( *)([\da-f]{1,16})-([\da-f]{1,16}) : (.*)$/i

/**
 * /proc/iomem as ranges in file order, depth by two spaces each (DOMAIN §9.3).
 * @returns undefined when the file is missing, or when the kernel hid the addresses (all zero without CAP_SYS_ADMIN)
 */
export function readIomem(
  files: TreeFiles,
  context: ReaderContext,
): readonly IomemRange[] | undefined {
  const [text, source] = procText(files, 'iomem')
  if (text === undefined) return undefined
  const ranges: IomemRange[] = []
  // The text was trimmed as a whole; the first line never is indented.
  for (const line of text.split('\n')) {
    const [, indent, first, last, name] = LINE.exec(line) ?? []
    const start = parseBareHex(first ?? '')
    const inclusiveEnd = parseBareHex(last ?? '')
    if (indent === undefined || name === undefined) continue
    if (start === undefined || inclusiveEnd === undefined || inclusiveEnd < start) continue
    if (inclusiveEnd >= MAX_PHYSICAL_BYTES) continue
    ranges.push({ name, depth: Math.floor(indent.length / 2), start, end: inclusiveEnd + 1 })
  }
  if (ranges.length > 0 && ranges.every((range) => range.start === 0 && range.end === 1)) {
    context.diagnose({
      severity: 'warning',
      code: 'needs-root',
      where: source.path,
      message:
        'all addresses read 0: the capture was made without root, so ranges have no addresses',
    })
    return undefined
  }
  return ranges
}
