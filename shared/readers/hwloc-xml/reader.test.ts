import { describe, expect, it } from 'vitest'
import { FormatError } from '../../model/errors'
import { recordingContext, treeOf } from '../testing/tree-of'
import { hwlocXmlReader as reader } from './reader'

function read(files: Readonly<Record<string, string>> | string) {
  const tree = treeOf(typeof files === 'string' ? { 'a.xml': files } : files)
  expect(reader.sniff(tree)).toBe(true)
  const context = recordingContext()
  return { facts: reader.read(tree, context), diagnostics: context.diagnostics }
}

const node = (osIndex: number, cpuset: string, more = '') =>
  `<object type="NUMANode" os_index="${osIndex}" gp_index="${100 + osIndex}" cpuset="${cpuset}" ${more}`

const OLD = `<?xml version="1.0" encoding="UTF-8"?>
<!-- saved by somebody -->
<!DOCTYPE topology SYSTEM "hwloc.dtd">
<topology>
  <object type="Machine" os_index="0" cpuset="0x0000000f" local_memory="7">
    <info name="HostName" value="old &amp; grey"/>
    <info name="DMIProductSerial" value=""/>
    <distances nbobjs="2" relative_depth="1" latency_base="10.000000">
      <latency value="1.000000"/><latency value="2.100000"/>
      <latency value="2.100000"/><latency value="1.000000"/>
    </distances>
    <object type="NUMANode" os_index="1" cpuset="0x00000003" local_memory="1024">
      <page_type size="2097152" count="3"/>
      <page_type size="4096" count="1"/>
      <info name="Type" value="MCDRAM"/>
      <object type="Socket" os_index="0" cpuset="0x00000003" nodeset="0x00000002">
        <object type="PU" os_index="0" cpuset="0x00000001"/>
        <object type="PU" os_index="1" cpuset="0x00000002"></object>
      </object>
    </object>
    <object type="NUMANode" os_index="0" cpuset="0x0" local_memory="2048"/>
    <object type="Misc" os_index="4"><info name="Type" value="MemoryModule"/>
      <info name="DeviceLocation" value="A1"/><info name="Size" value="8388608"/>
    </object>
  </object>
</topology>
`

describe('hwloc XML 1.x', () => {
  it('has nodes as parents, latencies as factors and sizes of pages', () => {
    const { facts, diagnostics } = read(OLD)
    expect(facts.nodes?.map(({ id, cpuList, memoryBytes }) => [id, cpuList, memoryBytes])).toEqual([
      ['node1', '0-1', 1024],
      ['node0', '', 2048],
    ])
    expect(facts.nodes?.[0]).toMatchObject({
      distances: { 0: 21, 1: 10 },
      hugepagePools: [{ sizeBytes: 2 ** 21, total: 3 }],
      memoryKinds: ['hbm'],
    })
    expect(facts.machine).toMatchObject({
      hostname: 'old & grey',
      basePageBytes: 4096,
      cpuCount: 2,
    })
    expect(facts.machine?.memoryBytes).toBeUndefined()
    expect(facts.packages).toMatchObject([{ packageId: 0, cpuIds: [0, 1], nodeIds: [1] }])
    expect(facts.dimms).toMatchObject([{ id: 'dimm:A1', sizeBytes: 8 * 2 ** 30 }])
    expect(facts.nodes?.[0]?.sources['memoryBytes']).toMatchObject({ key: 'line 12, local_memory' })
    expect(diagnostics).toEqual([])
  })

  it('gives memory to the machine where there are no nodes', () => {
    const { facts } = read(
      '<root><object type="System" memory_kB="4" cpuset="0x1"><object type="PU" os_index="0"/></object></root>',
    )
    expect(facts).toMatchObject({ nodes: [], machine: { memoryBytes: 4096, cpuCount: 1 } })
  })
})

