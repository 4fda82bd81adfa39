import { parseKernelVersion } from '../../shared/memmap/kernel-version'
import { parseSize } from '../../shared/model/parse-size'
import type { Topology } from '../../shared/model/topology'
import { KIB, formatBytes } from '../../shared/model/units'
import type { NamespaceShape, PlanEdit } from '../../shared/plan/what-if/edit'
import type { ObjectEntry } from '../document/object-index'

/** One field of a form: a choice, or text that is read when the form is applied. */
export interface EditField {
  readonly name: string
  readonly label: string
  readonly choices?: readonly string[]
  /** What stands in it at first: what the machine has. */
  readonly value: string
}

/** A change that can be made to the selected object. */
export interface EditForm {
  readonly id: string
  readonly title: string
  readonly fields: readonly EditField[]
  /** The edit for what stands in the fields, or what is wrong with it. */
  make(values: Readonly<Record<string, string>>): PlanEdit | { readonly problem: string }
}

/** The changes that make sense for an object; those of the machine for nothing selected. */
export function editForms(entry: ObjectEntry, topology: Topology): readonly EditForm[] {
  switch (entry.kind) {
    case 'machine':
      return machineForms(topology)
    case 'node':
      return [hugepagesForm(entry.object.nodeId, topology), dimmForm(entry.object.nodeId)]
    case 'region':
      return [
        {
          id: 'add-namespace',
          title: 'Add a namespace',
          fields: [{ name: 'raw', label: 'raw size', value: '' }, ...shapeFields('devdax', 'dev')],
          make: (values) => {
            const rawBytes = parseSize(values['raw'] ?? '')
            const shape = readShape(values)
            if ('problem' in shape) return shape
            return rawBytes === undefined
              ? { problem: 'write a raw size such as 64GiB' }
              : { kind: 'add-namespace', regionId: entry.object.id, rawBytes, ...shape }
          },
        },
      ]
    case 'namespace': {
      const { id, mode, map, alignBytes } = entry.object
      return [
        {
          id: 'namespace',
          title: 'Make it anew',
          fields: shapeFields(mode ?? 'fsdax', map === 'mem' ? 'mem' : 'dev', alignBytes),
          make: (values) => {
            const shape = readShape(values)
            return 'problem' in shape ? shape : { kind: 'namespace', id, ...shape }
          },
        },
      ]
    }
    case 'dax-device': {
      const { id, mode } = entry.object
      return [
        {
          id: 'dax-mode',
          title: 'Use it for something else',
          fields: [
            {
              name: 'mode',
              label: 'mode',
              choices: ['devdax', 'system-ram'],
              value: mode === 'system-ram' ? 'devdax' : 'system-ram',
            },
          ],
          make: ({ mode: chosen }) => ({
            kind: 'dax-mode',
            id,
            mode: chosen === 'devdax' ? 'devdax' : 'system-ram',
          }),
        },
      ]
    }
    default:
      return []
  }
}

function machineForms({ machine }: Topology): readonly EditForm[] {
  return [
    {
      id: 'kernel',
      title: 'Another kernel',
      fields: [{ name: 'release', label: 'release', value: machine.kernelRelease ?? '' }],
      make: ({ release = '' }) =>
        parseKernelVersion(release.trim()) === undefined
          ? { problem: 'write a release such as 6.12' }
          : { kind: 'kernel', release: release.trim() },
    },
    onOff('hvo', 'HVO (vm.hugetlb_optimize_vmemmap)', machine.hugetlbOptimizeVmemmap !== true),
    onOff(
      'memmap-on-memory',
      'memmap_on_memory',
      machine.memmapOnMemory === undefined || machine.memmapOnMemory === 'N',
    ),
    {
      id: 'page-size',
      title: 'Another base page',
      fields: [
        {
          name: 'bytes',
          label: 'base page',
          choices: ['4 KiB', '16 KiB', '64 KiB'],
          value: formatBytes(machine.basePageBytes ?? 4 * KIB),
        },
      ],
      make: ({ bytes = '' }) => ({ kind: 'page-size', bytes: parseSize(bytes) ?? 4 * KIB }),
    },
    {
      id: 'struct-page',
      title: 'Smaller struct pages (hypothetical)',
      fields: [
        { name: 'bytes', label: 'sizeof(struct page)', choices: ['64', '32', '8'], value: '32' },
        { name: 'folio', label: 'bytes of a folio', value: '80' },
        { name: 'order', label: 'order of the folios', value: '0' },
      ],
      make: ({ bytes = '', folio = '', order = '' }) => {
        if (!/^\d{1,4}$/.test(folio) || !/^\d{1,2}$/.test(order)) {
          return { problem: 'write whole numbers' }
        }
        const size = Number(bytes)
        // Today's struct page holds the folio itself.
        return size === 64
          ? { kind: 'struct-page', bytes: size }
          : {
              kind: 'struct-page',
              bytes: size,
              folioBytes: Number(folio),
              folioOrder: Number(order),
            }
      },
    },
  ]
}

