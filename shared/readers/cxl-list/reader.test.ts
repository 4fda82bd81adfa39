import { describe, expect, it } from 'vitest'
import { readText, withoutSources } from '../testing/read-text'
import { treeOf } from '../testing/tree-of'
import { cxlListReader } from './reader'

const read = (value: unknown) => readText(cxlListReader, JSON.stringify(value)).facts

const ENDPOINT = {
  endpoint: 'endpoint2',
  host: 'mem0',
  parent_dport: '0000:0c:00.0',
  depth: 2,
  memdev: {
    memdev: 'mem0',
    ram_size: 1073741824,
    serial: 3237998081,
    numa_node: 1,
    host: '0000:0d:00.0',
    partition_info: { total_size: 1073741824 },
    firmware: { active_slot: 2, slot_1_version: 'old', slot_2_version: 'new' },
  },
  'decoders:endpoint2': [
    {
      decoder: 'decoder2.0',
      resource: 41070624768,
      size: 2147483648,
      interleave_ways: 2,
      interleave_granularity: 256,
      region: 'region0',
      dpa_resource: 0,
      dpa_size: 1073741824,
      mode: 'ram',
    },
  ],
}
const BUS = {
  bus: 'root0',
  provider: 'ACPI.CXL',
  nr_dports: 1,
  dports: [{ dport: 'pci0000:0c', alias: 'ACPI0016:00', id: 12 }],
  'ports:root0': [
    {
      port: 'port1',
      host: 'pci0000:0c',
      depth: 1,
      dports: [
        { dport: '0000:0c:01.0', id: '0x71' },
        { dport: '0000:0c:00.0', id: '0' },
      ],
      'endpoints:port1': [ENDPOINT],
      'decoders:port1': [
        {
          decoder: 'decoder1.0',
          interleave_ways: 2,
          interleave_granularity: 256,
          nr_targets: 2,
          targets: [
            { target: '0000:0c:01.0', position: 1, id: 1 },
            { target: '0000:0c:00.0', position: 0, id: 0 },
          ],
        },
      ],
    },
  ],
  'decoders:root0': [
    {
      decoder: 'decoder0.0',
      resource: '0x990000000',
      size: '8.00 GiB (8.59 GB)',
      interleave_ways: 1,
      max_available_extent: 0,
      volatile_capable: true,
      nr_targets: 1,
      qos_class: 1,
      'regions:decoder0.0': [
        {
          region: 'region0',
          resource: 41070624768,
          size: 2147483648,
          extended_linear_cache_size: 1073741824,
          interleave_ways: 2,
          interleave_granularity: 256,
          decode_state: 'commit',
          mappings: [
            { position: 1, memdev: 'mem1', decoder: 'decoder3.0' },
            { position: 0, memdev: 'mem0', decoder: 'decoder2.0' },
          ],
          daxregion: { id: 0, size: 1, devices: [{ chardev: 'dax0.0', size: 2147483648 }] },
        },
      ],
    },
  ],
}

