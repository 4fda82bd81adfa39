import { expect, it } from 'vitest'
import { documentsOf, unreadDocumentsOf } from './documents'
import { treeOf } from './testing/tree-of'

it('finds the outputs of a snapshot and of a sosreport, and files at the top, each once', () => {
  const tree = treeOf({
    'cmd/a.txt': 'a',
    'sos_commands/numa/numactl_--hardware': 'b',
    'numactl_--hardware': '-> sos_commands/numa/numactl_--hardware',
    'proc/iomem': 'not a document',
    'empty.txt': '',
    'top.txt': 'c',
  })
  expect(documentsOf(tree).map(({ path }) => path)).toEqual([
    'cmd/a.txt',
    'sos_commands/numa/numactl_--hardware',
    'top.txt',
  ])
})

it('ends lines as Linux does', () => {
  expect(documentsOf(treeOf({ a: 'x\r\ny\r\n' }))[0]?.text).toBe('x\ny')
})

it('does not keep more text than a person has', () => {
  const large = 'x'.repeat(40 * 1024 ** 2)
  const tree = treeOf({ a: large, b: large, c: 'small' })
  expect(documentsOf(tree).map(({ path }) => path)).toEqual(['a', 'c'])
  expect(unreadDocumentsOf(tree)).toEqual(['b'])
})
