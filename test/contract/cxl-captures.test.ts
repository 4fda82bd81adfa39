import { beforeAll, describe, expect, it } from 'vitest'
import { openTree } from '../../host/open/open-tree'
import { deviceAddressOf, hostAddressOf } from '../../shared/model/cxl-addresses'
import { loadTopology } from '../../shared/readers/load'
import type { Topology } from '../../shared/model/topology'
import { loadSummary } from '../support/load-summary'
import { describeWithData, testDataPath } from '../support/test-data'
import { treeWithout } from '../support/tree-without'

/**
 * CXL as sysfs shows it, against what cxl-cli printed on the same machine (cmd/cxl-list.json of the capture, which is
 * hidden from our readers here). Who relies on it: everybody who follows an address through an interleave set to a device.
 */
const CAPTURES = ['cxl-k612', 'cxlmom-k73', 'cxlpmem-k612']

type Printed = Readonly<Record<string, unknown>>

/** Every object of the document that has the given keys, at whatever depth. */
function printedWith(document: unknown, keys: readonly string[]): readonly Printed[] {
  if (typeof document !== 'object' || document === null) return []
  const below = Object.values(document).flatMap((value) => printedWith(value, keys))
  return keys.every((key) => key in document) ? [document as Printed, ...below] : below
}

/** What both name: cxl-cli leaves out what it finds dull, such as the granularity of one way. */
function sameFields(object: Printed, fields: Printed): Printed {
  return Object.fromEntries(Object.keys(fields).map((key) => [key, object[key]]))
}

