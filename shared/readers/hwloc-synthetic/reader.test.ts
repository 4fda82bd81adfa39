import { describe, expect, it } from 'vitest'
import { FormatError } from '../../model/errors'
import type { NumaNode } from '../../model/topology'
import { recordingContext, treeOf } from '../testing/tree-of'
import { hwlocSyntheticReader as reader } from './reader'

function read(text: string) {
  const tree = treeOf({ 'machine.txt': text })
  expect(reader.sniff(tree)).toBe(true)
  const { nodes = [], packages = [], machine } = reader.read(tree, recordingContext())
  return { nodes, packages, cpuCount: machine?.cpuCount }
}

function mistake(text: string): string {
  try {
    read(text)
  } catch (error) {
    if (error instanceof FormatError) return `${error.where}: ${error.what}`
    throw error
  }
  throw new Error('it was accepted')
}

const short = ({ nodeId, cpuList, memoryBytes }: NumaNode) => [nodeId, cpuList, memoryBytes]

describe('synthetic strings of hwloc', () => {
  it('reads nodes in brackets', () => {
    const { nodes, packages, cpuCount } = read(
      'pack:2 [numa(memory=1GiB memorysidecachesize=512MiB)] l3:1(size=8MB) core:4 pu:2\n',
    )
    expect(cpuCount).toBe(16)
    expect(nodes.map(short)).toEqual([
      [0, '0-7', 2 ** 30],
      [1, '8-15', 2 ** 30],
    ])
    expect(nodes[0]?.memorySideCaches).toEqual([{ level: 1, sizeBytes: 2 ** 29 }])
    expect(packages.map(({ packageId, nodeIds }) => [packageId, nodeIds])).toEqual([
      [0, [0]],
      [1, [1]],
    ])
    expect(packages[1]?.cpuIds).toEqual([8, 9, 10, 11, 12, 13, 14, 15])
  })

  it('reads nodes as a level, with a bare number for the CPUs', () => {
    const { nodes, packages, cpuCount } = read('numa:4 core:2 1')
    expect([cpuCount, packages]).toEqual([8, []])
    expect(nodes.map(({ cpuList }) => cpuList)).toEqual(['0-1', '2-3', '4-5', '6-7'])
    expect(nodes[0]?.sources['memoryBytes']?.kind).toBe('default')
  })

  it('gives the CPUs to the first node that is nearest to them', () => {
    const { nodes } = read('[numa(memory=3GB)] pack:2 [numa(memory=1GB)] [node(memory=0x10)] pu:1')
    expect(nodes.map(short)).toEqual([
      [0, '0', 1e9],
      [1, '', 16],
      [2, '1', 1e9],
      [3, '', 16],
      [4, '', 3e9],
    ])
  })

  it('adds the one node of a machine without nodes', () => {
    expect(read('Package:2 L2Cache:1 PU:2').nodes.map(short)).toEqual([[0, '0-3', 2 ** 30]])
    expect(read('(memory=4GB) soc:2 pu:2').nodes).toHaveLength(1)
  })

  it('reads indexes: listed, interleaved by numbers and by levels', () => {
    const nodeIds = (text: string) => read(text).nodes.map(({ nodeId }) => nodeId)
    expect(nodeIds('pack:2 [numa(indexes=3,5)] pu:2')).toEqual([3, 5])
    expect(nodeIds('numa:4(indexes=2*2:1*2) pu:1')).toEqual([0, 2, 1, 3])
    const lists = (text: string) => read(text).nodes.map(({ cpuList }) => cpuList)
    expect(lists('numa:2 core:2 pu:2(indexes=numa:core)')).toEqual(['0,2,4,6', '1,3,5,7'])
    expect(lists('numa:2 pu:2(indexes=0,2,1,3)')).toEqual(['0,2', '1,3'])
    expect(read('pack:2(indexes=4,1) pu:1').packages.map(({ id }) => id)).toEqual([
      'package4',
      'package1',
    ])
  })

  it.each([
    ['pack:2 foo:3 pu:2', '1:8: "foo" is no kind of object'],
    ['numa:0 pu:1', '1:1: 0 objects are not possible'],
    ['pack:2 [numa(memory=1XB)] pu:2', '1:21: this is no size'],
    ['pack:2 [core] pu:2', '1:8: only NUMA nodes can stand in brackets'],
    ['pack:2 [numa pu:2', '1:14: "]" is missing'],
    ['pack:2 core pu:2', '1:12: ":" and a number are missing behind "core"'],
    ['pack:2 core: pu:2', '1:13: a number of objects is missing'],
    ['pack:2 core:2', '1:8: the last level has to be pu'],
    ['pack:2 core:2 core:2 pu:1', '1:15: a second level of type Core'],
    ['pack:2 2 2', '1:8: either all levels have a type or none'],
    ['pack:2 [numa] numa:2 pu:1', '1:15: nodes are either a level or in brackets'],
    ['numa:2(size=1GB) pu:1', '1:8: there is no attribute size here'],
    ['numa:2(memory=1GB', '1:18: ")" or an attribute such as memory=1GiB is missing'],
    ['numa:2(indexes=0,0) pu:1', '1:16: 2 different indexes are needed, and these make 1'],
    ['numa:2(indexes=core) pu:1', '1:16: there is no level core above'],
    ['numa:99999 pu:1', '1:1: more than 8192 objects of type NUMANode'],
    ['pack:64 pu:99999999', '1:9: more than 262144 objects of type PU'],
  ])('names the column: %s', (text, message) => {
    expect(mistake(text)).toBe(`machine.txt:${message}`)
  })

  it('leaves other texts alone', () => {
    for (const text of [
      '2 4 2',
      'hello: 1',
      'pack of 2',
      'numa:2 pu:1\nmore',
      'pu',
      'available: 2',
      '',
    ]) {
      expect(reader.sniff(treeOf({ 'a.txt': text }))).toBe(false)
    }
    expect(reader.sniff(treeOf({ 'a.txt': 'numa:2 pu:1', 'b.txt': '' }))).toBe(false)
  })
})
