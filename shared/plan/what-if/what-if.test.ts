import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomMachine } from '../../layout/testing/random-machine'
import { twoSocketMachine } from '../../layout/testing/machines'
import { accountMemmap } from '../../memmap/account'
import type { Topology } from '../../model/topology'
import { GIB, KIB, MIB } from '../../model/units'
import { commandsFor } from './commands'
import type { PlanEdit } from './edit'
import { whatIf } from './what-if'

const machine = twoSocketMachine()
const total = (topology: Topology) => accountMemmap(topology).totals
const namespaceOf = (topology: Topology, id: string) =>
  topology.namespaces.find((item) => item.id === id)

it('leaves everything as it is without edits', () => {
  expect(whatIf(machine, []).topology).toBe(machine)
})

describe('namespaces', () => {
  const [first] = machine.namespaces.filter(({ mode }) => mode === 'devdax')
  const id = first?.id ?? ''

  it('move their struct pages with the map, and get what the kernel would give them', () => {
    const inRam = whatIf(machine, [
      { kind: 'namespace', id, mode: 'devdax', map: 'mem', alignBytes: GIB },
    ])
    expect(inRam.refused).toEqual([])
    const onDevice = whatIf(machine, [{ kind: 'namespace', id, mode: 'devdax', map: 'dev' }])
    expect(onDevice.account.totals.deviceBytes).toBeGreaterThan(inRam.account.totals.deviceBytes)
    expect(inRam.account.totals.savedBytes.daxDedup).toBeGreaterThan(0)
    const { usableBytes = 0, rawBytes = 0 } = namespaceOf(onDevice.topology, id) ?? {}
    expect(usableBytes).toBeLessThan(rawBytes)
  })

  it('lose their dax device when they become something else', () => {
    const { topology } = whatIf(machine, [{ kind: 'namespace', id, mode: 'raw' }])
    expect(topology.daxDevices.filter(({ namespaceId }) => namespaceId === id)).toEqual([])
    expect(namespaceOf(topology, id)).toMatchObject({ mode: 'raw', map: 'none' })
  })

  it('come into the first gap of their region that holds them', () => {
    const region = machine.regions[0]
    if (region === undefined) throw new Error('no region')
    const add: PlanEdit = {
      kind: 'add-namespace',
      regionId: region.id,
      rawBytes: 16 * MIB,
      mode: 'fsdax',
    }
    const emptied = {
      ...machine,
      namespaces: machine.namespaces.filter(({ regionId }) => regionId !== region.id),
      daxDevices: [],
    }
    const { topology, refused } = whatIf(emptied, [add, add])
    expect(refused).toEqual([])
    const added = topology.namespaces.filter(({ regionId }) => regionId === region.id)
    expect(
      added.map(({ startAddress }) => (startAddress ?? 0) - (region.startAddress ?? 0)),
    ).toEqual([0, 16 * MIB])
    const tooLarge = { ...add, rawBytes: (region.sizeBytes ?? 0) + GIB } satisfies PlanEdit
    expect(whatIf(emptied, [tooLarge]).refused).toMatchObject([{ index: 0, rule: 'no-room' }])
  })
})

describe('kernel and pages', () => {
  it('forget what only the machine as it was has measured', () => {
    const measured = { ...machine, vmstat: { nr_memmap_pages: 1, nr_memmap_boot_pages: 1 } }
    expect(accountMemmap(measured).measured).toBeDefined()
    expect(whatIf(measured, [{ kind: 'hvo', isOn: true }]).account.measured).toBeUndefined()
  })

  it('an old kernel does not deduplicate device-dax', () => {
    const shape: PlanEdit = {
      kind: 'namespace',
      id: machine.namespaces.find(({ mode }) => mode === 'devdax')?.id ?? '',
      mode: 'devdax',
      map: 'mem',
    }
    const saved = (release: string) =>
      whatIf(machine, [{ kind: 'kernel', release }, shape]).account.totals.savedBytes.daxDedup
    expect(saved('5.10')).toBe(0)
    expect(saved('6.12')).toBeGreaterThan(0)
  })

  it('large base pages are for arm64', () => {
    expect(whatIf(machine, [{ kind: 'page-size', bytes: 64 * KIB }]).refused).toMatchObject([
      { rule: 'no-such-base-page' },
    ])
    const arm = { ...machine, machine: { ...machine.machine, arch: 'aarch64' } }
    const { account, refused } = whatIf(arm, [{ kind: 'page-size', bytes: 64 * KIB }])
    expect(refused).toEqual([])
    expect(account.totals.fullBytes).toBeLessThan(total(arm).fullBytes / 12)
  })

  it('a struct page of 8 bytes costs an eighth, and its folios besides (DOMAIN §10.6)', () => {
    const plain = { ...machine, namespaces: [], daxDevices: [] }
    const { account, descriptorBytes } = whatIf(plain, [
      { kind: 'struct-page', bytes: 8, folioBytes: 80, folioOrder: 9 },
    ])
    expect(account.totals.fullBytes * 8).toBe(total(plain).fullBytes)
    expect(descriptorBytes).toBe((account.totals.structPages / 512) * 80)
  })
})