describe('hwloc XML 2.x and 3.x', () => {
  const topology = (version: string, objects: string, rest = '') =>
    `<topology version="${version}"><object type="Machine" cpuset="0x3" nodeset="0x3">${objects}</object>${rest}</topology>`

  it('knows kmem devices by their node, and what memory is made of', () => {
    const { facts } = read(
      topology(
        '2.0',
        `${node(0, '0x3', 'local_memory="5" subtype="DRAM"/>')}
        ${node(2, '0x3', 'local_memory="6">')}<page_type size="4096" count="1"/>
          <info name="DAXDevice" value="dax1.0"/><info name="DAXType" value="NVM"/>
          <info name="DAXParent" value="x/ndbus0/region1/dax1.0"/></object>
        ${node(3, '0x3', 'subtype="CXL-DRAM">')}<page_type size="4096" count="0"/></object>
        ${node(4, '0x3', '/>')}`,
      ),
    )
    expect(
      facts.nodes?.map(({ nodeId, memoryKinds, memoryBytes }) => [
        nodeId,
        memoryKinds,
        memoryBytes,
      ]),
    ).toEqual([
      [0, ['dram'], 5],
      [2, ['pmem'], 6],
      [3, ['cxl', 'dram'], 0],
      [4, undefined, undefined],
    ])
    expect(facts.daxDevices).toMatchObject([
      { id: 'dax1.0', mode: 'system-ram', origin: 'pmem', targetNode: 2 },
    ])
    expect(facts.nodes?.map(({ cpuList }) => cpuList)).toEqual(Array(4).fill(undefined))
  })

  it('reads memory-side caches, tiers and infos of the machine of hwloc 3', () => {
    const { facts } = read(
      topology(
        '3.0',
        `<object type="MemCache" cache_size="64" depth="2" cache_linesize="0">
          <object type="MemCache" cache_size="32" depth="1" cache_linesize="64">${node(0, '0x1', '/>')}</object>
        </object>
        <object type="PCIDev" pci_busid="0000:0a:00.0"><object type="OSDev" name="mem0" subtype="CXLMem" osdev_type="2">
          <info name="CXLRAMSize" value="1024KiB"/></object></object>
        <object type="OSDev" name="mem1" osdev_type="2"/>`,
        '<info name="HostName" value="h"/><info name="PageSizes" value="65536,2097152"/><memtier kinds="33" nodeset="0x1"/>',
      ),
    )
    expect(facts.nodes).toMatchObject([
      {
        memorySideCaches: [
          { level: 1, sizeBytes: 32, lineBytes: 64 },
          { level: 2, sizeBytes: 64 },
        ],
        memoryKinds: ['hbm', 'cxl'],
      },
    ])
    expect(facts.machine).toMatchObject({
      hostname: 'h',
      basePageBytes: 65536,
      hugepageSizes: [2097152],
    })
    expect(facts.cxlMemdevs).toMatchObject([
      { id: 'mem0', ramBytes: 2 ** 20, pciAddress: '0000:0a:00.0' },
    ])
  })

  it('leaves out matrices and sets that are wrong, each with one line', () => {
    const matrix = (values: string) =>
      `<distances2 type="NUMANode" nbobjs="2" kind="5" indexing="os"><indexes length="4">0 1 </indexes><u64values length="9">${values}</u64values></distances2>`
    const { facts, diagnostics } = read(
      topology(
        '2.0',
        node(0, '0x1', '/>') + node(1, '0xzz', '/>'),
        matrix('10 20 20') + matrix('10 20 x 10') + matrix('15 20 20 15') + matrix('10 20 20 10'),
      ),
    )
    expect(facts.nodes?.[1]?.distances).toEqual({ 0: 20, 1: 10 })
    expect(facts.distanceMatrices).toMatchObject([
      {
        id: 'matrix:between NUMANode',
        measures: 'latency',
        members: ['node0', 'node1'],
        values: [15, 20, 20, 15],
      },
    ])
    expect(diagnostics.map(({ code }) => code)).toEqual(Array(3).fill('malformed-value'))
  })

  it('reads several files, those of a sosreport among them', () => {
    const { facts } = read({
      'sos_commands/lstopo/lstopo.xml': topology('2.0', node(0, '0x1', '/>')),
      'other.xml': topology('2.0', node(0, '0x1', '/>') + node(1, '0x2', '/>')),
      'readme.txt': 'hello',
    })
    expect(facts.nodes?.map(({ id }) => id)).toEqual(['node0', 'node0', 'node1'])
  })

  it('refuses other documents with their place', () => {
    const whereOf = (text: string) => {
      try {
        read(text)
      } catch (error) {
        if (error instanceof FormatError) return `${error.code} ${error.where}`
      }
      return 'it opened'
    }
    expect(whereOf('<topology>\n<object/></topology>')).toBe('hwloc-xml-mistake a.xml:2:9')
    expect(whereOf('<topology><object type="PU">')).toMatch(/^hwloc-xml-mistake a\.xml:1:\d+$/)
    expect(whereOf('<topology><info><object type="Machine"/></info></topology>')).toMatch(/1:\d+$/)
    expect(
      whereOf('<!DOCTYPE topology [\n<!ENTITY x SYSTEM "/etc/passwd">]>\n<topology/>'),
    ).toMatch(/2:\d+$/)
    expect(whereOf('<topology version="2.0"></topology>')).toBe('hwloc-xml-mistake a.xml:1:1')
    for (const other of ['<topologydiff/>', '<html/>', '<root/>', 'topology']) {
      expect(reader.sniff(treeOf({ 'a.xml': other }))).toBe(false)
    }
  })
})
