import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openBytes } from '../../host/open/open-bytes'
import { openTree } from '../../host/open/open-tree'
import type { ModelObject } from '../../shared/model/model-object'
import type { Topology } from '../../shared/model/topology'
import { loadTopology } from '../../shared/readers/load'
import type { SourceTree } from '../../shared/readers/source-tree'
import { describeWithData, testDataFolder, testDataPath } from '../support/test-data'
import { bitsOf, boundsOf, parsePrinted, printedWith, type Printed } from '../support/tool-json'

/**
 * Published and real output of ndctl, daxctl and cxl (shared/data/tools). Who relies on it: everybody who pastes one.
 * The expectation is taken from the same text by other means, and for the notable files written down by hand.
 */
const ignore = () => undefined
const dataFolder = testDataFolder()
const files =
  dataFolder === undefined
    ? []
    : readdirSync(join(dataFolder, 'tools')).filter((name) => name.endsWith('.json'))
const broken = files.filter((name) => name.endsWith('.invalid.json'))
const whole = files.filter((name) => !broken.includes(name))

const textOf = (name: string) => readFileSync(testDataPath(`tools/${name}`), 'utf8')

async function load(name: string, text: string): Promise<Topology> {
  const opened = await openBytes(name, new TextEncoder().encode(text), { report: ignore })
  return loadTopology(opened, ignore)
}

const idsOf = (objects: readonly ModelObject[]) => objects.map(({ id }) => id)
const unique = (names: readonly unknown[]) => [...new Set(names.map(String))].sort()

/** The objects that a document prints, by the list of the model that they belong to. */
function printedObjects(document: unknown) {
  const devices = printedWith(document, 'dev')
  const named = (pattern: RegExp) => devices.filter(({ dev }) => pattern.test(String(dev)))
  const isSeed = ({ size, mode }: Printed) => size === 0 && (mode === undefined || mode === 'raw')
  const at = (key: string) => printedWith(document, key).filter((item) => !('position' in item))
  return {
    nvdimms: named(/^nmem/),
    regions: named(/^region/),
    namespaces: named(/^namespace/).filter((item) => !isSeed(item)),
    daxDevices: printedWith(document, 'chardev'),
    cxlMemdevs: at('memdev').filter(({ memdev }) => typeof memdev === 'string'),
    cxlPorts: ['bus', 'port', 'endpoint'].flatMap(at),
    cxlDecoders: at('decoder'),
    cxlRegions: at('region').filter((item) => !('decoder' in item)),
    cxlRegionPaths: printedWith(document, 'path').filter(({ path }) =>
      /\/dax_region\d+$/.test(String(path)),
    ),
  }
}

function expectSize(bytes: number | undefined, printed: unknown): void {
  if (printed === undefined) {
    expect(bytes).toBeUndefined()
    return
  }
  const [least, most] = boundsOf(printed)
  expect(bytes).toBeGreaterThanOrEqual(least)
  expect(bytes).toBeLessThanOrEqual(most)
}

function find<T extends ModelObject>(objects: readonly T[], id: unknown): T {
  const object = objects.find((item) => item.id === id)
  if (object === undefined) throw new Error(`${String(id)} is not there`)
  return object
}

