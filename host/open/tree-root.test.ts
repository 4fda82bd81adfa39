import { expect, it } from 'vitest'
import { treeOf } from '../../shared/readers/testing/tree-of'
import { findRoot } from './tree-root'

const rootOf = (...paths: readonly string[]) =>
  findRoot(treeOf(Object.fromEntries(paths.map((path) => [path, 'x']))), 'capture.tar')

it.each([
  ['', ['sys/devices/x', 'other/proc/meminfo']],
  ['', ['a.json', 'b.txt']],
  ['sosreport-x', ['sosreport-x/sos_commands/a', 'sosreport-x/version.txt']],
  ['a/b c/d', ['a/b c/d/proc/meminfo', 'a/README', 'a/b c/notes/x', 'LICENSE']],
  ['tmp/x/y/z', ['tmp/x/y/z/sys/devices/system/node/online', 'tmp/x/y/z/sys/bus/nd']],
  ['dump', ['dump/manifest.json', 'dump/deeper/proc/iomem']],
  ['', ['linux/fs/proc/array.c', 'linux/mm/slub.c', 'linux/sys/x']],
  ['', ['1/2/3/4/5/6/7/proc/meminfo']],
])('the root is %j of %j', (root, paths) => {
  expect(rootOf(...paths)).toBe(root)
})

it('refuses to choose between machines, and names them', () => {
  const hosts = ['one', 'two', 'three', 'four'].map((host) => `${host}/proc/meminfo`)
  expect(() => rootOf(...hosts)).toThrow(
    'capture.tar: it holds 4 machines (four, one, three, …); open one of them',
  )
  expect(rootOf(...hosts, 'ndctl.json')).toBe('')
})

it('does not follow links round', () => {
  const tree = treeOf({ 'a/proc/meminfo': 'x', b: '-> a' })
  expect(findRoot(tree, 'x')).toBe('a')
})

it('gives up on a folder with very many directories', () => {
  const paths = Array.from({ length: 3000 }, (_, at) => `d${String(at).padStart(4, '0')}/x`)
  expect(rootOf(...paths, 'zzz/proc/meminfo')).toBe('')
})
