import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { FormatError } from '../../shared/model/errors'
import type { Topology } from '../../shared/model/topology'
import { loadCapture } from '../support/load-summary'
import { describeWithHwloc } from '../support/hwloc-tools'
import { describeWithData, testDataFolder, testDataPath } from '../support/test-data'

/**
 * `raw` of each expected.json is what a count of the XML's own objects gives (shared/data/hwloc/INDEX.md).
 * Who relies on it: everybody who opens what `lstopo` saved.
 */
interface Expected {
  readonly raw: {
    readonly pus: number
    readonly packages: number
    readonly numa: readonly {
      readonly os: number
      readonly local_memory: number
      readonly empty_cpuset: boolean
      readonly subtype: string | null
    }[]
    readonly total_local_memory_bytes: number
    readonly memory_side_cache_bytes: readonly number[]
    readonly dax_devices: readonly string[]
    readonly pmem_devices: readonly string[]
    readonly cxl_mem: readonly string[]
    readonly memory_modules: number
    readonly distances: readonly (readonly [name: string | null, size: number])[]
    readonly memattrs: readonly (readonly [name: string, values: number])[]
  }
  readonly hwloc: Readonly<Record<string, { readonly packages: number }>>
}

const folder = testDataFolder()
const files =
  folder === undefined
    ? []
    : readdirSync(join(folder, 'hwloc')).filter((file) => file.endsWith('.xml'))
const expectedOf = (file: string) => testDataPath(`hwloc/${file}.expected.json`)
const withExpectation = files.filter((file) =>
  existsSync(join(folder ?? '', 'hwloc', `${file}.expected.json`)),
)
const sorted = (words: readonly string[]) => [...words].sort()

async function load(file: string): Promise<Topology> {
  return (await loadCapture(testDataPath(`hwloc/${file}`))).topology
}

/** Matrices as [name, objects], the kernel's own among them. */
function matricesOf({
  nodes,
  distanceMatrices,
}: Topology): readonly (readonly [string | null, number])[] {
  const size = Object.keys(nodes.find(({ distances }) => distances)?.distances ?? {}).length
  const kernels = size === 0 ? [] : [['NUMALatency', size] as const]
  const others = distanceMatrices.map(
    ({ name, members }) => [name.startsWith('between ') ? null : name, members.length] as const,
  )
  return [...kernels, ...others]
}

