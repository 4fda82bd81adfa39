import { describe, expect, it } from 'vitest'
import { GIB } from '../../model/units'
import { recordingContext, treeOf } from '../testing/tree-of'
import { memoryTypeOf } from './memory-type'
import { edacReader } from './reader'

const MC = 'sys/devices/system/edac/mc/mc0'

function read(files: Readonly<Record<string, string>>) {
  const tree = treeOf(
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`${MC}/${path}`, text])),
  )
  expect(edacReader.sniff(tree)).toBe(true)
  return edacReader.read(tree, recordingContext()).dimms?.map(({ sources: _, ...dimm }) => dimm)
}

const part = (name: string, label: string, size = '16384') => ({
  [`${name}/size`]: size,
  [`${name}/dimm_label`]: label,
  [`${name}/dimm_location`]: `channel ${name.slice(-1)} slot 0 `,
  [`${name}/dimm_mem_type`]: 'Registered-DDR5',
  [`${name}/dimm_ce_count`]: '3',
  [`${name}/dimm_ue_count`]: '0',
})

describe('EDAC', () => {
  it('reads modules with their place and their error counters', () => {
    expect(
      read({ ...part('dimm0', 'CPU1_DIMM_A1'), ...part('dimm1', 'mc#0channel#1slot#0') }),
    ).toEqual([
      {
        id: 'dimm:mc0/dimm0',
        locator: 'CPU1_DIMM_A1',
        edacLocation: 'mc0 channel 0 slot 0',
        sizeBytes: 16 * GIB,
        memoryType: 'DDR5',
        correctableErrors: 3,
        uncorrectableErrors: 0,
      },
      {
        id: 'dimm:mc0/dimm1',
        edacLocation: 'mc0 channel 1 slot 0',
        sizeBytes: 16 * GIB,
        memoryType: 'DDR5',
        correctableErrors: 3,
        uncorrectableErrors: 0,
      },
    ])
  })

  it('adds up the ranks of one module', () => {
    expect(
      read({ ...part('rank0', 'A1'), ...part('rank1', 'A1'), ...part('rank2', 'B1') }),
    ).toMatchObject([
      { locator: 'A1', sizeBytes: 32 * GIB, correctableErrors: 6 },
      { locator: 'B1', sizeBytes: 16 * GIB, correctableErrors: 3 },
    ])
  })

  it('reads the rows of old kernels, whose channels share their size', () => {
    const row = (name: string) => ({
      [`${name}/size_mb`]: '4096',
      [`${name}/mem_type`]: 'Unbuffered-DDR3',
      [`${name}/ue_count`]: '1',
      [`${name}/ch0_ce_count`]: '1',
      [`${name}/ch0_dimm_label`]: 'A1',
      [`${name}/ch1_ce_count`]: '2',
      [`${name}/ch1_dimm_label`]: '',
    })
    expect(read({ ...row('csrow0'), ...row('csrow1') })).toEqual([
      {
        id: 'dimm:mc0/csrow0/ch0',
        locator: 'A1',
        edacLocation: 'mc0 csrow0 channel 0',
        sizeBytes: 4 * GIB,
        memoryType: 'DDR3',
        correctableErrors: 2,
      },
      ...['csrow0', 'csrow1'].map((name) => ({
        id: `dimm:mc0/${name}/ch1`,
        edacLocation: `mc0 ${name} channel 1`,
        sizeBytes: 2 * GIB,
        memoryType: 'DDR3',
        correctableErrors: 2,
      })),
    ])
  })

  it('prefers modules where a controller shows rows, too', () => {
    expect(read({ ...part('dimm0', 'A1'), 'csrow0/ch0_ce_count': '1' })).toHaveLength(1)
  })

  it('is not there without a controller, as in virtual machines', () => {
    const tree = treeOf({ 'sys/devices/system/edac/mc/power/control': 'auto' })
    expect(edacReader.sniff(tree)).toBe(false)
  })

  it('says the kinds of memory in the words of SMBIOS', () => {
    expect(
      [
        'Registered-DDR5',
        'Low-Power-DDR4-RAM',
        'Load-Reduced-DDR3-RAM',
        'Unbuffered-SDR',
        'Non-volatile-RAM',
        'High-bandwidth-memory-Gen2',
        'Unknown',
        undefined,
      ].map(memoryTypeOf),
    ).toEqual([
      'DDR5',
      'LPDDR4',
      'DDR3',
      'SDRAM',
      'Logical non-volatile device',
      'HBM2',
      undefined,
      undefined,
    ])
  })
})
