import { expect, it } from 'vitest'
import { recordingContext, treeOf } from '../testing/tree-of'
import { vmcoreinfoReader } from './reader'

const NOTES = `OSRELEASE=6.12.95+deb12-amd64
PAGESIZE=4096
SYMBOL(vmemmap)=ffffea0000000000
SIZE(page)=64
`

it.each(['cmd/vmcoreinfo.txt', 'pasted.txt'])('reads %s', (path) => {
  const tree = treeOf({ [path]: NOTES })
  expect(vmcoreinfoReader.sniff(tree)).toBe(true)
  const { machine } = vmcoreinfoReader.read(tree, recordingContext())
  expect(machine).toMatchObject({
    kernelRelease: '6.12.95+deb12-amd64',
    basePageBytes: 4096,
    structPageBytes: 64,
    structPageSource: 'vmcoreinfo',
    vmemmapBase: '0xffffea0000000000',
  })
  expect(machine?.sources['structPageBytes']).toMatchObject({ path, key: 'SIZE(page)' })
})

it('leaves sizes out that no kernel has', () => {
  const tree = treeOf({ a: 'PAGESIZE=1\nSIZE(page)=100000\n' })
  const { machine } = vmcoreinfoReader.read(tree, recordingContext())
  expect(Object.keys(machine?.sources ?? {})).toEqual([])
})