describeWithData('hwloc XML', () => {
  it('is all here', () => {
    expect(files).toHaveLength(14)
    expect(withExpectation).toHaveLength(8)
  })

  it.each(withExpectation)('%s has what a count of its objects gives', async (file) => {
    const { raw, hwloc } = JSON.parse(readFileSync(expectedOf(file), 'utf8')) as Expected
    const topology = await load(file)
    const { nodes, machine, packages, dimms, daxDevices, namespaces, cxlMemdevs } = topology
    expect(
      Object.fromEntries(nodes.map(({ nodeId, memoryBytes }) => [nodeId, memoryBytes])),
    ).toEqual(Object.fromEntries(raw.numa.map(({ os, local_memory }) => [os, local_memory])))
    expect(machine.memoryBytes).toBe(raw.total_local_memory_bytes)
    expect(machine.cpuCount).toBe(raw.pus)
    // 1.x calls packages sockets, which the count does not know; hwloc does.
    const packageCount = Object.values(hwloc)[0]?.packages ?? raw.packages
    expect(packages).toHaveLength(packageCount)
    expect(
      nodes.flatMap(
        ({ memorySideCaches }) => memorySideCaches?.map(({ sizeBytes }) => sizeBytes) ?? [],
      ),
    ).toEqual(raw.memory_side_cache_bytes)
    expect(daxDevices.map(({ id }) => id)).toEqual(sorted(raw.dax_devices))
    expect(sorted(namespaces.map(({ device }) => device ?? ''))).toEqual(sorted(raw.pmem_devices))
    expect(cxlMemdevs.map(({ id }) => id)).toEqual(sorted(raw.cxl_mem))
    expect(dimms).toHaveLength(raw.memory_modules)
    const bySize = (a: readonly unknown[], b: readonly unknown[]) =>
      String(a).localeCompare(String(b))
    expect([...matricesOf(topology)].sort(bySize)).toEqual([...raw.distances].sort(bySize))
    const names = new Set(
      nodes.flatMap(({ memoryAttributes }) => memoryAttributes ?? []).map(({ name }) => name),
    )
    names.delete('MemoryTier')
    expect(sorted([...names])).toEqual(
      sorted(raw.memattrs.filter(([, values]) => values > 0).map(([name]) => name)),
    )
    for (const { os, subtype, empty_cpuset } of raw.numa) {
      const node = nodes.find(({ nodeId }) => nodeId === os)
      if (empty_cpuset) expect(node?.cpuList).toBe('')
      if (subtype !== null) expect(node?.memoryKinds).toEqual([subtype.toLowerCase()])
    }
    expect(topology.diagnostics).toEqual([])
  })

  it.each(files)('%s opens, and each CPU belongs to at most one node', async (file) => {
    const { nodes, input, machine } = await load(file)
    expect(input.kind).toBe('hwloc-xml')
    expect(nodes.length).toBeGreaterThan(0)
    expect(machine.cpuCount).toBeGreaterThan(0)
    const own = nodes.flatMap(({ cpuList }) => (cpuList ? [cpuList] : []))
    expect(new Set(own).size).toBe(own.length)
  })

  it('reads modules, devices and namespaces of hwloc 3', async () => {
    const { dimms, daxDevices, namespaces, machine, nodes } = await load(
      '32em64t-2n8c+dax+nvme+mic+dimms.xml',
    )
    expect(dimms).toHaveLength(8)
    expect(dimms[0]).toMatchObject({
      locator: 'DIMM_A1',
      sizeBytes: 4 * 2 ** 30,
      memoryType: 'DDR3',
      formFactor: 'DIMM',
      manufacturer: '00AD04B300AD',
      serial: '48AAE639',
      partNumber: 'HMT351R7CFR8C-PB',
      assetTag: '01115021',
      rank: 2,
    })
    expect(
      daxDevices.map(({ id, sizeBytes, numaNode, origin }) => [id, sizeBytes, numaNode, origin]),
    ).toEqual([
      ['dax0.0', 105281536 * 1024, 0, 'pmem'],
      ['dax1.3', 61929472 * 1024, 1, 'pmem'],
    ])
    expect(
      namespaces.map(({ id, device, mode, usableBytes, sectorBytes }) => [
        id,
        device,
        mode,
        (usableBytes ?? 0) / 1024,
        sectorBytes,
      ]),
    ).toEqual([
      ['namespace0.1', 'pmem0.1', undefined, 105281536, undefined],
      ['namespace0.2', 'pmem0.2s', 'sector', 106849352, 4096],
      ['namespace0.3', 'pmem0.3', undefined, 471859200, undefined],
      ['namespace1.0', 'pmem1', undefined, 62914560, undefined],
      ['namespace1.1', 'pmem1.1s', 'sector', 62852124, 4096],
      ['namespace1.2', 'pmem1.2', undefined, 61929472, undefined],
    ])
    expect(machine).toMatchObject({ product: 'DCS8000Z', basePageBytes: 4096 })
    expect(nodes.map(({ distances }) => distances)).toEqual([
      { 0: 10, 1: 21 },
      { 0: 21, 1: 10 },
    ])
  })

  it('reads CXL memory and hugepage sizes of hwloc 2', async () => {
    const { cxlMemdevs, nodes } = await load('cxlmem+dax.v2.xml')
    expect(
      cxlMemdevs.map(({ id, ramBytes, pmemBytes, pciAddress }) => [
        id,
        ramBytes,
        pmemBytes,
        pciAddress,
      ]),
    ).toEqual([
      ['mem0', undefined, 2 ** 28, '0000:12:00.0'],
      ['mem1', 2 ** 28, 2 ** 28, '0000:16:00.0'],
      ['mem2', 2 ** 28, undefined, '0000:11:00.0'],
      ['mem3', 2 ** 28, undefined, '0000:15:00.0'],
    ])
    expect(nodes[0]?.hugepagePools).toEqual([{ sizeBytes: 2 ** 21, total: 0 }])
  })

  it('reads the hugepage sizes of hwloc 3, which gives no numbers of pages', async () => {
    const { machine } = await load('2i386-2t-hugepagesizecount.xml')
    expect(machine.hugepageSizes).toEqual([2 ** 21, 16 * 2 ** 30])
    expect(machine.memoryBytes).toBe(409617181966336)
    expect(machine.hugepagePools).toBeUndefined()
  })

  it('keeps matrices of other objects, and values of memory attributes', async () => {
    const { distanceMatrices } = await load('nvidiaDGX2.xml')
    const [links] = distanceMatrices
    expect(links).toMatchObject({ id: 'matrix:NVLinkBandwidth', measures: 'bandwidth' })
    expect(links?.members.slice(0, 2)).toEqual(['OSDev:802', 'OSDev:803'])
    expect(links?.values.slice(16, 22)).toEqual(Array(6).fill(25000))
    const four = (await load('16amd64-4distances.xml')).distanceMatrices
    expect(four.find(({ name }) => name === 'between Package')?.members[0]).toBe('package1')
    expect(four.find(({ name }) => name === 'between PU')?.values[0]).toBe(145)
    const { nodes } = await load('64intel64-heteromem.xml')
    expect(nodes[7]?.memoryAttributes).toEqual([
      { name: 'Bandwidth', value: 90000, initiator: 'CPUs 0-3,16-19,32-35,48-51' },
    ])
    // Nodes 0 and 7 have the same CPUs near them: which of them has them as its own cannot be told.
    expect(nodes.map(({ cpuList }) => cpuList)).toEqual(Array(8).fill(undefined))
  })

  describe('broken', () => {
    const scratch = mkdtempSync(join(tmpdir(), 'folioscope-hwloc-'))
    afterAll(() => rmSync(scratch, { recursive: true, force: true }))

    async function errorOf(text: string): Promise<FormatError> {
      const file = join(scratch, 'x.xml')
      writeFileSync(file, text)
      return loadCapture(file).then(
        () => {
          throw new Error('it opened')
        },
        (error: unknown) => error as FormatError,
      )
    }
    const sound = () => readFileSync(testDataPath('hwloc/memorysidecaches.xml'), 'utf8')

    it.each([
      ['breaks off', (text: string) => text.slice(0, 20_000), /^x\.xml:\d+:\d+$/, /breaks off/],
      [
        'wrong nesting',
        (text: string) => text.replace('</object>', '</info>'),
        /^x\.xml:\d+:\d+$/,
        /./,
      ],
      [
        'entities',
        (text: string) =>
          text.replace('SYSTEM "hwloc2.dtd"', '[<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]'),
        /^x\.xml:2:\d+$/,
        /document type declaration/,
      ],
      [
        'a node inside a device',
        (text: string) =>
          text.replace('<object type="NUMANode"', '<object type="OSDev"><object type="NUMANode"'),
        /^x\.xml:\d+:\d+$/,
        /NUMANode inside one of type OSDev/,
      ],
    ])('%s: is refused with line and column', async (_, damage, where, what) => {
      const damaged = damage(sound())
      expect(damaged).not.toBe(sound())
      const error = await errorOf(damaged)
      expect(error).toBeInstanceOf(FormatError)
      expect(error.code).toBe('hwloc-xml-mistake')
      expect(error.where).toMatch(where)
      expect(error.what).toMatch(what)
    })
  })
})

