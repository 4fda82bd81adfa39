// @vitest-environment node
import { expect, it } from 'vitest'
import { exportSvg } from '../../shared/export/svg'
import { sampleDocument } from '../testing/sample-topology'
import { baseName, exportDiagram } from './export-diagram'
import { prepareDocument } from './open-document'

it('the exported file is what the display list exports, under the name of the input', () => {
  const document = prepareDocument(sampleDocument())
  const file = exportDiagram(document, 'light')
  expect(file.name).toBe('sample.svg')
  expect(new TextDecoder().decode(file.bytes)).toBe(exportSvg(document.list, { theme: 'light' }))
})

it.each([
  ['two.folioscope', 'two'],
  ['two.tar.zst', 'two'],
  ['demo:laptop', 'laptop'],
  ['../../etc/x y.tgz', 'etc-x-y'],
  ['…', 'folioscope'],
])('names a file after %s', (input, expected) => {
  expect(baseName(input)).toBe(expected)
})
