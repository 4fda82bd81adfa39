import { formatBytes, formatCount } from '../model/units'
import type { Summary, SummaryDimm, SummaryNamespace, SummaryNode } from './types'

/** The summary for people: what the machine is, its nodes, its namespaces, and what its struct pages cost. Ends with a newline. */
export function summaryText(summary: Summary): string {
  const sections = [
    machineLines(summary),
    nodeLines(summary.numaNodes),
    dimmLines(summary.dimms),
    cxlLines(summary.cxl),
    namespaceLines(summary.namespaces),
    memmapLines(summary),
    diagnosticLines(summary),
  ]
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map(printable).join('\n'))
    .join('\n\n')}\n`
}

/** Names come from strangers: control characters would move the terminal's cursor or change its colours. */
function printable(line: string): string {
  return line.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '?')
}

function machineLines({ input, machine, totals }: Summary): readonly string[] {
  const facts = [
    machine.product,
    machine.kernelRelease === undefined ? undefined : `Linux ${machine.kernelRelease}`,
    machine.arch,
    machine.basePageBytes === undefined ? undefined : `${formatBytes(machine.basePageBytes)} pages`,
  ].filter((fact) => fact !== undefined)
  const counts = [
    totals.memoryBytes === undefined ? undefined : `${formatBytes(totals.memoryBytes)} memory`,
    plural(totals.packages, 'package'),
    plural(totals.cpus, 'CPU'),
    plural(totals.numaNodes, 'NUMA node'),
    plural(totals.dimms, 'DIMM'),
    plural(totals.pmemRegions, 'PMEM region'),
    plural(totals.namespaces, 'namespace'),
    plural(totals.cxlMemdevs, 'CXL device'),
    plural(totals.p2pProviders, 'P2PDMA provider'),
    totals.memoryBlocks === undefined || totals.memoryBlockBytes === undefined
      ? plural(totals.memoryBlocks, 'memory block')
      : `${plural(totals.memoryBlocks, 'memory block')} of ${formatBytes(totals.memoryBlockBytes)}`,
  ].filter((count) => count !== undefined)
  const name = machine.hostname ?? input.name
  return [`${name}  ${facts.join(' · ')}`.trimEnd(), `  ${counts.join(' · ')}`]
}

function plural(count: number | undefined, noun: string): string | undefined {
  return count === undefined ? undefined : `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
}

function nodeLines(nodes: readonly SummaryNode[]): readonly string[] {
  if (nodes.length === 0) return []
  return [
    'nodes',
    ...table(
      nodes.map((node) => [
        `node${node.id}`,
        node.memoryBytes === undefined ? '' : formatBytes(node.memoryBytes),
        node.kinds?.join('+') ?? '',
        node.cpulist === undefined ? '' : node.cpulist === '' ? 'no CPUs' : `CPUs ${node.cpulist}`,
        node.distances === undefined ? '' : `distances ${Object.values(node.distances).join(' ')}`,
        (node.hugepages ?? [])
          .filter(({ total }) => total > 0)
          .map(({ sizeBytes, total }) => `${total} × ${formatBytes(sizeBytes)} hugepages`)
          .join(', '),
        (node.memorySideCaches ?? [])
          .map(({ level, sizeBytes }) => `L${level} cache ${formatBytes(sizeBytes)}`)
          .join(', '),
        node.hiddenByHwloc === undefined ? '' : `not in lstopo: ${node.hiddenByHwloc}`,
      ]),
    ),
  ]
}

/** Equal modules share a line. */
function dimmLines(dimms: readonly SummaryDimm[]): readonly string[] {
  if (dimms.length === 0) return []
  const groups = new Map<string, { readonly cells: readonly string[]; locators: string[] }>()
  for (const dimm of dimms) {
    const cells = [
      dimm.sizeBytes === 0
        ? 'empty'
        : dimm.sizeBytes === undefined
          ? ''
          : formatBytes(dimm.sizeBytes),
      [dimm.type, dimm.technology].filter((word) => word !== undefined).join(' '),
      dimm.speedMTs === undefined ? '' : `${dimm.speedMTs} MT/s`,
      dimm.manufacturer ?? '',
      dimm.partNumber ?? '',
    ]
    const key = cells.join('\n')
    const group = groups.get(key) ?? { cells, locators: [] }
    group.locators.push(dimm.locator ?? '?')
    groups.set(key, group)
  }
  return [
    'memory modules',
    ...table(
      [...groups.values()].map(({ cells, locators }) => [
        `${locators.length} ×`,
        ...cells,
        locators.slice(0, 6).join(', ') + (locators.length > 6 ? ', …' : ''),
      ]),
    ),
  ]
}

