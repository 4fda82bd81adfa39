import { accountMemmap } from '../../memmap/account'
import { refused, type Refusal } from '../../memmap/geometry-refusal'
import { kernelRulesOf, type KernelRules } from '../../memmap/kernel-rules'
import { parseKernelVersion } from '../../memmap/kernel-version'
import { selfHostedBlock } from '../../memmap/memmap-on-memory'
import { BASE_PAGE_SIZES } from '../../memmap/rules/base-page-sizes'
import type { MemmapAccount } from '../../memmap/types'
import type { Machine, Topology } from '../../model/topology'
import { formatBytes } from '../../model/units'
import type { PlanEdit, RefusedEdit } from './edit'
import { addDimm, setHugepages, withoutFields } from './edit-memory'
import { addNamespace, reshapeNamespace } from './edit-namespace'

/** A machine as it would be, and what its struct pages would cost. */
export interface WhatIf {
  readonly topology: Topology
  readonly account: MemmapAccount
  readonly refused: readonly RefusedEdit[]
  /** Folio descriptors beside smaller struct pages: hypothetical (DOMAIN §10.6). */
  readonly descriptorBytes?: number
}

/** Applies edits in order to a copy; those that the kernel would refuse are left out and named. */
export function whatIf(base: Topology, edits: readonly PlanEdit[]): WhatIf {
  let topology = edits.length === 0 ? base : forgetMeasurements(base)
  const refusedEdits: RefusedEdit[] = []
  for (const [index, edit] of edits.entries()) {
    const edited = applyEdit(topology, edit, kernelRulesOf(topology.machine))
    if ('reason' in edited) {
      const { rule, reason } = edited
      const objectId = 'id' in edit ? edit.id : 'regionId' in edit ? edit.regionId : undefined
      refusedEdits.push({ index, rule, reason, ...(objectId === undefined ? {} : { objectId }) })
    } else {
      topology = edited
    }
  }
  const account = accountMemmap(topology)
  const descriptorBytes = descriptorBytesOf(edits, account)
  return {
    topology,
    account,
    refused: refusedEdits,
    ...(descriptorBytes === undefined ? {} : { descriptorBytes }),
  }
}

/** The kernel's counters speak of the machine as it was. */
function forgetMeasurements(topology: Topology): Topology {
  const { nr_memmap_pages: _, nr_memmap_boot_pages: __, ...vmstat } = topology.vmstat
  return { ...topology, vmstat }
}

function applyEdit(topology: Topology, edit: PlanEdit, rules: KernelRules): Topology | Refusal {
  const { machine } = topology
  const withMachine = (changes: Partial<Machine>): Topology => ({
    ...topology,
    machine: { ...machine, ...changes },
  })
  switch (edit.kind) {
    case 'kernel':
      if (parseKernelVersion(edit.release) === undefined) {
        return refused('no-such-kernel', `'${edit.release}' is not a kernel release`)
      }
      // What the log said is of the other kernel.
      return {
        ...topology,
        machine: {
          ...withoutFields(machine, ['hugetlbFreeableBytes']),
          kernelRelease: edit.release,
        },
      }
    case 'page-size':
      return setPageSize(topology, edit.bytes, rules)
    case 'hvo':
      if (edit.isOn && rules.hvoKeptPages === undefined) {
        return refused('no-hvo', 'this kernel, architecture or struct page size has no HVO')
      }
      return withMachine({ hugetlbOptimizeVmemmap: edit.isOn })
    case 'memmap-on-memory':
      return setMemmapOnMemory(topology, edit.isOn, rules)
    case 'struct-page':
      if (edit.bytes < 1 || edit.bytes > rules.basePageBytes) {
        return refused('struct-page-too-large', 'a struct page has 1 byte to one page')
      }
      return withMachine({ structPageBytes: edit.bytes })
    case 'hugepages':
      return setHugepages(topology, edit.nodeId, edit)
    case 'namespace':
      return reshapeNamespace(topology, edit.id, { shape: edit, rules })
    case 'add-namespace':
      return addNamespace(topology, edit.regionId, { rawBytes: edit.rawBytes, shape: edit, rules })
    case 'dax-mode':
      if (!topology.daxDevices.some(({ id }) => id === edit.id)) {
        return refused('no-such-object', `there is no ${edit.id}`)
      }
      return {
        ...topology,
        daxDevices: topology.daxDevices.map((device) =>
          device.id === edit.id ? { ...device, mode: edit.mode } : device,
        ),
      }
    case 'add-dimm':
      return addDimm(topology, edit.nodeId, { sizeBytes: edit.sizeBytes, rules })
  }
}

/** Another base page; every fsdax and devdax namespace is made anew, and hugepages that no longer exist are gone. */
function setPageSize(topology: Topology, bytes: number, rules: KernelRules): Topology | Refusal {
  const sizes = BASE_PAGE_SIZES[rules.architecture]
  if (!sizes.includes(bytes)) {
    return refused(
      'no-such-base-page',
      `${rules.architecture} has no base page of ${formatBytes(bytes)}; it has ${sizes.map(formatBytes).join(', ')}`,
    )
  }
  const machine = {
    ...withoutFields(topology.machine, ['hugetlbFreeableBytes', 'hugetlbSections']),
    basePageBytes: bytes,
  }
  const newRules = kernelRulesOf(machine)
  let changed: Topology = {
    ...topology,
    machine,
    nodes: topology.nodes.map((node) => ({
      ...node,
      hugepagePools: (node.hugepagePools ?? []).filter(({ sizeBytes }) => sizeBytes > bytes),
    })),
  }
  for (const { id, mode, map, alignBytes } of topology.namespaces) {
    if (mode !== 'fsdax' && mode !== 'devdax') continue
    const shape = {
      mode,
      ...(map === 'mem' || map === 'dev' ? { map } : {}),
      alignBytes: Math.max(alignBytes ?? 0, newRules.pmdBytes),
    }
    const reshaped = reshapeNamespace(changed, id, { shape, rules: newRules })
    if ('reason' in reshaped) return { ...reshaped, reason: `${id}: ${reshaped.reason}` }
    changed = reshaped
  }
  return changed
}

function setMemmapOnMemory(
  topology: Topology,
  isOn: boolean,
  rules: KernelRules,
): Topology | Refusal {
  if (isOn) {
    if (!rules.kmemHonoursMemmapOnMemory) {
      return refused('memmap-on-memory-ignored', 'kmem of this kernel ignores memmap_on_memory')
    }
    const block = selfHostedBlock(
      topology.machine.memoryBlockBytes ?? rules.sectionBytes,
      'Y',
      rules,
    )
    if (block.kind === 'refused') return block
  }
  return {
    ...topology,
    machine: { ...topology.machine, memmapOnMemory: isOn ? 'Y' : 'N' },
    daxDevices: topology.daxDevices.map((device) => ({ ...device, memmapOnMemory: isOn })),
  }
}

function descriptorBytesOf(
  edits: readonly PlanEdit[],
  { extents }: MemmapAccount,
): number | undefined {
  const edit = edits.findLast((item) => item.kind === 'struct-page')
  if (edit?.kind !== 'struct-page' || edit.folioBytes === undefined) return undefined
  const { folioBytes, folioOrder = 0 } = edit
  const pages = extents.reduce((sum, { structPages }) => sum + structPages, 0)
  return Math.ceil(pages / 2 ** folioOrder) * folioBytes
}