function known(fields: Printed): Printed {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

/** Names in the order of their positions. */
function inOrder(entries: unknown, name: string): readonly unknown[] {
  const list = entries as readonly (Printed & { readonly position: number })[]
  return [...list].sort((a, b) => a.position - b.position).map((entry) => entry[name])
}

const regionIdOf = (name: unknown) => (name === undefined ? undefined : `cxl:${String(name)}`)

describeWithData('CXL of the captures equals what cxl list printed', () => {
  describe.each(CAPTURES)('%s', (name) => {
    let topology: Topology
    let printed: unknown

    beforeAll(async () => {
      const report = () => undefined
      const opened = await openTree(testDataPath(`kernel/${name}.folioscope`), { report })
      printed = JSON.parse(opened.tree.text('cmd/cxl-list.json') ?? '')
      topology = loadTopology({ ...opened, tree: treeWithout(opened.tree, 'cmd') }, report)
    })

    const compare = (
      objects: readonly { readonly id: string }[],
      expected: readonly Printed[],
    ): void => {
      const byId = new Map(objects.map((object) => [object.id, object as unknown as Printed]))
      expect(objects.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort())
      for (const fields of expected.map(known)) {
        expect(sameFields(byId.get(String(fields['id'])) ?? {}, fields)).toEqual(fields)
      }
    }

    it('memory devices', () => {
      const memdevs = printedWith(printed, ['memdev', 'serial'])
      const endpoints = printedWith(printed, ['endpoint', 'memdev'])
      compare(
        topology.cxlMemdevs,
        memdevs.map((memdev) => ({
          id: memdev['memdev'],
          ramBytes: memdev['ram_size'],
          pmemBytes: memdev['pmem_size'],
          serial: `0x${Number(memdev['serial']).toString(16)}`,
          pciAddress: memdev['host'],
          endpointId: endpoints.find((endpoint) => endpoint['memdev'] === memdev)?.['endpoint'],
        })),
      )
    })

    it('ports and endpoints', () => {
      const dports = (port: Printed) =>
        (port['dports'] as readonly Printed[] | undefined)?.map((dport) => ({
          device: dport['dport'],
          dportId: dport['id'],
        }))
      compare(topology.cxlPorts, [
        ...printedWith(printed, ['bus', 'provider']).map((bus) => ({
          id: bus['bus'],
          portKind: 'root',
          dports: dports(bus),
        })),
        ...printedWith(printed, ['port', 'depth']).map((port) => ({
          id: port['port'],
          portKind: 'host-bridge',
          uport: port['host'],
          depth: port['depth'],
          dports: dports(port),
        })),
        ...printedWith(printed, ['endpoint', 'depth']).map((endpoint) => ({
          id: endpoint['endpoint'],
          portKind: 'endpoint',
          uport: endpoint['host'],
          memdevId: endpoint['host'],
          depth: endpoint['depth'],
        })),
      ])
    })

    it('decoders', () => {
      compare(
        topology.cxlDecoders,
        printedWith(printed, ['decoder', 'interleave_ways']).map((decoder) => ({
          id: decoder['decoder'],
          startAddress: decoder['resource'],
          sizeBytes: decoder['size'],
          interleaveWays: decoder['interleave_ways'],
          granularityBytes: decoder['interleave_granularity'],
          dpaStart: decoder['dpa_resource'],
          dpaBytes: decoder['dpa_size'],
          mode: decoder['mode'],
          cxlRegionId: regionIdOf(decoder['region']),
          targets: decoder['targets'] && inOrder(decoder['targets'], 'target'),
        })),
      )
    })

    it('regions with their devices in interleave order', () => {
      const regions = printedWith(printed, ['region', 'decode_state'])
      compare(
        topology.cxlRegions,
        regions.map((region) => ({
          id: regionIdOf(region['region']),
          startAddress: region['resource'],
          sizeBytes: region['size'],
          interleaveWays: region['interleave_ways'],
          granularityBytes: region['interleave_granularity'],
          state: region['decode_state'],
        })),
      )
      expect(
        topology.cxlRegions.map(({ targets }) => targets?.map(({ memdevId }) => memdevId)),
      ).toEqual(regions.map((region) => inOrder(region['mappings'], 'memdev')))
      expect(
        topology.cxlRegions.map(({ targets }) => targets?.map(({ decoderId }) => decoderId)),
      ).toEqual(regions.map((region) => inOrder(region['mappings'], 'decoder')))
    })

    it('follows each address to a device and back', () => {
      for (const region of topology.cxlRegions) {
        const start = region.startAddress ?? 0
        const ways = region.interleaveWays ?? 0
        for (const offset of [0, 256, 511, 512, 0x123456, (region.sizeBytes ?? 0) - 1]) {
          const found = deviceAddressOf(start + offset, topology)
          if (found?.kind !== 'decoded') throw new Error('not decoded')
          expect(found.position).toBe(Math.floor(offset / 256) % ways)
          expect(hostAddressOf(found.memdevId ?? '', found.dpa ?? -1, topology)).toMatchObject({
            regionId: region.id,
            address: start + offset,
          })
        }
      }
    })

    it('finds nothing to complain about', () => {
      expect(topology.diagnostics).toEqual([])
    })
  })

  it.each(['cxl-k612', 'cxlmom-k73'])(
    '%s: one window, two devices, one 2-way region, dax0.0 as system RAM on node 2',
    async (name) => {
      const summary = await loadSummary(testDataPath(`kernel/${name}.folioscope`))
      expect(summary.cxl).toMatchObject({
        windows: 1,
        memdevs: [
          { id: 'mem0', ramBytes: 2 ** 30 },
          { id: 'mem1', ramBytes: 2 ** 30 },
        ],
        regions: [
          {
            id: 'region0',
            type: 'ram',
            sizeBytes: 2 ** 31,
            startAddress: 0x990000000,
            interleaveWays: 2,
            granularityBytes: 256,
            memdevs: ['mem0', 'mem1'],
          },
        ],
      })
      expect(summary.daxDevices).toMatchObject([
        {
          id: 'dax0.0',
          mode: 'system-ram',
          origin: 'cxl',
          targetNode: 2,
          sizeBytes: 2 ** 31,
          memoryBlocks: { online: 16, total: 16 },
        },
      ])
      expect(summary.numaNodes.find(({ id }) => id === 2)?.kinds).toEqual(['cxl'])
    },
  )

  it('cxlpmem-k612: a pmem region carries the libnvdimm region and its NVDIMM', async () => {
    const summary = await loadSummary(testDataPath('kernel/cxlpmem-k612.folioscope'))
    expect(summary.cxl?.regions).toMatchObject([
      { id: 'region0', type: 'pmem', sizeBytes: 2 ** 28, interleaveWays: 1, memdevs: ['mem0'] },
    ])
    const report = () => undefined
    const path = testDataPath('kernel/cxlpmem-k612.folioscope')
    const { regions, nvdimms } = loadTopology(await openTree(path, { report }), report)
    expect(regions.map(({ id, cxlRegionId }) => [id, cxlRegionId])).toEqual([
      ['region0', 'cxl:region0'],
    ])
    expect(nvdimms.map(({ id, cxlMemdevId }) => [id, cxlMemdevId])).toEqual([['nmem0', 'mem0']])
  })
})
