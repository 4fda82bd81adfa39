import { describe, expect, it } from 'vitest'
import { recordingContext, treeOf } from '../testing/tree-of'
import { lsmemReader } from './reader'

const read = (files: Readonly<Record<string, string>>) => {
  const context = recordingContext()
  const tree = treeOf(files)
  expect(lsmemReader.sniff(tree)).toBe(true)
  return { ...lsmemReader.read(tree, context), diagnostics: context.diagnostics }
}

const TABLE = `RANGE                                  SIZE  STATE REMOVABLE BLOCK
0x0000000000000000-0x000000007fffffff    2G online       yes     0
0x0000000100000000-0x00000001ffffffff    4G on->off       no   2-3

Memory block size:         2G
Total online memory:         2G
Total offline memory:         4G
`

describe('JSON that cannot be read', () => {
  const CUT = '{\n   "memory": [\n      {"range": "0x0-0x7ffffff", "block": "0", "node": 0'

  it('is refused with its place', () => {
    expect(() => read({ 'cmd/lsmem.json': CUT })).toThrow(
      'cmd/lsmem.json:3:56: not well-formed JSON: it breaks off',
    )
  })

  it('is left to the reader of another tool beside JSON of lsmem that is whole', () => {
    const { memoryBlocks, diagnostics } = read({ paste: `${CUT}}]}\n{"dev":"region0","size":` })
    expect(memoryBlocks).toHaveLength(1)
    expect(diagnostics).toEqual([])
  })
})

describe('text', () => {
  it('gives each block its state, and the exact block size', () => {
    const { machine, memoryBlocks, nodes } = read({ 'lsmem.txt': TABLE })
    expect(machine?.memoryBlockBytes).toBe(2 * 1024 ** 3)
    expect(memoryBlocks?.map(({ id, blockIndex, state }) => [id, blockIndex, state])).toEqual([
      ['memory0', 0, 'online'],
      ['memory2', 2, 'going-offline'],
      ['memory3', 3, 'going-offline'],
    ])
    expect(nodes).toBeUndefined()
  })

  it('reads columns in any order, and blank cells at the end', () => {
    const { memoryBlocks, nodes } = read({
      paste:
        '$ lsmem -o ZONES,NODE,RANGE\nNODE ZONES RANGE\n   1 Normal/Movable 0x8000000-0xfffffff\nMemory block size: 128M\n' +
        'RANGE STATE ZONES\n0x0-0x7ffffff online\n',
    })
    expect(memoryBlocks).toMatchObject([
      { id: 'memory1', nodeIds: [1], validZones: 'Normal Movable' },
      { id: 'memory0', state: 'online' },
    ])
    expect(nodes).toMatchObject([{ id: 'node1', nodeId: 1 }])
  })

  it('counts blocks without a range, by their size where it is exact', () => {
    const { machine, memoryBlocks } = read({ a: 'BLOCK  SIZE\n 0-10  1.4G\n   16  128M\n' })
    expect(machine?.memoryBlockBytes).toBe(128 * 1024 ** 2)
    expect(memoryBlocks).toHaveLength(12)
  })

  it('reads raw and paired output', () => {
    const range = '0x0000000000000000-0x0000000007ffffff'
    const raw = `RANGE SIZE STATE REMOVABLE BLOCK NODE ZONES\n${range} 128M online no 0 0 None\n`
    const pairs = `RANGE="${range}" SIZE="128M" STATE="online" BLOCK="0" NODE="0" ZONES="None"\n`
    const expected = [{ id: 'memory0', state: 'online', nodeIds: [0], validZones: 'none' }]
    expect(read({ raw }).memoryBlocks).toMatchObject(expected)
    expect(read({ pairs }).memoryBlocks).toMatchObject(expected)
  })

  it('believes the finest of several outputs', () => {
    const coarse = 'RANGE STATE BLOCK\n0x0-0xfffffff online 0-1\n'
    const fine = 'RANGE STATE BLOCK\n0x0-0x7ffffff online 0\n0x8000000-0xfffffff offline 1\n'
    for (const text of [`${coarse}\n${fine}`, `${fine}\n${coarse}`]) {
      expect(read({ text }).memoryBlocks?.map(({ state }) => state)).toEqual(['online', 'offline'])
    }
  })
})

describe('JSON', () => {
  it.each([
    ['with bytes', 268435456, 2, false],
    ['with human sizes and words', '256M', '2', 'no'],
  ])('%s', (_, size, node, removable) => {
    const range = '0x0000000100000000-0x000000010fffffff'
    const row = { range, size, state: 'online', removable, block: '32-33', node, zones: 'Normal' }
    const { machine, memoryBlocks } = read({ 'x.json': JSON.stringify({ memory: [row] }, null, 1) })
    expect(machine?.memoryBlockBytes).toBe(134217728)
    expect(memoryBlocks).toMatchObject([
      { id: 'memory32', blockIndex: 32, state: 'online', nodeIds: [2], validZones: 'Normal' },
      { id: 'memory33' },
    ])
    expect(memoryBlocks?.[0]?.sources['state']).toEqual({
      kind: 'read',
      reader: 'lsmem',
      path: 'x.json',
      key: range,
    })
  })
})

it('says what is missing where no block can be told', () => {
  const { memoryBlocks, diagnostics } = read({ a: 'RANGE SIZE\n0x0-0xbfffffff 3G\n' })
  expect(memoryBlocks).toEqual([])
  expect(diagnostics.map(({ code, where }) => [code, where])).toEqual([['incomplete-output', 'a']])
})

it('does not make more blocks than memory holds, nor of numbers that are none', () => {
  const { memoryBlocks } = read({
    a: 'RANGE BLOCK\n0x0-0x7ffffff 0-999999999\n0xffffffffffffffff-0x0 5-1\n',
  })
  expect(memoryBlocks).toHaveLength(131072)
})

it.each(['RANGE of motion\n', 'SIZE\n128M\n', '{"memory":{"range":1}}', 'BLOCK SIZE\nwood 3\n'])(
  'does not take %j for lsmem',
  (text) => {
    expect(lsmemReader.sniff(treeOf({ text }))).toBe(false)
  },
)
