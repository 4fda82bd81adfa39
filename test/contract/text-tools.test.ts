import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openBytes } from '../../host/open/open-bytes'
import { openTree } from '../../host/open/open-tree'
import type { Topology } from '../../shared/model/topology'
import { MIB } from '../../shared/model/units'
import { loadTopology } from '../../shared/readers/load'
import { describeWithData, testDataFolder, testDataPath } from '../support/test-data'

/** Who relies on it: whoever pastes what a tool printed, or puts the outputs of several tools into one folder. */

const quiet = { report: () => undefined }
const ignore = () => undefined

async function loadText(name: string, text: string): Promise<Topology> {
  return loadTopology(await openBytes(name, Buffer.from(text), quiet), ignore)
}

async function loadFile(path: string): Promise<Topology> {
  return loadTopology(await openTree(testDataPath(path), quiet), ignore)
}

/** Blocks without the places where they were read. */
function blocksOf({ memoryBlocks }: Topology, ...keys: ('nodeIds' | 'state' | 'validZones')[]) {
  return memoryBlocks.map((block) => ({
    id: block.id,
    blockIndex: block.blockIndex,
    ...Object.fromEntries(keys.map((key) => [key, block[key]])),
  }))
}

const folders: string[] = []
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })))

describeWithData('outputs of text tools', () => {
  it('numactl -H with two nodes of PMEM', async () => {
    const { nodes, diagnostics, input } = await loadFile('tools/T_numactl-H_4node-dram+pmem.txt')
    expect(input.kind).toBe('tool-output')
    expect(nodes.map(({ nodeId, cpuList, memoryBytes }) => [nodeId, cpuList, memoryBytes])).toEqual(
      [
        [0, '0-23,48-71', 127632 * MIB],
        [1, '24-47,72-95', 128969 * MIB],
        [2, '', 1521664 * MIB],
        [3, '', 1521664 * MIB],
      ],
    )
    expect(nodes[3]?.distances).toEqual({ 0: 28, 1: 17, 2: 28, 3: 10 })
    expect(diagnostics).toEqual([])
  })

  it('lsmem of 3.2 TiB', async () => {
    const { machine, memoryBlocks, diagnostics } = await loadFile(
      'tools/T_lsmem_dram+pmem-3.2T.txt',
    )
    expect(machine.memoryBlockBytes).toBe(2 * 1024 ** 3)
    // 0, 2-5, 38-96, 109-879, 912-948 and 961-1703: 3.2 TiB as the tool sums them up.
    expect(memoryBlocks).toHaveLength(1 + 4 + 59 + 771 + 37 + 743)
    expect(((memoryBlocks.length * 2) / 1024).toFixed(1)).toBe('3.2')
    expect(memoryBlocks.every(({ state }) => state === 'online')).toBe(true)
    expect(diagnostics).toEqual([])
  })

  it('ipmctl: four modules, eight slots, one region', async () => {
    const { nvdimms, dimms, regions, diagnostics } = await loadFile('tools/T_ipmctl_HM1.txt')
    expect(nvdimms.map(({ id, physicalId, dimmId }) => [id, physicalId, dimmId])).toEqual([
      ['nvdimm:0x0001', 0x11, 'dimm:0x0011'],
      ['nvdimm:0x0010', 0x12, 'dimm:0x0012'],
      ['nvdimm:0x0101', 0x15, 'dimm:0x0015'],
      ['nvdimm:0x0110', 0x16, 'dimm:0x0016'],
    ])
    expect(dimms.map(({ locator }) => locator)).toEqual(
      ['A1', 'A2', 'B1', 'C1', 'D1', 'D2', 'E1', 'F1'].map((slot) => `P1-DIMM${slot}`),
    )
    expect(regions).toMatchObject([
      { interleaveSetCookie: '0xdffc3d0c9758888', sizeBytes: 504 * 1024 ** 3, packageId: 0 },
    ])
    expect(diagnostics).toEqual([])
  })

  it('ipmctl and ndctl in one folder speak of the same four modules', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'folioscope-tools-'))
    folders.push(folder)
    for (const name of ['T_ipmctl_HM1.txt', 'R_ndctl-list-DRNi_4xOptane_HM1.json']) {
      copyFileSync(testDataPath(`tools/${name}`), join(folder, name))
    }
    const topology = loadTopology(await openTree(folder, quiet), ignore)
    const locator = new Map(topology.dimms.map((dimm) => [dimm.id, dimm.locator]))
    expect(
      topology.nvdimms.map(({ id, handle, uniqueId, dimmId, firmwareVersion }) => [
        id,
        handle,
        uniqueId,
        locator.get(dimmId ?? ''),
        firmwareVersion,
      ]),
    ).toEqual([
      ['nmem0', 0x0001, '8089-a2-1941-00000119', 'P1-DIMMA2', '01.02.00.5355'],
      ['nmem1', 0x0010, '8089-a2-1941-0000062a', 'P1-DIMMB1', '01.02.00.5355'],
      ['nmem2', 0x0101, '8089-a2-1941-0000020f', 'P1-DIMMD2', '01.02.00.5355'],
      ['nmem3', 0x0110, '8089-a2-1941-00000673', 'P1-DIMME1', '01.02.00.5355'],
    ])
    expect(topology.regions).toMatchObject([
      {
        id: 'region0',
        sizeBytes: 541165879296,
        interleaveSetCookie: '0xdffc3d0c9758888',
        health: 'ok',
        mappings: [
          { nvdimmId: 'nmem0', position: 0 },
          { nvdimmId: 'nmem2', position: 1 },
          { nvdimmId: 'nmem1', position: 2 },
          { nvdimmId: 'nmem3', position: 3 },
        ],
      },
    ])
    expect(topology.dimms).toHaveLength(8)
    expect(topology.diagnostics).toEqual([])
  })

  it.each(['lsmem-x86_64-16g', 'lsmem-aarch64_16K_16g'])(
    '%s.expected, nine outputs in a row, has the blocks of the capture beside it',
    async (name) => {
      const text = readFileSync(testDataPath(`hwloc/${name}.expected`), 'utf8')
      const fromText = await loadText(name, text)
      const fromCapture = await loadFile(`hwloc/${name}.tar.bz2`)
      expect(fromCapture.memoryBlocks.length).toBeGreaterThan(100)
      expect(blocksOf(fromText, 'state', 'validZones')).toEqual(
        blocksOf(fromCapture, 'state', 'validZones'),
      )
      expect(fromText.machine.memoryBlockBytes).toBe(fromCapture.machine.memoryBlockBytes)
      expect(fromText.diagnostics).toEqual([])
      const each = text.split(/^---$/m).filter((output) => output.includes('$ lsmem'))
      expect(each).toHaveLength(9)
      for (const output of each) {
        const { memoryBlocks } = await loadText(name, output)
        expect(memoryBlocks).toHaveLength(fromCapture.memoryBlocks.length)
      }
    },
  )
})

