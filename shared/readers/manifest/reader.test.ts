import { expect, it } from 'vitest'
import { recordingContext, treeOf } from '../testing/tree-of'
import { manifestReader } from './reader'

function messageFor(version: string): string | undefined {
  const context = recordingContext()
  const text = `{ "format": "folioscope-snapshot"${version} }`
  const tree = treeOf({ 'manifest.json': text })
  expect(manifestReader.sniff(tree)).toBe(true)
  manifestReader.read(tree, context)
  return context.diagnostics[0]?.message
}

it.each([
  ['of this program', ', "version": 1', undefined],
  ['that is newer', ', "version": 2', 'version 2 is not 1; what can be read is shown'],
  ['in words', ', "version": "one"', 'version "one" is not 1; what can be read is shown'],
  ['that is missing', '', 'version undefined is not 1; what can be read is shown'],
  [
    // Found by npm run fuzz: JSON.stringify took more stack than there is.
    'of thousands of lists',
    `, "version": ${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    'version of another kind is not 1; what can be read is shown',
  ],
])('tells a version %s', (_name, version, message) => {
  expect(messageFor(version)).toBe(message)
})
