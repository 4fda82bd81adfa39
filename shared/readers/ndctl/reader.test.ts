import { describe, expect, it } from 'vitest'
import { FormatError } from '../../model/errors'
import { readText, withoutSources } from '../testing/read-text'
import { treeOf } from '../testing/tree-of'
import { ndctlReader } from './reader'

const read = (value: unknown) => readText(ndctlReader, JSON.stringify(value)).facts
const region = { dev: 'region1', size: 4096, type: 'pmem' }

describe('ndctl', () => {
  it('reads buses, their DIMMs, regions and namespaces', () => {
    const { facts } = readText(
      ndctlReader,
      `ndctl: warning: something
[ { "provider":"ACPI.NFIT", "dev":"ndbus0",
    "dimms":[ { "dev":"nmem1", "id":"8089-a2-1839-00000001", "handle":4097, "phys_id":68, "state":"disabled", "security":"disabled", "flag_failed_flush":true },
              { "dev":"nmem0", "handle":"0x1", "phys_id":"0" } ],
    "regions":[ { "dev":"region0", "size":8589934592, "align":16777216, "available_size":0, "max_available_extent":0, "type":"pmem",
      "numa_node":0, "target_node":2, "iset_id":-2506113243053544244, "persistence_domain":"unknown", "badblock_count":8,
      "mappings":[ { "dimm":"nmem1", "offset":4096, "length":4294967296, "position":1 }, { "dimm":"nmem0", "offset":"0x1000", "length":"0x100000000", "position":0 } ],
      "capabilities":[ { "mode":"fsdax", "alignments":[4096] } ],
      "namespaces":[ { "dev":"namespace0.1", "mode":"raw", "size":0, "uuid":"00000000-0000-0000-0000-000000000000", "state":"disabled" },
        { "dev":"namespace0.0", "mode":"devdax", "map":"dev", "size":1071644672, "uuid":"6753B29E-9c4b-44ac-b786-fb2eac388629", "raw_uuid":"ebf96204-fa4f-4c5a-b8f5-0c7856e910e1",
          "daxregion":{ "id":0, "size":1071644672, "align":2097152, "devices":[ { "chardev":"dax0.0", "size":1071644672, "target_node":2, "align":2097152, "mode":"system-ram", "online_memblocks":6, "total_memblocks":7, "movable":false } ] },
          "align":2097152, "numa_node":0, "badblock_count":3, "badblocks":[ { "offset":1, "length":3, "dimms":["nmem0"] } ] } ] } ] } ]
`,
    )
    expect(withoutSources(facts.nvdimms)).toEqual([
      {
        id: 'nmem1',
        handle: 4097,
        physicalId: 68,
        uniqueId: '8089-a2-1839-00000001',
        security: 'disabled',
        health: 'failed flush',
        state: 'disabled',
      },
      { id: 'nmem0', handle: 1, physicalId: 0 },
    ])
    expect(withoutSources(facts.regions)).toEqual([
      {
        id: 'region0',
        busId: 'ndbus0',
        provider: 'ACPI.NFIT',
        regionType: 'pmem',
        sizeBytes: 8589934592,
        availableBytes: 0,
        maximumExtentBytes: 0,
        alignBytes: 16777216,
        numaNode: 0,
        targetNode: 2,
        interleaveSetCookie: '0xdd387f488ce42ccc',
        badBlockCount: 8,
        mappings: [
          { nvdimmId: 'nmem0', dpaStart: 4096, sizeBytes: 4294967296, position: 0 },
          { nvdimmId: 'nmem1', dpaStart: 4096, sizeBytes: 4294967296, position: 1 },
        ],
      },
    ])
    expect(withoutSources(facts.namespaces)).toEqual([
      {
        id: 'namespace0.0',
        regionId: 'region0',
        mode: 'devdax',
        map: 'dev',
        uuid: '6753b29e-9c4b-44ac-b786-fb2eac388629',
        rawUuid: 'ebf96204-fa4f-4c5a-b8f5-0c7856e910e1',
        usableBytes: 1071644672,
        alignBytes: 2097152,
        device: 'dax0.0',
        state: 'active',
        numaNode: 0,
        badBlockCount: 3,
      },
    ])
    expect(withoutSources(facts.daxDevices)).toEqual([
      {
        id: 'dax0.0',
        origin: 'pmem',
        mode: 'system-ram',
        sizeBytes: 1071644672,
        alignBytes: 2097152,
        targetNode: 2,
        onlineBlocks: 6,
        totalBlocks: 7,
        isMovable: false,
      },
    ])
  })

  it.each([
    ['memory', 'fsdax', undefined],
    ['dax', 'devdax', undefined],
    ['safe', 'sector', 'none'],
    ['raw', 'raw', 'none'],
  ])('translates the old mode %s', (old, mode, map) => {
    const [namespace] = read({ dev: 'namespace3.1', mode: old, size: 4096 }).namespaces ?? []
    expect(namespace).toMatchObject({ id: 'namespace3.1', regionId: 'region3', mode })
    expect(namespace?.map).toBe(map)
    expect(namespace?.rawBytes).toBe(mode === 'raw' ? 4096 : undefined)
  })

  it('takes sizes for people as rounded, and addresses of -u as hexadecimal', () => {
    const { regions } = read({
      ...region,
      size: '1488.37 GiB (1598.13 GB)',
      iset_id: '0xa76c6907811fae57',
    })
    const [found] = regions ?? []
    expect(Math.abs((found?.sizeBytes ?? 0) - 1598128390144)).toBeLessThan(
      Object(found?.sources['sizeBytes'])['roundedTo'],
    )
    expect(found?.interleaveSetCookie).toBe('0xa76c6907811fae57')
  })

  it('reads one object, an array, groups and several outputs after each other alike', () => {
    const expected = withoutSources(read(region).regions)
    expect(expected).toEqual([{ id: 'region1', sizeBytes: 4096, regionType: 'pmem' }])
    expect(withoutSources(read([region]).regions)).toEqual(expected)
    expect(withoutSources(read({ regions: [region] }).regions)).toEqual(expected)
    const two = readText(ndctlReader, `{"dev":"nmem0","handle":1}\n${JSON.stringify(region)}\n`)
    expect(withoutSources(two.facts.regions)).toEqual(expected)
    expect(two.facts.nvdimms).toHaveLength(1)
  })

  it('knows the dax device that a namespace only names', () => {
    const { daxDevices } = read({
      dev: 'namespace0.1',
      mode: 'devdax',
      size: 12681478144,
      chardev: 'dax0.1',
      align: 2097152,
    })
    expect(withoutSources(daxDevices)).toEqual([
      { id: 'dax0.1', origin: 'pmem', sizeBytes: 12681478144, alignBytes: 2097152 },
    ])
  })

  it('takes an empty name of a device for none', () => {
    const [namespace] =
      read({
        dev: 'namespace0.1',
        mode: 'devdax',
        size: 4096,
        daxregion: { id: 0, devices: [{ chardev: '' }] },
      }).namespaces ?? []
    expect(namespace?.device).toBeUndefined()
  })

  it('reads info blocks and labels as far as they name objects', () => {
    const block = {
      dev: 'namespace0.0',
      signature: 'NVDIMM_PFN_INFO',
      uuid: '56b11990-66b1-4d91-9cac-ca084c051259',
      parent_uuid: '00000000-0000-0000-0000-000000000000',
      version: '1.4',
      dataoff: 69206016,
      npfns: 1031680,
      mode: 2,
      start_pad: 0,
      end_trunc: 0,
      align: 2097152,
      page_size: 4096,
    }
    expect(withoutSources(read([block]).namespaces)).toEqual([
      {
        id: 'namespace0.0',
        regionId: 'region0',
        mode: 'fsdax',
        map: 'dev',
        uuid: '56b11990-66b1-4d91-9cac-ca084c051259',
        alignBytes: 2097152,
        usableBytes: 4225761280,
        rawBytes: 4294967296,
      },
    ])
    const { page_size: _, ...older } = block
    expect(read([older]).namespaces?.[0]?.usableBytes).toBeUndefined()
    expect(read({ dev: 'nmem0', index: [{ seq: 1 }], label: [{ dpa: 0 }] }).nvdimms).toHaveLength(1)
  })

  it('leaves out what is malformed and says where', () => {
    const { facts, diagnostics } = readText(
      ndctlReader,
      '{"dev":"region1","size":-1,"align":1e30,"available_size":"much","type":"tape","numa_node":-1,"iset_id":1.5}',
    )
    expect(withoutSources(facts.regions)).toEqual([{ id: 'region1' }])
    expect(diagnostics.map(({ where }) => where)).toEqual(
      ['type', 'size', 'available_size', 'align', 'iset_id'].map(
        (key) => `paste.txt · region1 ${key}`,
      ),
    )
  })

  it('refuses what is not well-formed with its place, or diagnoses it beside what is', () => {
    const broken = '{\n  "regions":[\n    { "dev":"region1", "size":1 },\n  ]\n}\n'
    expect(ndctlReader.sniff(treeOf({ x: broken }))).toBe(true)
    expect(() => readText(ndctlReader, broken)).toThrow(FormatError)
    expect(() => readText(ndctlReader, broken)).toThrow(
      'paste.txt:4:3: not well-formed JSON: a value is expected',
    )
    const { facts, diagnostics } = readText(ndctlReader, `${JSON.stringify(region)}\n${broken}`)
    expect(facts.regions).toHaveLength(1)
    expect(diagnostics).toMatchObject([
      { severity: 'error', code: 'json-syntax', where: 'paste.txt:5:3' },
    ])
  })

  it('does not call broken what is only too large', () => {
    const many = JSON.stringify([{ ...region, filler: 'x'.repeat(8 * 2 ** 20) }])
    expect(() => readText(ndctlReader, many)).toThrow(
      'paste.txt:1:1: there is more than 8 MiB of JSON; ask the tool for fewer objects',
    )
  })

  it.each([
    '[]',
    '{"dev":"region1"}',
    '{"dev":"region-eu","size":1}',
    '{"dev":"sda","size":1}',
    '{"name":"region1","size":1}',
    '{"memory":[{"range":"0x0","size":"2G"}]}',
    '{"dev":"region1",',
    'region1 is a region',
  ])('does not recognise %s', (text) => {
    expect(ndctlReader.sniff(treeOf({ 'ndctl-list.json': text }))).toBe(text.endsWith(','))
  })
})