const dataFolder = testDataFolder()
const captures =
  dataFolder === undefined
    ? []
    : readdirSync(join(dataFolder, 'kernel')).filter((file) => file.endsWith('.folioscope'))

describeWithData('text tools in the captures of real kernels', () => {
  it('are found', () => expect(captures.length).toBeGreaterThanOrEqual(25))

  describe.each(captures)('%s', (file) => {
    it('contradict nothing', async () => {
      const { diagnostics } = await loadFile(`kernel/${file}`)
      expect(diagnostics.filter(({ code }) => code === 'contradiction')).toEqual([])
    })

    it('say alone what sysfs says', async () => {
      const opened = await openTree(testDataPath(`kernel/${file}`), quiet)
      const whole = loadTopology(opened, ignore)
      const lsmem = opened.tree.text('cmd/lsmem.json')
      if (lsmem !== undefined) {
        const alone = await loadText('lsmem.json', lsmem)
        expect(blocksOf(alone, 'state', 'nodeIds', 'validZones')).toEqual(
          blocksOf(whole, 'state', 'nodeIds', 'validZones'),
        )
        expect(alone.machine.memoryBlockBytes).toBe(whole.machine.memoryBlockBytes)
      }
      const numactl = opened.tree.text('cmd/numactl-H.txt')
      if (numactl !== undefined) {
        const alone = await loadText('numactl.txt', numactl)
        const facts = ({ nodes }: Topology) =>
          nodes.map(({ id, cpuList, distances, memoryBytes = 0 }) => ({
            id,
            cpuList,
            distances,
            memoryMib: Math.floor(memoryBytes / MIB),
          }))
        expect(facts(alone)).toEqual(facts(whole))
      }
      const dmesg = opened.tree.text('cmd/dmesg.txt') ?? ''
      const log = await loadText('dmesg', dmesg)
      expect(log.machine.kernelRelease).toBe(whole.machine.kernelRelease)
      expect(log.machine.hugetlbFreeableBytes).toEqual(whole.machine.hugetlbFreeableBytes)
      for (const name of ['iomem', 'zoneinfo', 'buddyinfo', 'pagetypeinfo', 'meminfo', 'vmstat']) {
        const text = opened.tree.text(`proc/${name}`)
        if (text !== undefined) await expectSameAlone(name, text, whole)
      }
    })
  })
})

/** A file of /proc that somebody pasted gives what it gives inside the capture. */
async function expectSameAlone(name: string, text: string, whole: Topology): Promise<void> {
  const alone = await loadText(`paste-${name}`, text)
  switch (name) {
    case 'iomem':
      expect(alone.iomem).toEqual(whole.iomem)
      break
    case 'meminfo':
      expect(alone.meminfo).toEqual(whole.meminfo)
      break
    case 'vmstat':
      expect(alone.vmstat).toEqual(whole.vmstat)
      break
    default:
      expect(alone.zones.length).toBeGreaterThan(0)
      for (const zone of alone.zones) {
        expect(whole.zones).toContainEqual(expect.objectContaining(zone))
      }
  }
}
