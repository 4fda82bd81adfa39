import type { CxlDecoder, CxlWindow } from '../../model/cxl'
import type { Topology } from '../../model/topology'
import { derive } from './derive'

/**
 * Windows with the root decoders that stand for them. The kernel makes one root decoder for each window of the CEDT, in
 * the same order (drivers/cxl/acpi.c), so without the table the root decoders tell the windows.
 */
export function linkCxlWindows({ cxlWindows, cxlDecoders }: Topology): readonly CxlWindow[] {
  const roots = cxlDecoders.filter(({ decoderKind }) => decoderKind === 'root')
  if (cxlWindows.length > 0) {
    return cxlWindows.map((window) => {
      const root = roots.find(
        ({ startAddress }) => startAddress !== undefined && startAddress === window.startAddress,
      )
      return root === undefined
        ? window
        : withDecoder(window, root, 'of the root decoder with the same start address')
    })
  }
  return roots.map((root, index) =>
    withDecoder(
      { id: `cxl-window${index}`, windowIndex: index, sources: {} },
      root,
      `root decoder ${root.id} stands for this window`,
    ),
  )
}

/** What a window does not say itself, from the root decoder that stands for it. */
function withDecoder(window: CxlWindow, decoder: CxlDecoder, rule: string): CxlWindow {
  const fields = [
    ['startAddress', decoder.startAddress],
    ['sizeBytes', decoder.sizeBytes],
    ['interleaveWays', decoder.interleaveWays],
    ['granularityBytes', decoder.granularityBytes],
    ['qosClass', decoder.qosClass],
    ['rootDecoderId', decoder.id],
  ] as const
  return fields.reduce<CxlWindow>(
    (known, [key, value]) => derive(known, key, { value, rule }),
    window,
  )
}