describe('cxl list', () => {
  it('reads the tree of a bus', () => {
    const facts = read([BUS])
    expect(withoutSources(facts.cxlPorts)).toEqual([
      {
        id: 'root0',
        portKind: 'root',
        dports: [{ device: 'pci0000:0c', alias: 'ACPI0016:00', dportId: 12 }],
      },
      {
        id: 'port1',
        portKind: 'host-bridge',
        parentPortId: 'root0',
        depth: 1,
        uport: 'pci0000:0c',
        dports: [
          { device: '0000:0c:00.0', dportId: 0 },
          { device: '0000:0c:01.0', dportId: 113 },
        ],
      },
      {
        id: 'endpoint2',
        portKind: 'endpoint',
        parentPortId: 'port1',
        parentDport: '0000:0c:00.0',
        depth: 2,
        uport: 'mem0',
        memdevId: 'mem0',
      },
    ])
    expect(withoutSources(facts.cxlMemdevs)).toEqual([
      {
        id: 'mem0',
        ramBytes: 1073741824,
        serial: '0xc0ffee01',
        numaNode: 1,
        pciAddress: '0000:0d:00.0',
        firmwareVersion: 'new',
        endpointId: 'endpoint2',
      },
    ])
    expect(withoutSources(facts.cxlDecoders)).toEqual([
      {
        id: 'decoder2.0',
        decoderKind: 'endpoint',
        portId: 'endpoint2',
        startAddress: 41070624768,
        sizeBytes: 2147483648,
        interleaveWays: 2,
        granularityBytes: 256,
        mode: 'ram',
        dpaStart: 0,
        dpaBytes: 1073741824,
        cxlRegionId: 'cxl:region0',
      },
      {
        id: 'decoder1.0',
        decoderKind: 'switch',
        portId: 'port1',
        interleaveWays: 2,
        granularityBytes: 256,
        targets: ['0000:0c:00.0', '0000:0c:01.0'],
      },
      {
        id: 'decoder0.0',
        decoderKind: 'root',
        portId: 'root0',
        startAddress: 41070624768,
        sizeBytes: 8589934592,
        interleaveWays: 1,
        capabilities: ['ram', 'type3'],
        qosClass: 1,
      },
    ])
    expect(withoutSources(facts.cxlRegions)).toEqual([
      {
        id: 'cxl:region0',
        regionName: 'region0',
        regionType: 'ram',
        rootDecoderId: 'decoder0.0',
        startAddress: 41070624768,
        sizeBytes: 2147483648,
        extendedLinearCacheBytes: 1073741824,
        interleaveWays: 2,
        granularityBytes: 256,
        state: 'commit',
        targets: [
          { position: 0, memdevId: 'mem0', decoderId: 'decoder2.0' },
          { position: 1, memdevId: 'mem1', decoderId: 'decoder3.0' },
        ],
      },
    ])
    expect(withoutSources(facts.daxDevices)).toEqual([
      { id: 'dax0.0', origin: 'cxl', cxlRegionId: 'cxl:region0', sizeBytes: 2147483648 },
    ])
  })

  it('places what stands in a bus without the ports between', () => {
    const { cxlPorts, cxlDecoders, cxlMemdevs } = read({
      bus: 'root0',
      provider: 'ACPI.CXL',
      'endpoints:root0': [{ ...ENDPOINT, memdev: undefined }],
      'decoders:root0': [
        { decoder: 'decoder1.0', interleave_ways: 1, nr_targets: 1 },
        { decoder: 'decoder2.0', interleave_ways: 1 },
      ],
      'memdevs:root0': [{ memdev: 'mem0', ram_size: 1 }],
    })
    expect(cxlPorts?.find(({ id }) => id === 'endpoint2')?.parentPortId).toBeUndefined()
    expect(cxlDecoders?.slice(-2)).toMatchObject([
      { id: 'decoder1.0', decoderKind: 'switch', portId: 'port1' },
      { id: 'decoder2.0', decoderKind: 'endpoint', portId: 'endpoint2' },
    ])
    expect(cxlMemdevs?.[0]?.endpointId).toBeUndefined()
  })

  it('reads anonymous groups, and serials of 64 bits exactly', () => {
    const { facts } = readText(
      cxlListReader,
      `[ { "memdevs":[ { "memdev":"mem0", "pmem_size":"256.00 MiB (268.44 MB)", "serial":12208648699093770240, "host":"cxl_mem.0" },
                       { "memdev":"mem1", "ram_size":1, "serial":"0", "state":"disabled" } ] },
  { "root decoders":[ { "decoder":"decoder0.1", "size":4096, "nr_targets":1, "max_available_extent":0, "pmem_capable":true, "accelmem_capable":true } ] },
  { "endpoint decoders":[ { "decoder":"decoder5.0", "interleave_ways":1, "state":"disabled" } ] } ]`,
    )
    expect(withoutSources(facts.cxlMemdevs)).toEqual([
      { id: 'mem0', pmemBytes: 268435456, serial: '0xa96dd54ec104e000' },
      { id: 'mem1', ramBytes: 1, serial: '0x0', state: 'disabled' },
    ])
    expect(facts.cxlDecoders).toMatchObject([
      {
        id: 'decoder0.1',
        decoderKind: 'root',
        portId: 'root0',
        capabilities: ['pmem', 'type2', 'type3'],
      },
      { id: 'decoder5.0', decoderKind: 'endpoint', portId: 'endpoint5' },
    ])
  })

  it('reads what create-region prints, in front of its last line', () => {
    const { facts } = readText(
      cxlListReader,
      '{\n  "region":"region0",\n  "size":"512.00 MiB (536.87 MB)",\n  "mappings":[ { "position":0, "decoder":"decoder3.0" } ]\n}\ncxl region: cmd_create_region: created 1 region\n',
    )
    expect(withoutSources(facts.cxlRegions)).toEqual([
      {
        id: 'cxl:region0',
        regionName: 'region0',
        sizeBytes: 536870912,
        targets: [{ position: 0, decoderId: 'decoder3.0' }],
      },
    ])
  })

  it('tells host bridges of versions that print no depth', () => {
    const kinds = ['ACPI0016:00', 'pci0000:34', '0000:35:00.0'].map(
      (host) => read({ port: 'port1', host }).cxlPorts?.[0]?.portKind,
    )
    expect(kinds).toEqual(['host-bridge', 'host-bridge', 'switch'])
  })

  it('refuses what lacks a comma, with the place', () => {
    expect(() => readText(cxlListReader, '[\n {"memdev":"mem0"\n  "ram_size":1}\n]')).toThrow(
      'paste.txt:3:3: not well-formed JSON: a comma is missing',
    )
  })

  it.each([
    '{"memdev":"mem0"}',
    '{"region":"eu-west-1","size":1}',
    '{"port":8080,"host":"localhost"}',
    '{"bus":"usb1","provider":"x"}',
  ])('does not recognise %s', (text) => {
    expect(cxlListReader.sniff(treeOf({ 'cxl-list.json': text }))).toBe(false)
  })
})
