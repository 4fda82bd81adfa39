import { expect, it } from 'vitest'
import { treeOf } from '../../shared/readers/testing/tree-of'
import { withLooseFiles } from './loose-files'

const top = treeOf({
  'ndctl.json': 'top',
  'lsmem.txt': 'top',
  meminfo: '-> dumps/host7/proc/meminfo',
  'other/dax.json': 'another directory',
  'dumps/lsmem.txt': 'dumps',
  'dumps/cxl.json': 'dumps',
  'dumps/host7/proc/meminfo': 'MemTotal: 1 kB',
  'dumps/host7/cxl.json': 'own',
})
const own = treeOf({ 'proc/meminfo': 'MemTotal: 1 kB', 'cxl.json': 'own' })
const tree = withLooseFiles(own, top, 'dumps/host7')

it('shows the files beside a machine in its root, the nearest first, no links and no other directories', () => {
  expect(tree.list('')).toEqual(['cxl.json', 'lsmem.txt', 'ndctl.json', 'proc'])
  expect(tree.text('cxl.json')).toBe('own')
  expect(tree.text('lsmem.txt')).toBe('dumps')
  expect(tree.text('ndctl.json')).toBe('top')
  expect(tree.kind('ndctl.json')).toBe('file')
  expect(tree.resolve('ndctl.json')).toBe('ndctl.json')
  expect(tree.sizeBytes('ndctl.json')).toBe(3)
  expect([...tree.pieces('ndctl.json', 8)].map(String)).toEqual(['116,111,112'])
})

it('leaves everything else as it is', () => {
  expect(tree.list('proc')).toEqual(['meminfo'])
  expect(tree.text('proc/meminfo')).toBe('MemTotal: 1 kB')
  expect(tree.kind('other')).toBeUndefined()
  expect(withLooseFiles(own, treeOf({ 'a/proc/meminfo': '' }), 'a')).toBe(own)
})