describeWithHwloc('hwloc’s own tools agree', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'folioscope-lstopo-'))
  afterAll(() => rmSync(scratch, { recursive: true, force: true }))

  /** Node ids with their memory in whole MB, as `lstopo --of console` shows them; undefined where it cannot open the file. */
  function lstopo(
    input: string,
  ): readonly (readonly [id: number, megabytes: number])[] | undefined {
    const { status, stdout } = spawnSync('lstopo', ['-p', '--of', 'console', '-i', input], {
      encoding: 'utf8',
    })
    if (status !== 0) return undefined
    return [...stdout.matchAll(/NUMANode(?:\([\w-]+\))? P#(\d+)(?: \((\d+)(MB|GB|TB))?/g)]
      .map(([, id, size = '0', unit]) => {
        const factor = unit === 'TB' ? 2 ** 20 : unit === 'GB' ? 2 ** 10 : 1
        return [Number(id), Number(size) * factor] as const
      })
      .sort(([a], [b]) => a - b)
  }

  async function compare(input: string, path: string): Promise<boolean> {
    const theirs = lstopo(input)
    if (theirs === undefined) return false
    const { nodes } = (await loadCapture(path)).topology
    expect(nodes.map(({ nodeId }) => nodeId)).toEqual(theirs.map(([id]) => id))
    nodes.forEach(({ memoryBytes = 0 }, index) => {
      const megabytes = theirs[index]?.[1] ?? 0
      // They print few digits.
      expect(Math.abs(memoryBytes / 2 ** 20 - megabytes)).toBeLessThanOrEqual(megabytes / 15 + 1)
    })
    return true
  }

  it('about the test data', async () => {
    const compared = []
    for (const file of files) {
      const path = testDataPath(`hwloc/${file}`)
      if (await compare(path, path)) compared.push(file)
    }
    // hwloc 2 opens no files of hwloc 3, hwloc 3 none of hwloc 1.
    if (files.length > 0) expect(compared.length).toBeGreaterThanOrEqual(4)
  })

  it.each([
    'pack:2 [numa(memory=1GB)] l3:1 core:4 pu:2',
    'numa:4 core:2 1',
    '2 2 2 2 2 2 2',
    'pack:2 core:2 pu:2',
    '[numa(memory=3GB)] pack:2 [numa(memory=1GB)] pu:1',
    'numa:2(memory=1TB indexes=1,0) core:1 pu:2',
    'pack:2 [numa(memory=2GB indexes=3,5)] pu:2',
    'pack:2 numa:2(memory=8GB indexes=2*2:1*2) core:2 pu:2',
  ])('about %s, as XML and as text', async (text) => {
    const xml = join(scratch, 'synthetic.xml')
    rmSync(xml, { force: true })
    expect(spawnSync('lstopo', ['-i', text, '--of', 'xml', xml]).status).toBe(0)
    expect(await compare(text, xml)).toBe(true)
    // A line of bare numbers is taken for a machine by hwloc only.
    if (/^\d/.test(text)) return
    const plain = join(scratch, 'synthetic.txt')
    writeFileSync(plain, text)
    const fromText = (await loadCapture(plain)).topology
    const fromXml = (await loadCapture(xml)).topology
    expect(fromText.input.kind).toBe('spec')
    const facts = ({ nodes, packages, machine }: Topology) => ({
      cpuCount: machine.cpuCount,
      nodes: nodes.map(({ id, memoryBytes }) => [id, memoryBytes]),
      packages: packages.map(({ id, cpuIds, nodeIds }) => [id, cpuIds, nodeIds]),
    })
    expect(facts(fromText)).toEqual(facts(fromXml))
  })
})
