import { accountMemmap } from '../memmap/account'
import { refused } from '../memmap/geometry-refusal'
import { selfHostedBlock } from '../memmap/memmap-on-memory'
import { emptyTopology } from '../model/empty-topology'
import type { DaxDevice } from '../model/topology'
import { formatBytes, formatCount } from '../model/units'
import type { PlanSubject } from './plan-subject'
import { machineOptions, plannedMachine } from './planned-machine'

/** A dax device that is to become system RAM (DOMAIN §2.4, §7). */
export const systemRamSubject: PlanSubject = {
  id: 'system-ram',
  title: 'device memory as system RAM: whole blocks and their struct pages',
  options: [
    { name: 'start', title: 'physical address', kind: 'address', isRequired: true },
    { name: 'size', title: 'size of the dax device', kind: 'size', isRequired: true },
    { name: 'block', title: 'size of a memory block', kind: 'size', isRequired: true },
    {
      name: 'memmap-on-memory',
      title: 'each block holds its own struct pages',
      kind: 'flag',
    },
    ...machineOptions,
  ],
  plan(input) {
    const planned = plannedMachine(input)
    if (planned.kind === 'refused') return planned
    const { machine, rules } = planned
    const start = input.number('start') ?? 0
    const sizeBytes = input.number('size') ?? 0
    const blockBytes = input.number('block') ?? 0
    if (blockBytes < rules.sectionBytes || !Number.isInteger(Math.log2(blockBytes))) {
      return refused(
        'block-not-supported',
        `a memory block of ${formatBytes(blockBytes)} is no power of two of at least one section (${formatBytes(rules.sectionBytes)})`,
      )
    }
    const isWanted = input.isSet('memmap-on-memory')
    const block = isWanted ? selfHostedBlock(blockBytes, 'Y', rules) : undefined
    const isHonoured = block?.kind === 'self-hosted' && rules.kmemHonoursMemmapOnMemory
    const device: DaxDevice = {
      id: 'dax0.0',
      mode: 'system-ram',
      startAddress: start,
      sizeBytes,
      ranges: [{ start, end: start + sizeBytes }],
      targetNode: 1,
      memmapOnMemory: isHonoured,
      sources: {},
    }
    const { totals, extents } = accountMemmap(
      emptyTopology({
        machine: { ...machine, memoryBlockBytes: blockBytes, memmapOnMemory: 'Y' },
        daxDevices: [device],
      }),
    )
    const memoryBytes = extents.reduce((sum, extent) => sum + extent.memoryBytes, 0)
    const blocks = memoryBytes / blockBytes
    if (blocks === 0) {
      return refused(
        'no-whole-block',
        `no whole block of ${formatBytes(blockBytes)} lies in ${formatBytes(sizeBytes)} from this address`,
      )
    }
    const reservedBytes = isHonoured ? blocks * block.reservedBytes : 0
    const lostBytes = sizeBytes - memoryBytes
    return {
      kind: 'plan',
      figures: {
        blocks,
        usableBytes: memoryBytes - reservedBytes,
        lostBytes,
        structPages: totals.structPages,
        fullBytes: totals.fullBytes,
        residentBytes: totals.residentBytes,
        ramBytes: totals.ramBytes,
        deviceBytes: totals.deviceBytes,
      },
      assumed: input.assumed,
      notes: [
        ...rules.notes,
        ...(isWanted && !isHonoured
          ? [
              block?.kind === 'refused'
                ? `the kernel ignores memmap_on_memory here: ${block.reason}`
                : 'kmem of this kernel ignores memmap_on_memory',
            ]
          : []),
      ],
      derivation: [
        {
          text: `${formatCount(blocks)} whole blocks of ${formatBytes(blockBytes)}; ${formatBytes(lostBytes)} at the ends are lost`,
          rule: 'drivers/dax/kmem.c, dax_kmem_range',
        },
        ...extents.flatMap(({ derivation }) => derivation),
      ],
    }
  },
}
