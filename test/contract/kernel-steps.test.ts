import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { accountMemmap } from '../../shared/memmap/account'
import type { BttVersion } from '../../shared/memmap/btt-geometry'
import { parseSize } from '../../shared/model/parse-size'
import type { NamespaceMode, Topology } from '../../shared/model/topology'
import type { NamespaceShape, PlanEdit } from '../../shared/plan/what-if/edit'
import { bttVersionOf } from '../../shared/plan/what-if/edit-namespace'
import { whatIf } from '../../shared/plan/what-if/what-if'
import { loadCapture } from '../support/load-summary'
import { describeWithData, testDataFolder } from '../support/test-data'

/**
 * Every step that the kernels of the captures went through, done again as a plan: after each the struct pages must be what a
 * walk of that kernel's page tables found then, and namespaces as large as ndctl printed.
 */
interface Step {
  readonly label: string
  readonly cmd?: string
  readonly rc?: number
  readonly stdout?: string
  readonly state: {
    readonly vmemmap: {
      readonly backing_pages: number
      readonly backing_in_ram_pages: number
      readonly pte_tables: number
    }
    readonly hugepages: readonly {
      readonly node: number
      readonly size: string
      readonly nr: number
    }[]
  }
}

interface Measurements {
  readonly page_size: number
  readonly records: readonly Step[]
}

const COMMAND =
  /^(?:ndctl (?:create|destroy|disable|enable)-namespace|daxctl (?:disable|reconfigure)-device|w \/)/

/** The captured machine before its first step: no namespaces, no devices on them, empty pools. */
function atBoot(topology: Topology): Topology {
  const isLegacy = topology.regions.some(({ mappings }) => !mappings?.length)
  const plain: Topology = {
    ...topology,
    vmstat: {},
    daxDevices: topology.daxDevices.filter(({ namespaceId }) => namespaceId === undefined),
    namespaces: isLegacy ? topology.namespaces : [],
    nodes: topology.nodes.map((node) => ({ ...node, hugepagePools: [] })),
  }
  return isLegacy
    ? plain.namespaces.reduce(
        (machine, { id }) => done(machine, { kind: 'namespace', id, mode: 'fsdax', map: 'mem' }),
        plain,
      )
    : plain
}

function done(topology: Topology, ...edits: readonly PlanEdit[]): Topology {
  const outcome = whatIf(topology, edits)
  expect(outcome.refused).toEqual([])
  return outcome.topology
}

function optionsOf(words: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    words.flatMap((word, index) =>
      word.startsWith('-') ? [[word, words[index + 1] ?? ''] as const] : [],
    ),
  )
}

function shapeOf(options: ReadonlyMap<string, string>, bttVersion?: BttVersion): NamespaceShape {
  const map = options.get('-M')
  const alignBytes = parseSize(options.get('-a') ?? '')
  const sectorBytes = parseSize(options.get('-l') ?? '')
  return {
    mode: options.get('-m') as NamespaceMode,
    ...(map === 'mem' || map === 'dev' ? { map } : {}),
    ...(alignBytes === undefined ? {} : { alignBytes }),
    ...(sectorBytes === undefined ? {} : { sectorBytes }),
    ...(bttVersion === undefined ? {} : { bttVersion }),
  }
}

function freeBytes({ regions, namespaces }: Topology, regionId: string): number {
  const size = regions.find(({ id }) => id === regionId)?.sizeBytes ?? 0
  return namespaces
    .filter((item) => item.regionId === regionId)
    .reduce((left, { rawBytes = 0 }) => left - rawBytes, size)
}

/** The machine after one step. */
function after(topology: Topology, step: Step, bttVersion: BttVersion): Topology {
  const words = (step.cmd ?? '').split(' ')
  const options = optionsOf(words)
  const last = words.at(-1) ?? ''
  switch (`${words[0]} ${words[1]}`) {
    case 'ndctl create-namespace': {
      const id = options.get('-e')
      const shape = shapeOf(options, bttVersion)
      if (id !== undefined) return done(topology, { kind: 'namespace', id, ...shape })
      const regionId = options.get('-r') ?? ''
      const rawBytes = parseSize(options.get('-s') ?? '') ?? freeBytes(topology, regionId)
      return done(topology, { kind: 'add-namespace', regionId, rawBytes, ...shape })
    }
    case 'ndctl destroy-namespace':
      return {
        ...topology,
        namespaces: topology.namespaces.filter(({ id }) => id !== last),
        daxDevices: topology.daxDevices.filter(({ namespaceId }) => namespaceId !== last),
      }
    case 'ndctl disable-namespace':
    case 'ndctl enable-namespace': {
      const state = words[1] === 'enable-namespace' ? 'active' : 'disabled'
      return {
        ...topology,
        namespaces: topology.namespaces.map((item) =>
          item.id === last ? { ...item, state } : item,
        ),
      }
    }
    case 'daxctl disable-device':
      return {
        ...topology,
        daxDevices: topology.daxDevices.map((item) =>
          item.id === last ? { ...item, mode: 'disabled' } : item,
        ),
      }
    case 'daxctl reconfigure-device':
      return done(topology, { kind: 'dax-mode', id: last, mode: 'system-ram' })
    default:
      return topology
  }
}

