import { readFileSync } from 'node:fs'
import { beforeAll, expect, it } from 'vitest'
import type { Topology } from '../../shared/model/topology'
import { loadCapture } from '../support/load-summary'
import { describeWithData, testDataPath } from '../support/test-data'

/**
 * What sysfs says of the performance and the settings of memory, against the options with which the virtual machine was
 * made (X.truth/qemu.txt). Who relies on it: everybody who chooses a node by its speed.
 */
async function load(name: string): Promise<Topology> {
  return (await loadCapture(testDataPath(`kernel/${name}.folioscope`))).topology
}

const optionsOf = (name: string) =>
  readFileSync(testDataPath(`kernel/${name}.truth/qemu.txt`), 'utf8').replaceAll(',\n', ',')

describeWithData('hmat-k612: the HMAT that QEMU made', () => {
  let topology: Topology
  let options: string
  beforeAll(async () => {
    topology = await load('hmat-k612')
    options = optionsOf('hmat-k612')
  })

  /** By initiator and target: ns, or GiB/s. */
  const given = (type: 'latency' | 'bandwidth') =>
    [
      ...options.matchAll(
        new RegExp(
          `hmat-lb,initiator=(\\d),target=(\\d),[^ ]*data-type=access-${type},\\w+=(\\d+)`,
          'g',
        ),
      ),
    ].map(([, initiator, target, value]) => ({
      initiator: Number(initiator),
      target: Number(target),
      value: Number(value),
    }))

  it('access classes: the best initiator of each node and what it sees', () => {
    const latencies = given('latency')
    expect(latencies).toHaveLength(8)
    const bandwidths = given('bandwidth')
    for (const { nodeId, accessClasses } of topology.nodes) {
      const own = latencies.filter(({ target }) => target === nodeId)
      const best = own.reduce((a, b) => (b.value < a.value ? b : a))
      const gibibytes = bandwidths.find(
        ({ initiator, target }) => initiator === best.initiator && target === nodeId,
      )?.value
      const seen = {
        initiatorNodeIds: [best.initiator],
        readLatencyNs: best.value,
        writeLatencyNs: best.value,
        readBandwidthMBs: (gibibytes ?? 0) * 1024,
        writeBandwidthMBs: (gibibytes ?? 0) * 1024,
      }
      expect(accessClasses).toEqual([
        { accessClass: 0, ...seen },
        { accessClass: 1, ...seen },
      ])
    }
  })

  it('memory-side caches', () => {
    const caches = [
      ...options.matchAll(/hmat-cache,node-id=(\d),size=(\d+)M,level=(\d),\S*line=(\d+)/g),
    ].map(([, node, size, level, line]) => [
      Number(node),
      [{ level: Number(level), sizeBytes: Number(size) * 2 ** 20, lineBytes: Number(line) }],
    ])
    expect(caches).toHaveLength(2)
    expect(
      topology.nodes.flatMap(({ nodeId, memorySideCaches }) =>
        memorySideCaches === undefined ? [] : [[nodeId, memorySideCaches]],
      ),
    ).toEqual(caches)
  })

  it('tiers by the formula of DOMAIN §9.1', () => {
    const latency = (nodeId: number) => classOf(nodeId)?.readLatencyNs ?? NaN
    const bandwidth = (nodeId: number) => classOf(nodeId)?.readBandwidthMBs ?? NaN
    const classOf = (nodeId: number) =>
      topology.nodes.find((node) => node.nodeId === nodeId)?.accessClasses?.[1]
    for (const { nodeId, memoryTier } of topology.nodes) {
      const bySpeed = Math.floor((576 * latency(nodeId)) / latency(0))
      const distance = Math.floor((bySpeed * bandwidth(0)) / bandwidth(nodeId))
      expect([nodeId, memoryTier]).toEqual([nodeId, Math.floor(distance / 128)])
    }
    expect(topology.memoryTiers.map(({ id, nodeIds }) => [id, nodeIds])).toEqual([
      ['memory_tier4', [0, 1]],
      ['memory_tier28', [2]],
      ['memory_tier112', [3]],
    ])
  })

  it('distances', () => {
    const pairs = [...options.matchAll(/dist,src=(\d),dst=(\d),val=(\d+)/g)]
    expect(pairs).toHaveLength(6)
    for (const [, from, to, value] of pairs) {
      const row = topology.nodes.find(({ nodeId }) => nodeId === Number(from))?.distances
      expect(row?.[String(to)]).toBe(Number(value))
    }
  })
})

describeWithData('settings of memory', () => {
  it('weights of weighted interleave, on kernels that have it', async () => {
    const { nodes } = await load('kmem-k612')
    expect(nodes.map(({ interleaveWeight }) => interleaveWeight)).toEqual(nodes.map(() => 1))
    const old = await load('kmem-k61')
    expect(old.nodes.map(({ interleaveWeight }) => interleaveWeight)).toEqual(
      old.nodes.map(() => undefined),
    )
  })

  it('sizes of transparent hugepages, their switches and what they count', async () => {
    const { machine } = await load('thp-k612-mix')
    const sizes = machine.transparentHugepages ?? []
    expect(sizes.map(({ sizeBytes }) => sizeBytes / 1024)).toEqual([
      8, 16, 32, 64, 128, 256, 512, 1024, 2048,
    ])
    expect(sizes.map(({ enabled }) => enabled)).toEqual([
      undefined,
      'always',
      'never',
      'always',
      'never',
      'never',
      'never',
      'never',
      'inherit',
    ])
    expect(sizes.find(({ sizeBytes }) => sizeBytes === 2 ** 16)?.counters).toMatchObject({
      nr_anon: 149,
      anon_fault_alloc: 255,
    })
    const old = await load('thp-k61-mix')
    expect(old.machine.transparentHugepages).toEqual([
      {
        sizeBytes: 2 ** 21,
        enabled: expect.any(String) as string,
        shmemEnabled: expect.any(String) as string,
      },
    ])
  })

  it('memmap_on_memory of a dax device', async () => {
    const { daxDevices } = await load('cxlmom-k73')
    expect(
      daxDevices.map(({ id, origin, memmapOnMemory }) => [id, origin, memmapOnMemory]),
    ).toEqual([['dax0.0', 'cxl', true]])
  })
})