describe('hugepages', () => {
  it('save with HVO, up to what the node has', () => {
    const { nodeId, memoryBytes = 0 } = machine.nodes[0] ?? { nodeId: 0 }
    const edits: readonly PlanEdit[] = [
      { kind: 'hvo', isOn: true },
      { kind: 'hugepages', nodeId, sizeBytes: 2 * MIB, count: 1024 },
    ]
    const before = whatIf(machine, edits.slice(0, 1)).account.totals.savedBytes.hvo
    expect(whatIf(machine, edits).account.totals.savedBytes.hvo).toBeGreaterThan(before)
    const count = memoryBytes / GIB + 1
    expect(
      whatIf(machine, [{ kind: 'hugepages', nodeId, sizeBytes: GIB, count }]).refused,
    ).toMatchObject([{ rule: 'no-room' }])
  })
})

it('a DIMM more costs its struct pages', () => {
  const { account, topology, refused } = whatIf(machine, [
    { kind: 'add-dimm', nodeId: 0, sizeBytes: 32 * GIB },
  ])
  expect(refused).toEqual([])
  expect(account.totals.residentBytes - total(machine).residentBytes).toBe(512 * MIB)
  expect(topology.dimms).toHaveLength(machine.dimms.length + 1)
})

it('never fails, and never gives a number that is none, whatever is edited', () => {
  const edits = fc.array(
    fc.oneof(
      fc.record({
        kind: fc.constant('kernel' as const),
        release: fc.constantFrom('5.10', '6.1', '9.9', 'x'),
      }),
      fc.record({ kind: fc.constant('hvo' as const), isOn: fc.boolean() }),
      fc.record({
        kind: fc.constant('page-size' as const),
        bytes: fc.constantFrom(4096, 16384, 3),
      }),
      fc.record({
        kind: fc.constant('hugepages' as const),
        nodeId: fc.nat(3),
        sizeBytes: fc.constantFrom(2 * MIB, GIB),
        count: fc.nat(100000),
      }),
      fc.record({
        kind: fc.constant('namespace' as const),
        id: fc.constantFrom('namespace0.0', 'namespace1.1'),
        mode: fc.constantFrom(
          'raw' as const,
          'sector' as const,
          'fsdax' as const,
          'devdax' as const,
        ),
        map: fc.constantFrom('mem' as const, 'dev' as const),
        alignBytes: fc.constantFrom(4096, 2 * MIB, GIB, 5),
      }),
      fc.record({
        kind: fc.constant('add-namespace' as const),
        regionId: fc.constantFrom('region0', 'region9'),
        rawBytes: fc.constantFrom(0, 16 * MIB, GIB, 2 ** 52),
        mode: fc.constantFrom('raw' as const, 'devdax' as const),
      }),
      fc.record({
        kind: fc.constant('add-dimm' as const),
        nodeId: fc.nat(3),
        sizeBytes: fc.constantFrom(-1, 1, 128 * MIB, 2 ** 51),
      }),
      fc.record({
        kind: fc.constant('struct-page' as const),
        bytes: fc.constantFrom(8, 32, 0, 9999),
      }),
    ),
    { maxLength: 6 },
  )
  fc.assert(
    fc.property(randomMachine, edits, (topology, list) => {
      const { account, refused } = whatIf(topology, list)
      const { residentBytes, fullBytes, ramBytes, deviceBytes } = account.totals
      for (const value of [residentBytes, fullBytes, ramBytes, deviceBytes]) {
        expect(Number.isSafeInteger(value) && value >= 0).toBe(true)
      }
      expect(residentBytes).toBeLessThanOrEqual(fullBytes)
      expect(ramBytes + deviceBytes).toBe(residentBytes)
      for (const { index } of refused) expect(list[index]).toBeDefined()
    }),
    { numRuns: 150 },
  )
})

it('writes the commands that do the same on the machine', () => {
  expect(
    commandsFor({
      kind: 'namespace',
      id: 'namespace0.0',
      mode: 'devdax',
      map: 'mem',
      alignBytes: GIB,
    }),
  ).toEqual([
    'ndctl create-namespace --force --reconfig=namespace0.0 --mode=devdax --map=mem --align=1073741824',
  ])
  expect(commandsFor({ kind: 'dax-mode', id: 'dax0.0', mode: 'system-ram' })).toEqual([
    'daxctl reconfigure-device --force --mode=system-ram dax0.0',
  ])
  expect(
    commandsFor({ kind: 'add-namespace', regionId: 'region0', rawBytes: GIB, mode: 'sector' }),
  ).toEqual(['ndctl create-namespace --region=region0 --size=1073741824 --mode=sector'])
  expect(commandsFor({ kind: 'page-size', bytes: 65536 })).toEqual([])
})