describeWithData('output of ndctl, daxctl and cxl', () => {
  it('is all there', () => {
    expect(whole.length).toBeGreaterThanOrEqual(85)
    expect(broken.length).toBeGreaterThanOrEqual(1)
    const index = readFileSync(testDataPath('tools/INDEX.md'), 'utf8')
    const listed = [...index.matchAll(/^\| (\S+\.json) \|/gm)].map(([, name]) => name)
    expect(listed.filter((name) => !files.includes(String(name)))).toEqual([])
  })

  describe.each(whole)('%s', (name) => {
    it('has the objects that it prints, and no other', async () => {
      const topology = await load(name, textOf(name))
      const printed = printedObjects(parsePrinted(textOf(name)))
      const ids = (list: readonly ModelObject[]) => [...idsOf(list)].sort()
      expect(ids(topology.nvdimms)).toEqual(unique(printed.nvdimms.map(({ dev }) => dev)))
      expect(ids(topology.regions)).toEqual(unique(printed.regions.map(({ dev }) => dev)))
      expect(ids(topology.namespaces)).toEqual(unique(printed.namespaces.map(({ dev }) => dev)))
      expect(ids(topology.daxDevices)).toEqual(
        unique(printed.daxDevices.map(({ chardev }) => chardev)),
      )
      expect(ids(topology.cxlMemdevs)).toEqual(
        unique(printed.cxlMemdevs.map(({ memdev }) => memdev)),
      )
      expect(ids(topology.cxlPorts)).toEqual(
        unique(printed.cxlPorts.map(({ bus, port, endpoint }) => bus ?? port ?? endpoint)),
      )
      expect(ids(topology.cxlDecoders)).toEqual(
        unique(printed.cxlDecoders.map(({ decoder }) => decoder)),
      )
      const paths = printed.cxlRegionPaths.map(({ path }) => String(path).split('/').at(-2))
      expect(topology.cxlRegions.map(({ regionName }) => regionName).sort()).toEqual(
        unique([...printed.cxlRegions.map(({ region }) => region), ...paths]),
      )
      expect(topology.diagnostics).toEqual([])
    })

    it('has their sizes and all 64 bits of their ids', async () => {
      const topology = await load(name, textOf(name))
      const printed = printedObjects(parsePrinted(textOf(name)))
      for (const { dev, size, available_size, iset_id } of printed.regions) {
        const region = find(topology.regions, dev)
        expectSize(region.sizeBytes, size)
        expectSize(region.availableBytes, available_size)
        expect(region.interleaveSetCookie).toBe(bitsOf(iset_id))
      }
      for (const { dev, size, mode } of printed.namespaces) {
        const namespace = find(topology.namespaces, dev)
        expectSize(namespace.usableBytes, size)
        // ndctl prints the raw size of raw namespaces alone; that of others is inferred, and says so.
        const isInferred = namespace.sources['rawBytes']?.kind === 'derived'
        if (mode === 'raw' || !isInferred) {
          expectSize(namespace.rawBytes, mode === 'raw' ? size : undefined)
        } else {
          expect(namespace.rawBytes).toBeGreaterThan(Number(size))
        }
      }
      for (const { chardev, size, target_node } of printed.daxDevices) {
        const device = find(topology.daxDevices, chardev)
        expectSize(device.sizeBytes, size)
        expect(device.targetNode).toBe(target_node)
      }
      for (const { memdev, ram_size, pmem_size, serial } of printed.cxlMemdevs) {
        const device = find(topology.cxlMemdevs, memdev)
        expectSize(device.ramBytes, ram_size)
        expectSize(device.pmemBytes, pmem_size)
        expect(device.serial).toBe(bitsOf(serial))
      }
      for (const { region, size, resource } of printed.cxlRegions) {
        const found = find(topology.cxlRegions, `cxl:${String(region)}`)
        expectSize(found.sizeBytes, size)
        expect(found.startAddress).toBe(Number(resource))
      }
      for (const { decoder, size, dpa_size } of printed.cxlDecoders) {
        const found = find(topology.cxlDecoders, decoder)
        expectSize(found.sizeBytes, size)
        expectSize(found.dpaBytes, dpa_size)
      }
    })

    it('means the same under another name, after a warning, with other line ends and a mark of UTF-8', async () => {
      const text = textOf(name)
      const { input: _, ...expected } = withoutPaths(await load('paste', text))
      for (const other of [
        `libndctl: ndctl_new: warning\n${text}\nreconfigured 1 device\n`,
        text.replaceAll('\n', '\r\n'),
        `\uFEFF${text}`,
      ]) {
        const { input: __, ...found } = withoutPaths(await load('holiday.jpg', other))
        expect(found).toEqual(expected)
      }
    })
  })

  it.each(broken)('%s is refused with the place', async (name) => {
    await expect(load(name, textOf(name))).rejects.toMatchObject({
      code: 'json-syntax',
      where: expect.stringMatching(/\.json:\d+:\d+$/),
    })
  })

  it('names the comma too many of ndctl#208', async () => {
    const name = 'R_ndctl-list-NR_trailing-comma_issue208.invalid.json'
    await expect(load(name, textOf(name))).rejects.toThrow(
      `${name}:23:3: not well-formed JSON: a value is expected (is there a comma too many before it?); mend this place, or save the output of the tool again`,
    )
  })

  it.each(['[]', '{}', '{"dev":"sda","size":1}', '{"region":"eu-west-1","size":"1"}'])(
    'does not take %s for output of these tools',
    async (text) => {
      await expect(load('ndctl-list.json', text)).rejects.toMatchObject({
        code: 'nothing-recognised',
      })
    },
  )
})

/** Sources name the file. */
function withoutPaths(topology: Topology): Topology {
  return JSON.parse(
    JSON.stringify(topology, (key, value: unknown) => (key === 'path' ? undefined : value)),
  ) as Topology
}

