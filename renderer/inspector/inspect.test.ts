// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { prepareDocument } from '../document/open-document'
import { sampleDocument } from '../testing/sample-topology'
import { factValue } from './fact-values'
import { factsAsText, inspect } from './inspect'

const document = prepareDocument(sampleDocument())
const structRow = (objectId: string, id: string) =>
  inspect(document, objectId)?.structPages?.rows.find((row) => row.id === id)

describe('the inspector', () => {
  it('shows each fact with its exact value and its source', () => {
    const facts = inspect(document, 'namespace0.3')?.facts
    expect(facts?.find((fact) => fact.field === 'rawBytes')).toMatchObject({
      label: 'raw size',
      lines: ['1 GiB'],
      exact: expect.stringMatching(/^1.073.741.824 B$/) as unknown,
      source: expect.stringMatching(/^sysfs · sys\/.*\/namespace0\.3\/size$/) as unknown,
    })
    expect(facts?.find((fact) => fact.field === 'regionId')?.objectId).toBe('region0')
    expect(facts?.some((fact) => fact.field === 'id' || fact.field === 'sources')).toBe(false)
  })

  it('counts the resident vmemmap pages of a deduplicated namespace', () => {
    expect(structRow('namespace0.3', 'struct-pages')?.lines[0]).toMatch(/^262.144$/)
    expect(structRow('namespace0.3', 'full')?.lines).toEqual(['16 MiB'])
    expect(structRow('namespace0.3', 'resident')?.lines).toEqual(['4 MiB'])
    expect(structRow('namespace0.3', 'vmemmap-pages')?.lines).toEqual(['1024 vmemmap pages'])
    expect(structRow('namespace0.3', 'backing')?.lines).toEqual(['node0 RAM: 4 MiB'])
    expect(inspect(document, 'namespace0.3')?.structPages?.derivation.length).toBeGreaterThan(0)
  })

  it('shows a device the struct pages of its namespace, and a region those of all of its own', () => {
    expect(structRow('dax0.3', 'resident')).toEqual(structRow('namespace0.3', 'resident'))
    expect(structRow('region0', 'resident')).toEqual(structRow('namespace0.3', 'resident'))
  })

  it('links related objects that exist', () => {
    expect(inspect(document, 'namespace0.3')?.related).toEqual([
      { title: 'Region', objectIds: ['region0'] },
      { title: 'DAX devices', objectIds: ['dax0.3'] },
      { title: 'Nodes', objectIds: ['node0'] },
    ])
  })

  it('knows nothing of an object that the document does not have', () => {
    expect(inspect(document, 'namespace9.9')).toBeUndefined()
  })

  it('copies as tab-separated text', () => {
    const model = inspect(document, 'namespace0.3')
    const text = model === undefined ? '' : factsAsText(model)
    expect(text.split('\n')[0]).toBe('namespace0.3\tNamespace')
    expect(text).toMatch(/^mode\tdevdax\t\tsysfs · /m)
  })
})

describe('fact values', () => {
  it.each([
    ['cpuIds', [0, 1, 2, 3, 8], ['0-3,8']],
    ['distances', { '0': 10, '1': 21 }, ['node0: 10', 'node1: 21']],
    ['startAddress', 0x440000000, ['0x440000000']],
    ['hugetlbOptimizeVmemmap', false, ['off']],
    ['speedMTs', 2933, [expect.stringMatching(/^2.?933 MT\/s$/)]],
    ['somethingNew', 'text', ['text']],
    [
      'mappings',
      [{ nvdimmId: 'nmem0', dpaStart: 0, sizeBytes: 1024, position: 0 }],
      ['nmem0: 1 KiB at DPA 0x0'],
    ],
  ])('%s', (field, value, lines) => {
    expect(factValue(field, value).lines).toEqual(lines)
  })
})

it('names the rules of the kernel and what decided them, for the machine alone', () => {
  const rules = inspect(document, 'machine')?.rules ?? []
  const rule = rules.find(({ field }) => field === 'rule-daxKeptPages')
  expect(rule?.lines).toEqual(['2'])
  expect(rule?.source).toMatch(/^by the release · include\/linux\/mm\.h/)
  expect(inspect(document, 'namespace0.3')?.rules).toEqual([])
})

describe('a CXL region', () => {
  const sources = {}
  const region = {
    id: 'cxl:region0',
    regionName: 'region0',
    startAddress: 0x990000000,
    sizeBytes: 0x80000000,
    interleaveWays: 2,
    granularityBytes: 256,
    targets: [0, 1].map((position) => ({
      position,
      memdevId: `mem${position}`,
      decoderId: `decoder${position + 2}.0`,
    })),
    sources,
  }
  const decoders = [0, 1].map((position) => ({
    id: `decoder${position + 2}.0`,
    decoderKind: 'endpoint' as const,
    dpaStart: 0x1000,
    dpaBytes: 0x40000000,
    sources,
  }))

  it('says where its granules lie', () => {
    const { topology } = sampleDocument()
    const opened = prepareDocument({
      token: 't',
      topology: { ...topology, cxlRegions: [region], cxlDecoders: decoders },
    })
    const row = inspect(opened, 'cxl:region0')?.facts.find(({ field }) => field === 'decode')
    expect(row?.lines).toEqual(['0x990000000 → mem0, DPA 0x1000', '0x990000100 → mem1, DPA 0x1000'])
  })

  it('does not guess where that cannot be told', () => {
    const { topology } = sampleDocument()
    const odd = { ...region, interleaveWays: 5 }
    const opened = prepareDocument({ token: 't', topology: { ...topology, cxlRegions: [odd] } })
    const row = inspect(opened, 'cxl:region0')?.facts.find(({ field }) => field === 'decode')
    expect(row?.lines[0]).toMatch(/^not decodable/)
  })
})
