import { expect, test } from 'vitest'
import { contrast, luminance, shade } from './color'
import type { PaintId } from './display-list'
import { themes } from './theme'

const all = Object.values(themes)

test.each(all)('text of $name is legible on page, floor and halo', (theme) => {
  for (const ground of [theme.background, theme.paints.floor.fill]) {
    expect(contrast(theme.ink, ground)).toBeGreaterThanOrEqual(7)
    expect(contrast(theme.muted, ground)).toBeGreaterThanOrEqual(4.5)
  }
  expect(contrast(theme.muted, theme.paints.cpu.fill)).toBeGreaterThanOrEqual(4)
})

test.each(all)('outlines of $name stand out from the page', (theme) => {
  for (const [id, paint] of Object.entries(theme.paints)) {
    if (id === 'floor') continue
    expect(contrast(paint.edge, theme.background)).toBeGreaterThanOrEqual(3)
  }
  expect(contrast(theme.selection, theme.background)).toBeGreaterThanOrEqual(3)
})

test.each(all)('sides of $name are two fixed shades darker than tops', (theme) => {
  for (const paint of Object.values(theme.paints)) {
    expect(paint.front).toBe(shade(paint.fill, 0.86))
    expect(paint.side).toBe(shade(paint.fill, 0.74))
  }
})

test('struct pages are the one bright colour, and differ in grey where it is printed', () => {
  const others: readonly PaintId[] = ['dram', 'pmem', 'pmem-unused', 'system-ram', 'cpu', 'dimm']
  for (const theme of all) {
    for (const id of others) {
      expect(chroma(theme.paints[id].fill)).toBeLessThan(0.4)
    }
    expect(chroma(theme.paints['struct-page'].fill)).toBeGreaterThan(0.8)
  }
  const grey = (id: PaintId) => luminance(themes.print.paints[id].fill)
  for (const id of ['dram', 'pmem', 'pmem-unused'] as const) {
    expect(grey(id) - grey('struct-page')).toBeGreaterThan(0.1)
  }
})

/** Distance of the strongest channel from the weakest, 0 grey to 1. */
function chroma(color: string): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
  return (Math.max(...parts) - Math.min(...parts)) / 255
}