function onOff(kind: 'hvo' | 'memmap-on-memory', title: string, isOn: boolean): EditForm {
  return {
    id: kind,
    title,
    fields: [{ name: 'state', label: 'state', choices: ['on', 'off'], value: isOn ? 'on' : 'off' }],
    make: ({ state }) => ({ kind, isOn: state === 'on' }),
  }
}

function hugepagesForm(nodeId: number, { nodes, machine }: Topology): EditForm {
  const pools = nodes.find((node) => node.nodeId === nodeId)?.hugepagePools ?? []
  const sizes = [
    ...new Set([
      ...pools.map(({ sizeBytes }) => sizeBytes),
      ...(machine.hugepagePools ?? []).map(({ sizeBytes }) => sizeBytes),
    ]),
  ].sort((a, b) => a - b)
  const choices = sizes.length === 0 ? ['2 MiB', '1 GiB'] : sizes.map(formatBytes)
  const first = pools.find(({ sizeBytes }) => formatBytes(sizeBytes) === choices[0])
  return {
    id: 'hugepages',
    title: 'A hugepage pool',
    fields: [
      { name: 'size', label: 'hugepage', choices, value: choices[0] ?? '' },
      { name: 'count', label: 'number', value: String(first?.total ?? 0) },
    ],
    make: ({ size = '', count = '' }) => {
      const sizeBytes = parseSize(size)
      if (!/^\d{1,12}$/.test(count.trim()) || sizeBytes === undefined) {
        return { problem: 'write a whole number of hugepages' }
      }
      return { kind: 'hugepages', nodeId, sizeBytes, count: Number(count) }
    },
  }
}

function dimmForm(nodeId: number): EditForm {
  return {
    id: 'add-dimm',
    title: 'Add a DIMM',
    fields: [{ name: 'size', label: 'size', value: '64GiB' }],
    make: ({ size = '' }) => {
      const sizeBytes = parseSize(size)
      return sizeBytes === undefined
        ? { problem: 'write a size such as 64GiB' }
        : { kind: 'add-dimm', nodeId, sizeBytes }
    },
  }
}

function shapeFields(mode: string, map: string, alignBytes?: number): readonly EditField[] {
  return [
    { name: 'mode', label: 'mode', choices: ['fsdax', 'devdax', 'sector', 'raw'], value: mode },
    { name: 'map', label: 'struct pages in', choices: ['dev', 'mem'], value: map },
    {
      name: 'align',
      label: 'alignment',
      choices: ['4 KiB', '2 MiB', '1 GiB'],
      value: alignBytes === undefined ? '2 MiB' : formatBytes(alignBytes),
    },
  ]
}

function readShape(
  values: Readonly<Record<string, string>>,
): NamespaceShape | { readonly problem: string } {
  const { mode, map, align = '' } = values
  const alignBytes = parseSize(align)
  if (mode === 'sector' || mode === 'raw') return { mode }
  if ((mode !== 'fsdax' && mode !== 'devdax') || alignBytes === undefined) {
    return { problem: 'choose a mode and an alignment' }
  }
  return { mode, map: map === 'mem' ? 'mem' : 'dev', alignBytes }
}