function cxlLines(cxl: Summary['cxl']): readonly string[] {
  if (cxl === undefined || cxl.memdevs.length + cxl.regions.length + cxl.windows === 0) return []
  return [
    `CXL  ${plural(cxl.windows, 'window')} · ${plural(cxl.decoders, 'decoder')}`,
    ...table([
      ...cxl.memdevs.map((memdev) => [
        memdev.id,
        memdev.ramBytes === undefined ? '' : `ram ${formatBytes(memdev.ramBytes)}`,
        memdev.pmemBytes === undefined ? '' : `pmem ${formatBytes(memdev.pmemBytes)}`,
        memdev.serial === undefined ? '' : `serial ${memdev.serial}`,
      ]),
      ...cxl.regions.map((region) => [
        region.id,
        region.type ?? '',
        region.sizeBytes === undefined ? '' : formatBytes(region.sizeBytes),
        region.interleaveWays === undefined ? '' : `${region.interleaveWays}-way`,
        region.memdevs?.join(', ') ?? '',
      ]),
    ]),
  ]
}

function namespaceLines(namespaces: readonly SummaryNamespace[]): readonly string[] {
  if (namespaces.length === 0) return []
  return [
    'namespaces',
    ...table(
      namespaces.map((namespace) => [
        namespace.id,
        namespace.mode ?? '',
        namespace.map === undefined || namespace.map === 'none' ? '' : `map=${namespace.map}`,
        namespace.alignBytes === undefined ? '' : `align ${formatBytes(namespace.alignBytes)}`,
        namespace.rawBytes === undefined ? '' : `raw ${formatBytes(namespace.rawBytes)}`,
        namespace.usableBytes === undefined ? '' : `usable ${formatBytes(namespace.usableBytes)}`,
        namespace.memmap === undefined
          ? ''
          : namespace.memmap.residentBytes === 0
            ? 'no struct pages'
            : `struct pages ${formatBytes(namespace.memmap.residentBytes)}`,
      ]),
    ),
  ]
}

function memmapLines({ memmap }: Summary): readonly string[] {
  if (memmap === undefined) return []
  const places = Object.entries(memmap.byNode).map(([place, bytes]) => {
    const where = /^\d+$/.test(place)
      ? `node ${place}`
      : place === 'device'
        ? 'on devices'
        : `${place} node`
    return [where, formatBytes(bytes), `${bytes} B`]
  })
  const estimated = memmap.certainty === 'estimated' ? ' (estimated)' : ''
  const { hvo, daxDedup } = memmap.savedBytes
  const atMost = memmap.certainty === 'upper-bound' ? 'at most ' : ''
  return [
    `struct pages  ${formatBytes(memmap.residentBytes)} resident${estimated} of ${formatBytes(memmap.fullBytes)}`,
    ...table([
      ...places,
      ...(hvo > 0 ? [['saved by HVO', `${atMost}${formatBytes(hvo)}`, `${hvo} B`]] : []),
      ...(daxDedup > 0 ? [['saved by device-dax', formatBytes(daxDedup), `${daxDedup} B`]] : []),
      ...(memmap.pageTableBytes > 0
        ? [['page tables', formatBytes(memmap.pageTableBytes), `${memmap.pageTableBytes} B`]]
        : []),
      ...(memmap.measured === undefined
        ? []
        : [
            [
              'kernel counters',
              formatBytes(memmap.measured.residentBytes),
              `${memmap.measured.residentBytes} B`,
              memmap.measured.source,
            ],
            ...memmap.measured.explained.map(({ bytes, text }) => [
              '  of it',
              signed(bytes),
              `${bytes} B`,
              text,
            ]),
            ...(memmap.measured.unexplainedBytes === 0
              ? []
              : [
                  [
                    '  of it',
                    signed(memmap.measured.unexplainedBytes),
                    `${memmap.measured.unexplainedBytes} B`,
                    'not explained',
                  ],
                ]),
          ]),
    ]),
  ]
}

/** `+6 MiB`, `−12 KiB`. */
function signed(bytes: number): string {
  return `${bytes < 0 ? '−' : '+'}${formatBytes(Math.abs(bytes))}`
}

function diagnosticLines({ diagnostics }: Summary): readonly string[] {
  return diagnostics.map(
    ({ severity, where, message }) => `${severity}: ${where}: ${message.slice(0, 400)}`,
  )
}

/** Aligns columns with two spaces between and two before. Empty trailing cells leave no blanks. */
function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows.reduce<number[]>((known, row) => {
    row.forEach((cell, index) => (known[index] = Math.max(known[index] ?? 0, cell.length)))
    return known
  }, [])
  return rows.map((row) =>
    `  ${row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ')}`.trimEnd(),
  )
}