describeWithData('notable output', () => {
  const loadFile = (name: string) => load(name, textOf(name))

  it('HM1: an interleave set of four NVDIMMs', async () => {
    const { regions, nvdimms, namespaces } = await loadFile('R_ndctl-list-DRNi_4xOptane_HM1.json')
    expect(regions[0]).toMatchObject({
      id: 'region0',
      sizeBytes: 541165879296,
      interleaveSetCookie: '0xdffc3d0c9758888',
    })
    expect(regions[0]?.mappings?.map(({ nvdimmId, position }) => [position, nvdimmId])).toEqual([
      [0, 'nmem0'],
      [1, 'nmem2'],
      [2, 'nmem1'],
      [3, 'nmem3'],
    ])
    expect(nvdimms.map(({ handle, physicalId }) => [handle, physicalId])).toEqual([
      [0x0001, 0x11],
      [0x0010, 0x12],
      [0x0101, 0x15],
      [0x0110, 0x16],
    ])
    expect(nvdimms[0]?.uniqueId).toBe('8089-a2-1941-00000119')
    expect(namespaces).toMatchObject([
      { id: 'namespace0.0', usableBytes: 532708065280, map: 'dev', alignBytes: 2097152 },
    ])
  })

  it('four modes in one region', async () => {
    const { namespaces, daxDevices } = await loadFile('R_ndctl-list-N_four-modes.json')
    expect(
      namespaces.map(({ id, mode, map, usableBytes, device }) => [
        id,
        mode,
        map,
        usableBytes,
        device,
      ]),
    ).toEqual([
      ['namespace0.0', 'fsdax', 'dev', 84555071488, 'pmem0'],
      ['namespace0.1', 'sector', 'none', 10725863424, 'pmem0.1s'],
      ['namespace0.2', 'raw', 'none', 10737418240, 'pmem0.2'],
      ['namespace0.4', 'devdax', 'dev', 10567548928, 'dax0.4'],
    ])
    expect(daxDevices).toMatchObject([
      { id: 'dax0.4', origin: 'pmem', namespaceId: 'namespace0.4' },
    ])
  })

  it('an e820 region with the mode names of 2017', async () => {
    const { regions, namespaces } = await loadFile('R_ndctl-list-BiRN_e820_issue21.json')
    expect(regions).toMatchObject([{ busId: 'ndbus0', provider: 'e820', sizeBytes: 17179869184 }])
    expect(namespaces).toMatchObject([{ mode: 'fsdax', usableBytes: 17179869184 }])
  })

  it('sizes for people are near enough, and say so', async () => {
    const { namespaces } = await loadFile('R_ndctl-create-namespace_half-of-pmem_issue162.json')
    expect(namespaces[0]).toMatchObject({ id: 'namespace1.0', regionId: 'region1', map: 'dev' })
    expect(namespaces[0]?.usableBytes).toBeGreaterThan(496.115 * 2 ** 30)
    expect(namespaces[0]?.usableBytes).toBeLessThan(496.125 * 2 ** 30)
    expect(namespaces[0]?.sources['usableBytes']).toHaveProperty('roundedTo')
  })

  it('iset_id beyond 2^63 is the cookie of sysfs', async () => {
    const { regions } = await loadFile('087_scargall-blog_ndctl-list--Rv.json')
    expect(regions.map(({ interleaveSetCookie }) => interleaveSetCookie)).toEqual([
      '0x2d3c7f48f4e22ccc',
      '0xdd387f488ce42ccc',
    ])
  })

  it('a serial beyond 2^63, and four that are all 0', async () => {
    const { cxlMemdevs } = await loadFile('102_scargall-blog_cxl-list.json')
    expect(cxlMemdevs).toMatchObject([{ serial: '0xa96dd54ec104e000', pciAddress: '0000:b4:00.0' }])
    const four = await loadFile('R_cxl-list_four-memdevs_issue272.json')
    expect(four.cxlMemdevs.map(({ id, serial }) => [id, serial])).toEqual(
      ['mem0', 'mem1', 'mem2', 'mem3'].map((id) => [id, '0x0']),
    )
  })

  it('a dax device on CXL, by its path and ranges', async () => {
    const { daxDevices, cxlRegions } = await loadFile('R_daxctl-list-DRM_cxl-region-mappings.json')
    expect(daxDevices).toMatchObject([
      {
        id: 'dax0.0',
        origin: 'cxl',
        cxlRegionId: 'cxl:region0',
        ranges: [{ start: 0x490000000, end: 0x4a0000000 }],
        onlineBlocks: 2,
        totalBlocks: 2,
        isMovable: false,
        mode: 'system-ram',
      },
    ])
    expect(cxlRegions).toMatchObject([{ id: 'cxl:region0', rootDecoderId: 'decoder0.0' }])
    const hmem = await loadFile('R_daxctl-list-iDMR_hmem_issue246.json')
    expect(hmem.daxDevices).toMatchObject([{ origin: 'hmem', sizeBytes: 8589934592 }])
  })

  it('interleaving over two host bridges, as the kernel documents it', async () => {
    const { cxlPorts, cxlDecoders, cxlRegions, cxlWindows } = await loadFile(
      'R_cxl-list-v_kernel-doc_hb-interleave.json',
    )
    const kinds = cxlPorts.map(({ portKind }) => portKind)
    expect(kinds.filter((kind) => kind === 'root')).toHaveLength(1)
    expect(kinds.filter((kind) => kind === 'endpoint')).toHaveLength(2)
    expect(kinds.filter((kind) => kind === 'switch')).toHaveLength(0)
    expect(cxlRegions).toMatchObject([
      {
        id: 'cxl:region0',
        sizeBytes: 274877906944,
        startAddress: 825975898112,
        interleaveWays: 2,
        targets: [
          { position: 0, memdevId: 'mem0', decoderId: 'decoder5.0' },
          { position: 1, memdevId: 'mem1', decoderId: 'decoder6.0' },
        ],
      },
    ])
    expect(cxlWindows).toHaveLength(
      cxlDecoders.filter(({ decoderKind }) => decoderKind === 'root').length,
    )
  })
})

