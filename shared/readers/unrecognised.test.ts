import { expect, it } from 'vitest'
import { FormatError } from '../model/errors'
import { loadTopology } from './load'
import type { OpenedTree } from './source-tree'
import { treeOf } from './testing/tree-of'

function refusalOf(files: Readonly<Record<string, string>>, origin: OpenedTree['origin']): string {
  const opened = { tree: treeOf(files), name: 'x', origin, diagnostics: [] }
  try {
    loadTopology(opened, () => undefined)
  } catch (error) {
    if (error instanceof FormatError) return `[${error.code}] ${error.what}; ${error.hint}`
    throw error
  }
  throw new Error('it was loaded')
}

it.each([
  [
    '{"apiVersion":"v1","kind":"List"}',
    /^\[nothing-recognised\] this is JSON, .*keys: apiVersion, kind\); save the output of `ndctl/,
  ],
  ['[{"blockdevices":[]}]', /JSON, .*keys: blockdevices/],
  ['[1,2]', /this is JSON, but of no tool that Folioscope reads; /],
  [
    '<?xml version="1.0"?>\n<domain type="kvm"/>',
    /XML that begins with <domain>, .*lstopo machine\.xml/,
  ],
  [
    '# my own\nservices:\n  a: 1\nvolumes: {}\n',
    /YAML, but no specification .*keys: services, volumes\); .*folioscope-spec: 1/,
  ],
  ['Dear Sir,\n\nthe memory is full.', /not a format that Folioscope reads; try a snapshot/],
  ['Subject: hello\nand more: [ of it', /not a format/],
])('says what %j is', (text, expected) => {
  expect(refusalOf({ file: text }, 'file')).toMatch(expected)
})

it('says what a folder holds, on one line', () => {
  const line = refusalOf({ 'a\nb': 'x', c: 'x', d: 'x', e: 'x' }, 'directory')
  expect(line).toMatch(/nothing recognised: it holds a\?b, c, d, …; /)
  expect(refusalOf({}, 'directory')).toMatch(/it is empty/)
})
