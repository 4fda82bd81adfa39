/** What `numactl -H` prints of one node; MB are 2^20 bytes, rounded down (numactl.c print_node_memory, numactl 2.0.16). */
export interface HardwareNode {
  readonly nodeId: number
  readonly cpuIds?: readonly number[]
  readonly sizeMib?: number
  readonly freeMib?: number
  readonly distances?: Readonly<Record<string, number>>
}

const NODE_LINE = /^node (\d{1,7}) (cpus|size|free):(.*)$/
const MIB_COUNT = /^\s*(\d{1,12}) MB$/
const MOST_NODES = 4096
/** MAX_NUMNODES is 1024 and CPUs end at 8192; the lists of a stranger end, too. */
const MOST_CPUS = 1 << 16

/** The nodes of every output in a text, in the order of their first lines. Lines of other tools are passed over. */
export function hardwareNodes(text: string): readonly HardwareNode[] {
  const nodes = new Map<number, Record<string, unknown>>()
  const put = (nodeId: number, key: keyof HardwareNode, value: unknown) => {
    const known = nodes.get(nodeId)
    if (known !== undefined) known[key] ??= value
    else if (nodes.size < MOST_NODES) nodes.set(nodeId, { nodeId, [key]: value })
  }
  let columns: readonly number[] | undefined
  for (const line of text.split('\n')) {
    const trimmed = line.trim()
    const [, node, key, value = ''] = NODE_LINE.exec(trimmed) ?? []
    if (node !== undefined) {
      if (key === 'cpus') put(Number(node), 'cpuIds', numbersOf(value))
      else put(Number(node), key === 'size' ? 'sizeMib' : 'freeMib', mibOf(value))
      continue
    }
    if (/^node( +\d+)+$/.test(trimmed)) {
      columns = numbersOf(trimmed.slice('node'.length))
      continue
    }
    const row = columns === undefined ? undefined : distanceRow(trimmed, columns)
    if (row === undefined) columns = undefined
    else put(row.nodeId, 'distances', row.distances)
  }
  return [...nodes.values()] as unknown as readonly HardwareNode[]
}

function numbersOf(text: string): readonly number[] | undefined {
  const words = text.trim() === '' ? [] : text.trim().split(/\s+/)
  if (words.length > MOST_CPUS || !words.every((word) => /^\d{1,7}$/.test(word))) return undefined
  return [...new Set(words.map(Number))].sort((a, b) => a - b)
}

function mibOf(text: string): number | undefined {
  const [, digits] = MIB_COUNT.exec(text) ?? []
  const bytes = digits === undefined ? undefined : Number(digits) * 2 ** 20
  return bytes !== undefined && Number.isSafeInteger(bytes) ? Number(digits) : undefined
}

function distanceRow(
  line: string,
  columns: readonly number[],
): { readonly nodeId: number; readonly distances: HardwareNode['distances'] } | undefined {
  const [, node, rest = ''] = /^(\d{1,7}):((?: +\d{1,9})*)$/.exec(line) ?? []
  const values = rest.trim().split(/ +/)
  if (node === undefined || values.length !== columns.length) return undefined
  // Zero is not a distance: libnuma gives it for a node that it could not read.
  const known = columns
    .map((column, index) => [String(column), Number(values[index])] as const)
    .filter(([, distance]) => distance > 0)
  return { nodeId: Number(node), distances: Object.fromEntries(known) }
}
