// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { contrast } from '../../shared/layout/color'
import { themes } from '../../shared/layout/theme'
import { cssVariables } from './css-variables'

const SURFACES = ['paper', 'sheet', 'row-hover', 'row-selected', 'control']
const WORDS = ['ink', 'muted', 'accent', 'danger', 'warning']

describe.each(['light', 'dark'] as const)('the %s window', (name) => {
  const variables = cssVariables(themes[name])
  const color = (token: string) => variables[`--color-${token}`] ?? ''

  it.each(WORDS)('%s reads on every surface', (word) => {
    for (const surface of SURFACES) {
      expect(contrast(color(word), color(surface)), surface).toBeGreaterThanOrEqual(4.5)
    }
  })

  it('outlines of controls are seen', () => {
    expect(contrast(color('outline'), color('paper'))).toBeGreaterThanOrEqual(3)
  })

  it('has the paints of the drawing', () => {
    expect(variables['--paint-pmem']).toBe(themes[name].paints.pmem.fill)
  })
})
