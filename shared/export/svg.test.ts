import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { layOut } from '../layout/lay-out'
import { twoSocketMachine } from '../layout/testing/machines'
import { emptyTopology } from '../model/testing/empty-topology'
import { randomMachine } from '../layout/testing/random-machine'
import { accountMemmap } from '../memmap/account'
import type { Topology } from '../model/topology'
import { exportSvg } from './svg'
import { cleanText } from './xml'

const drawingOf = (topology: Topology) => layOut(topology, accountMemmap(topology))
const svgOf = (topology: Topology) => exportSvg(drawingOf(topology), { theme: 'light' })

/** Names of the open elements at the end: none, when every tag is closed in order and attributes are quoted. */
function openElements(svg: string): readonly string[] {
  const open: string[] = []
  const rest = svg.replace(
    /<(\/?)([a-z]+)((?: [\w:-]+="[^"<]*")*)(\/?)>/g,
    (_, close: string, name: string, __, self: string) => {
      if (close === '/') expect(open.pop()).toBe(name)
      else if (self !== '/') open.push(name)
      return ''
    },
  )
  expect(rest).not.toMatch(/[<>]/)
  expect(rest.replace(/&(?:amp|lt|gt|quot|#39);/g, '')).not.toContain('&')
  return open
}

test('any machine gives a well-formed document with finite coordinates and unique ids', () => {
  fc.assert(
    fc.property(randomMachine, (topology) => {
      const svg = svgOf(topology)
      expect(openElements(svg)).toEqual([])
      expect(svg).not.toMatch(/NaN|Infinity|undefined/)
      const ids = [...svg.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
      expect(new Set(ids).size).toBe(ids.length)
    }),
    { numRuns: 30 },
  )
})

test('every shape has an id and a title, and text is text', () => {
  const list = drawingOf(twoSocketMachine())
  const svg = exportSvg(list, { theme: 'light' })
  for (const shape of list.shapes) expect(svg).toContain(`<g id="${shape.id}"`)
  expect(svg.match(/<title>/g)).toHaveLength(list.shapes.length + 1)
  expect(svg).toContain('>namespace0.0</text>')
  expect(svg).toContain('>two-socket</text>')
})

test('text of the input cannot become markup', () => {
  const hostile = '</title><script>alert(1)</script>"\' & \u0000\u202E\uD800'
  const base = twoSocketMachine()
  const svg = svgOf({
    ...base,
    machine: { ...base.machine, hostname: hostile },
    dimms: base.dimms.map((dimm) => ({ ...dimm, id: `dimm:${hostile}`, locator: hostile })),
    regions: base.regions.map((region) => ({ ...region, id: hostile })),
  })
  expect(openElements(svg)).toEqual([])
  expect(svg).not.toMatch(/<script|<foreignObject|\son\w+=|javascript:|[\u0000\u202E\uD800]/)
  expect(svg).toContain('&lt;script&gt;')
})

test('long names are cut', () => {
  expect(cleanText('x'.repeat(10_000))).toHaveLength(120)
  expect(cleanText('namespace0.0')).toBe('namespace0.0')
})

test('auto follows the reader, the others are fixed', () => {
  const list = drawingOf(twoSocketMachine())
  expect(exportSvg(list, { theme: 'auto' })).toContain('prefers-color-scheme:dark')
  expect(exportSvg(list, { theme: 'dark' })).not.toContain('prefers-color-scheme')
})

test('width scales the document and not the composition', () => {
  const list = drawingOf(twoSocketMachine())
  const small = exportSvg(list, { theme: 'light', width: 830 })
  const large = exportSvg(list, { theme: 'light' })
  expect(small).toContain(' width="830"')
  expect(small.slice(small.indexOf('<title>'))).toBe(large.slice(large.indexOf('<title>')))
})

test('a drawing without memory is still a document', () => {
  expect(openElements(svgOf(emptyTopology()))).toEqual([])
})
