import type { MemmapAccount } from '../memmap/types'
import { compareIds } from '../model/order'
import type { NumaNode, Topology } from '../model/topology'
import { chooseGeometry, type Geometry } from './geometry'
import { cxlRegionStrips } from './cxl-region-strips'
import { groupBy } from './lookup'
import { hotAddedStrips } from './hot-added-strips'
import { ramStrips } from './ram-strips'
import { regionStrips } from './region-strips'
import type { Row, Strip, StripSpec } from './strips'
import { legibleWidths } from './widths'

/** The plan that all storeys share: rows of strips with places, and the measures of the drawing. */
export interface PlacedPlan {
  readonly geometry: Geometry
  /** The first row is the farthest: read from the top. */
  readonly rows: readonly Row[]
  /** Ends of the longest row (x). */
  readonly x1: number
}

interface RowSpec {
  readonly id: string
  readonly node?: NumaNode
  readonly strips: readonly StripSpec[]
}

/** Lays the memory of a machine out as rows of strips, one row for each node that has a strip or a socket of its own. */
export function planOf(topology: Topology, account: MemmapAccount): PlacedPlan {
  const specs = [
    ...ramStrips(topology, account),
    ...regionStrips(topology, account),
    ...hotAddedStrips(topology, account),
    ...cxlRegionStrips(topology),
  ].filter((strip) => strip.end > strip.start)
  const rows = rowSpecs(topology, specs)
  const sizes = specs.map((strip) => strip.end - strip.start)
  const widest = Math.max(
    1,
    ...rows.map((row) => row.strips.reduce((sum, strip) => sum + strip.end - strip.start, 0)),
  )
  const geometry = chooseGeometry(largest(1, sizes), widest, {
    rowCount: rows.length,
    pageBytes: topology.machine.basePageBytes,
  })
  return placeRows(rows, geometry)
}

/** The largest of many numbers: as arguments of Math.max they would have to fit the stack. */
function largest(least: number, values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), least)
}

function rowSpecs(topology: Topology, specs: readonly StripSpec[]): readonly RowSpec[] {
  const nodes = sortNodes(topology)
  const withCpus = new Set(
    nodes.filter((node) => node.cpuList !== undefined && node.cpuList !== ''),
  )
  const rows: RowSpec[] = []
  const taken = new Set<StripSpec>()
  const stripsOfNode = groupBy(specs, ({ nodeId }) => nodeId)
  for (const node of nodes) {
    const strips = stripsOfNode.get(node.nodeId) ?? []
    for (const strip of strips) taken.add(strip)
    if (strips.length > 0 || withCpus.has(node)) rows.push({ id: node.id, node, strips })
  }
  const rest = specs.filter((strip) => !taken.has(strip))
  if (rows.length === 0 && rest.length === 0 && hasHardware(topology)) {
    return [{ id: topology.machine.id, strips: [] }]
  }
  const only = rows[0]
  if (rest.length === 0) return rows
  if (rows.length === 1 && only !== undefined) {
    return [{ ...only, strips: [...only.strips, ...rest] }]
  }
  return [...rows, ...rest.map((strip) => ({ id: strip.ownerId, strips: [strip] }))]
}

/** Modules of which only firmware or a tool speaks stand in one row. */
function hasHardware({ packages, dimms, nvdimms, cxlMemdevs }: Topology): boolean {
  return [packages, dimms, nvdimms, cxlMemdevs].some((list) => list.length > 0)
}

/** Nodes of one socket stay together, those without CPUs behind the nearest node that has some. */
function sortNodes(topology: Topology): readonly NumaNode[] {
  const withCpus = topology.nodes.filter(({ cpuList }) => cpuList !== undefined && cpuList !== '')
  const socketOfNode = new Map<number, number>()
  topology.packages.forEach(({ nodeIds }, index) => {
    for (const nodeId of nodeIds ?? []) {
      if (!socketOfNode.has(nodeId)) socketOfNode.set(nodeId, index)
    }
  })
  const key = (node: NumaNode) => {
    const home = node.cpuList === '' ? nearestWithCpus(node, withCpus) : node
    return {
      socket: (home === undefined ? undefined : socketOfNode.get(home.nodeId)) ?? Infinity,
      home: home?.nodeId ?? node.nodeId,
      isAway: home === node ? 0 : 1,
    }
  }
  return topology.nodes
    .map((node) => ({ node, ...key(node) }))
    .sort(
      (a, b) =>
        compareNumbers(a.socket, b.socket) ||
        a.isAway - b.isAway ||
        a.home - b.home ||
        compareIds(a.node.id, b.node.id),
    )
    .map(({ node }) => node)
}

function compareNumbers(left: number, right: number): number {
  return left === right ? 0 : left < right ? -1 : 1
}

function nearestWithCpus(node: NumaNode, withCpus: readonly NumaNode[]): NumaNode | undefined {
  let best: NumaNode | undefined
  let bestDistance = Infinity
  for (const other of withCpus) {
    const distance = node.distances?.[String(other.nodeId)] ?? 255
    if (distance < bestDistance) {
      best = other
      bestDistance = distance
    }
  }
  return best
}

function placeRows(specs: readonly RowSpec[], geometry: Geometry): PlacedPlan {
  const others = othersStart(specs, geometry)
  const rows = specs.map((spec, index): Row => {
    const y0 = (specs.length - 1 - index) * geometry.rowPitch
    return {
      id: spec.id,
      ...(spec.node === undefined ? {} : { nodeId: spec.node.nodeId }),
      y0,
      y1: y0 + geometry.depth,
      strips: placeStrips(spec.strips, geometry, others),
    }
  })
  const ends = rows.flatMap((row) => row.strips.map((strip) => strip.x1))
  return { geometry, rows, x1: largest(geometry.depth * 3, ends) }
}

/** Regions and hot-added memory start at the same x in every row that has RAM and them, like a second column. */
function othersStart(specs: readonly RowSpec[], geometry: Geometry): number {
  const widths = specs
    .filter((row) => row.strips.some((strip) => strip.kind !== 'ram'))
    .map((row) =>
      row.strips
        .filter((strip) => strip.kind === 'ram')
        .reduce((sum, strip) => sum + exactWidth(strip, geometry) + geometry.stripGap, 0),
    )
  return largest(0, widths)
}

function exactWidth(strip: StripSpec, geometry: Geometry): number {
  return Math.max((strip.end - strip.start) / geometry.squareBytes, geometry.minimumWidth * 3)
}

function placeStrips(
  specs: readonly StripSpec[],
  geometry: Geometry,
  othersX: number,
): readonly Strip[] {
  let x = 0
  let isOther = false
  return specs.map((spec) => {
    if (spec.kind !== 'ram' && !isOther) {
      isOther = true
      x = Math.max(x, othersX)
    }
    const strip = placeStrip(spec, x, geometry)
    x = strip.x1 + geometry.stripGap
    return strip
  })
}

function placeStrip(spec: StripSpec, x0: number, geometry: Geometry): Strip {
  const total = exactWidth(spec, geometry)
  const bytes = spec.end - spec.start
  const widths = legibleWidths(
    spec.pieces.map((piece) => ((piece.end - piece.start) / bytes) * total),
    geometry.minimumWidth,
  )
  let x = x0
  const pieces = spec.pieces.map((piece, index) => {
    const width = widths[index]?.width ?? 0
    const placed = {
      ...piece,
      x0: x,
      x1: x + width,
      isEnlarged: widths[index]?.isEnlarged ?? false,
    }
    x += width
    return placed
  })
  return { ...spec, x0, x1: x0 + total, pieces }
}