/** The tree with one text changed. */
function treeWith(tree: SourceTree, path: string, change: (text: string) => string): SourceTree {
  const over = (text: string | undefined) => (text === undefined ? undefined : change(text))
  return {
    list: (at) => tree.list(at),
    kind: (at) => tree.kind(at),
    sizeBytes: (at) => tree.sizeBytes(at),
    text: (at) => (at === path ? over(tree.text(at)) : tree.text(at)),
    bytes: (at) => tree.bytes(at),
    pieces: (at, pieceBytes) => tree.pieces(at, pieceBytes),
    resolve: (at) => tree.resolve(at),
    linkTarget: (at) => tree.linkTarget(at),
  }
}

describeWithData('tools beside sysfs', () => {
  const captures =
    dataFolder === undefined
      ? []
      : readdirSync(join(dataFolder, 'kernel')).filter((name) => name.endsWith('.folioscope'))
  const TOOLS = ['ndctl', 'daxctl', 'cxl']
  const open = (name: string) => openTree(testDataPath(`kernel/${name}`), { report: ignore })

  it('finds captures with each tool', async () => {
    const trees = await Promise.all(captures.map(async (name) => (await open(name)).tree))
    for (const tool of TOOLS) {
      const withTool = trees.filter(
        (tree) => (tree.text(`cmd/${tool}-list.json`) ?? '').length > 10,
      )
      expect(withTool.length).toBeGreaterThanOrEqual(3)
    }
  })

  it.each(captures)('%s: they name the same objects and contradict nothing', async (name) => {
    const opened = await open(name)
    const both = loadTopology(opened, ignore)
    expect(both.diagnostics.filter(({ code }) => code === 'contradiction')).toEqual([])
    const isTool = (path: string) => TOOLS.some((tool) => path === `cmd/${tool}-list.json`)
    const { tree } = opened
    const without: SourceTree = {
      ...treeWith(tree, '', (text) => text),
      list: (at) => tree.list(at).filter((entry) => !isTool(`${at}/${entry}`)),
    }
    const sysfs = loadTopology({ ...opened, tree: without }, ignore)
    for (const list of ['nvdimms', 'regions', 'namespaces', 'daxDevices'] as const) {
      expect(idsOf(both[list])).toEqual(idsOf(sysfs[list]))
    }
    for (const list of ['cxlMemdevs', 'cxlPorts', 'cxlDecoders', 'cxlRegions'] as const) {
      expect(idsOf(both[list])).toEqual(idsOf(sysfs[list]))
    }
  })

  it('tells when a tool says something else', async () => {
    const opened = await open('kmem-k612.folioscope')
    const path = 'cmd/ndctl-list.json'
    const tree = treeWith(opened.tree, path, (text) =>
      text
        .replace('"size":2145386496', '"size":2145386497')
        .replace('"numa_node":1', '"numa_node":0'),
    )
    const { diagnostics } = loadTopology({ ...opened, tree }, ignore)
    expect(
      diagnostics.filter(({ code }) => code === 'contradiction').map(({ where }) => where),
    ).toEqual(['region0 · numaNode', 'namespace0.0 · usableBytes'])
  })
})