/** Pools and the sysctl as the step left them: which node gives a hugepage is the kernel's choice. */
function withPools(topology: Topology, step: Step): Topology {
  const [, sysctl] = /hugetlb_optimize_vmemmap (\d)$/.exec(step.cmd ?? '') ?? []
  const isOn = sysctl === undefined || step.rc !== 0 ? undefined : sysctl === '1'
  const nodes = topology.nodes.map((node) => ({
    ...node,
    hugepagePools: step.state.hugepages
      .filter((pool) => pool.node === node.nodeId)
      .map(({ size, nr }) => ({ sizeBytes: Number.parseInt(size) * 1024, total: nr })),
  }))
  return {
    ...topology,
    nodes,
    machine: {
      ...topology.machine,
      ...(isOn === undefined ? {} : { hugetlbOptimizeVmemmap: isOn }),
    },
  }
}

const folder = testDataFolder()
const kernelFolder = folder === undefined ? undefined : join(folder, 'kernel')

/** Captures with steps that a plan can do, with the file whose machine went through them. */
const subjects =
  kernelFolder === undefined
    ? []
    : readdirSync(kernelFolder)
        .filter((name) => name.endsWith('.truth'))
        .flatMap((name) => {
          const text = readFileSync(join(kernelFolder, name, 'measurements.json'), 'utf8')
          const measurements = JSON.parse(text) as Measurements
          const { records } = measurements
          const isCxlRam = name.startsWith('cxl') && !name.startsWith('cxlpmem')
          return isCxlRam || !records.some(({ cmd = '' }) => COMMAND.test(cmd))
            ? []
            : [{ name: name.replace(/\.truth$/, ''), measurements }]
        })

describeWithData('the steps of real kernels, planned', () => {
  it('are many', () => {
    expect(subjects.length).toBeGreaterThan(10)
  })

  describe.each(subjects)('$name', ({ name, measurements }) => {
    it('cost after each step what the page tables held then', async () => {
      const { topology } = await loadCapture(join(kernelFolder ?? '', `${name}.folioscope`))
      const pages = measurements.page_size
      // Nothing but the sizes at the end tells which labels the NVDIMMs carry.
      const bttVersion = bttVersionOf(topology)
      let machine = withPools(atBoot(topology), measurements.records[0] ?? ({} as Step))
      // Captured at the end: what was the sysctl at boot is what it was before it was first written.
      const firstWrite = measurements.records.find(({ cmd }) => cmd?.includes('optimize_vmemmap'))
      const wasOn = name.startsWith('hugeon')
      if (firstWrite?.rc === 0) {
        machine = {
          ...machine,
          machine: { ...machine.machine, hugetlbOptimizeVmemmap: wasOn },
        }
      }
      const found: string[] = []
      const expected: string[] = []
      for (const step of measurements.records) {
        if (step.rc !== undefined && step.rc !== 0 && step.cmd?.startsWith('ndctl create')) {
          const options = optionsOf(step.cmd.split(' '))
          const edit: PlanEdit = {
            kind: 'add-namespace',
            regionId: options.get('-r') ?? '',
            rawBytes: parseSize(options.get('-s') ?? '') ?? 0,
            ...shapeOf(options),
          }
          expect(whatIf(machine, [edit]).refused, step.label).toHaveLength(1)
          continue
        }
        machine = withPools(after(machine, step, bttVersion), step)
        const { totals } = accountMemmap(machine)
        const { vmemmap } = step.state
        const isRam = machine.daxDevices.some(({ mode }) => mode === 'system-ram')
        const hasPools = measurements.records.some(({ state }) => state.hugepages.length > 0)
        const line = (resident: number, ram: number, tables: number) =>
          [step.label, resident, isRam ? '' : ram, hasPools ? '' : tables].join(' ')
        found.push(
          line(
            totals.residentBytes / pages,
            totals.ramBytes / pages,
            totals.pageTableBytes / pages,
          ),
        )
        expected.push(line(vmemmap.backing_pages, vmemmap.backing_in_ram_pages, vmemmap.pte_tables))
        const [, size] =
          /"mode":"(?:fsdax|devdax|sector|raw)"[^{}]*?"size":(\d+)/.exec(step.stdout ?? '') ?? []
        const [, dev] = /"dev":"(namespace[\d.]+)"/.exec(step.stdout ?? '') ?? []
        if (dev !== undefined && size !== undefined) {
          const namespace = machine.namespaces.find(({ id }) => id === dev)
          expect(namespace?.usableBytes, `${step.label} ${dev}`).toBe(Number(size))
        }
      }
      // Before its modules are loaded, PMEM of the e820 table has no struct pages.
      const skipped = name.startsWith('legacy') ? 1 : 0
      expect(found.slice(skipped)).toEqual(expected.slice(skipped))
    })
  })
})
