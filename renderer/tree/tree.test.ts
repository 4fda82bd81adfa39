// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { MIB } from '../../shared/model/units'
import { prepareDocument } from '../document/open-document'
import { sampleDocument } from '../testing/sample-topology'
import { treeMove } from './tree-keys'
import type { TreeItem } from './tree-item'
import { buildTree, initiallyOpen } from './tree-model'
import { findObjects, pathToObject, typeahead, visibleRows } from './tree-rows'

function sampleTree(changes = {}): TreeItem {
  const { topology, account } = prepareDocument(sampleDocument(changes))
  return buildTree(topology, account)
}

const outline = (root: TreeItem, open = initiallyOpen(root)) =>
  visibleRows(root, open).map((row) => `${'  '.repeat(row.level - 1)}${row.item.label}`)

describe('the tree', () => {
  it('lists nodes with their ranges first, then what was bought; long groups start closed', () => {
    expect(outline(sampleTree())).toEqual([
      'sample',
      '  node0',
      '    memory blocks',
      '    region0',
      '      namespace0.3',
      '        dax0.3',
      '      namespace0.8',
      '  CPU packages',
      '    package0',
      '  NVDIMMs',
      '    nmem0',
    ])
  })

  it('shows every object, even one whose node, region or namespace is unknown', () => {
    const root = sampleTree({ nodes: [], regions: [] })
    expect(findObjects(root, '0.').toSorted()).toEqual(['dax0.3', 'namespace0.3', 'namespace0.8'])
  })

  it('sums resident struct pages up to the region', () => {
    const root = sampleTree()
    const rows = visibleRows(root, initiallyOpen(root))
    const bytesOf = (id: string) =>
      rows.find((row) => row.item.objectId === id)?.item.structPageBytes
    expect(bytesOf('namespace0.3')).toBe(4 * MIB)
    expect(bytesOf('region0')).toBe(4 * MIB)
    expect(bytesOf('namespace0.8') ?? 0).toBe(0)
  })

  it('tells each line its place among its siblings', () => {
    const root = sampleTree()
    const row = visibleRows(root, initiallyOpen(root)).find(
      ({ item }) => item.objectId === 'namespace0.8',
    )
    expect(row).toMatchObject({ level: 4, positionInSet: 2, setSize: 2, isOpen: undefined })
  })

  it('finds objects by name and knows the way to them', () => {
    const root = sampleTree()
    expect(findObjects(root, ' DEVDAX ')).toEqual(['namespace0.3', 'dax0.3'])
    expect(findObjects(root, '')).toEqual([])
    expect(pathToObject(root, 'memory3')?.at(-1)).toMatch(/blocks$/)
    expect(pathToObject(root, 'nothing')).toBeUndefined()
  })
})

describe('keys in the tree', () => {
  const root = sampleTree()
  const rows = visibleRows(root, initiallyOpen(root))
  const index = (label: string) => rows.findIndex((row) => row.item.label === label)

  it('move, open and close as in the tree pattern', () => {
    const blocks = index('memory blocks')
    expect(treeMove(rows, blocks, 'ArrowRight')?.kind).toBe('open')
    expect(treeMove(rows, index('node0'), 'ArrowRight')).toEqual({ kind: 'focus', index: blocks })
    expect(treeMove(rows, index('node0'), 'ArrowLeft')?.kind).toBe('close')
    expect(treeMove(rows, blocks, 'ArrowLeft')).toEqual({ kind: 'focus', index: index('node0') })
    expect(treeMove(rows, 0, 'ArrowUp')).toEqual({ kind: 'focus', index: 0 })
    expect(treeMove(rows, 0, 'End')).toEqual({ kind: 'focus', index: rows.length - 1 })
  })

  it('go to the next line that starts with what was typed, around the end', () => {
    const first = index('namespace0.3')
    const second = index('namespace0.8')
    expect(typeahead(rows, 0, 'name')).toBe(first)
    expect(typeahead(rows, first, 'n')).toBe(second)
    expect(typeahead(rows, second, 'node')).toBe(index('node0'))
    expect(typeahead(rows, 0, 'zz')).toBeUndefined()
  })
})
