import { expect, it } from 'vitest'
import { loadTopology } from '../load'
import { recordingContext, treeOf } from '../testing/tree-of'
import { sosreportReader } from './reader'

const UNAME =
  'Linux host0.obfuscateddomain0 5.14.0-503.el9.x86_64 #1 SMP PREEMPT_DYNAMIC Tue Oct 1 2024 x86_64 x86_64 x86_64 GNU/Linux'

it('takes the machine from uname and hostname', () => {
  const tree = treeOf({
    'sos_commands/kernel/uname_-a': UNAME,
    hostname: 'host0.obfuscateddomain0',
  })
  expect(sosreportReader.sniff(tree)).toBe(true)
  expect(sosreportReader.read(tree, recordingContext()).machine).toMatchObject({
    hostname: 'host0.obfuscateddomain0',
    kernelRelease: '5.14.0-503.el9.x86_64',
    arch: 'x86_64',
  })
})

it('knows nothing where the commands were not found', () => {
  const tree = treeOf({ 'sos_commands/kernel/uname_-a': '', 'sos_commands/host/x': 'y' })
  const { machine } = sosreportReader.read(tree, recordingContext())
  expect(Object.keys(machine?.sources ?? {})).toEqual([])
})

it('gives the input its name', () => {
  const tree = treeOf({ 'sos_commands/kernel/uname_-a': UNAME, 'proc/meminfo': 'MemTotal: 4 kB' })
  const ignore = () => undefined
  const { input } = loadTopology({ tree, name: 'x', origin: 'directory', diagnostics: [] }, ignore)
  expect(input.kind).toBe('sosreport')
})
