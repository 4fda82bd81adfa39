import type { DistanceMatrix } from '../../model/topology'
import { FactSheet } from '../facts'
import type { Place } from './place'
import type { HwlocMatrix, HwlocTopology } from './topology'

/** Bits of hwloc_distances_kind_e (hwloc/distances.h); the last is new in hwloc 3. */
const KIND_LATENCY = 4
const KIND_BANDWIDTH = 8
const KIND_HOPS = 32

/** The kernel's distance of a node to itself (include/linux/topology.h, LOCAL_DISTANCE). */
const LOCAL_DISTANCE = 10

export interface MatrixFacts {
  /** By node id, for each node id of the latency matrix. */
  readonly distances: ReadonlyMap<number, Readonly<Record<string, number>>>
  readonly matrices: readonly DistanceMatrix[]
}

/** The first latency matrix between nodes that begins at 10 is the kernel's; all others stand for themselves. */
export function matrixFacts(topology: HwlocTopology, place: Place): MatrixFacts {
  const isKernels = (matrix: HwlocMatrix) =>
    (matrix.kind & KIND_LATENCY) !== 0 &&
    matrix.indexing === 'os' &&
    matrix.members.every((member) => /^NUMANode:\d+$/.test(member)) &&
    matrix.members.every(
      (_, at) => matrix.values[at * matrix.members.length + at] === LOCAL_DISTANCE,
    )
  const kernels = topology.matrices.find(isKernels)
  const names = new Map<string, number>()
  return {
    distances: kernels === undefined ? new Map() : distancesOf(kernels),
    matrices: topology.matrices
      .filter((matrix) => matrix !== kernels)
      .map((matrix) => matrixFact(matrix, { topology, place, names })),
  }
}

function distancesOf({
  members,
  values,
}: HwlocMatrix): ReadonlyMap<number, Readonly<Record<string, number>>> {
  const ids = members.map((member) => Number(member.split(':')[1]))
  return new Map(
    ids.map((id, row) => [
      id,
      Object.fromEntries(
        ids.map((other, column) => [other, values[row * ids.length + column] ?? 0]),
      ),
    ]),
  )
}

function matrixFact(
  matrix: HwlocMatrix,
  {
    topology,
    place,
    names,
  }: {
    readonly topology: HwlocTopology
    readonly place: Place
    readonly names: Map<string, number>
  },
): DistanceMatrix {
  const types = [...new Set(matrix.members.map((member) => member.split(':')[0] ?? ''))]
  const wanted = (matrix.name ?? `between ${types.join(', ')}`).slice(0, 100)
  const uses = (names.get(wanted) ?? 0) + 1
  names.set(wanted, uses)
  const name = uses === 1 ? wanted : `${wanted} (${uses})`
  const source = place.source(matrix.line, 'distances')
  const measures =
    (matrix.kind & KIND_BANDWIDTH) !== 0
      ? 'bandwidth'
      : (matrix.kind & KIND_HOPS) !== 0
        ? 'hops'
        : (matrix.kind & KIND_LATENCY) !== 0
          ? 'latency'
          : undefined
  const known = knownIds(topology, matrix.indexing)
  return new FactSheet<DistanceMatrix>(`matrix:${name}`)
    .set('name', name, source)
    .set('measures', measures, source)
    .set(
      'members',
      matrix.members.map((member) => known.get(member) ?? member),
      source,
    )
    .set('values', matrix.values, source)
    .finish()
}

/** Ids of this model by hwloc's `Type:index`. */
function knownIds(topology: HwlocTopology, indexing: 'os' | 'gp'): ReadonlyMap<string, string> {
  const { nodes, packages, devices } = topology
  return new Map(
    [...nodes, ...packages, ...devices].flatMap(({ type, osIndex, gpIndex, name }) => {
      const index = indexing === 'os' ? osIndex : gpIndex
      const id =
        type === 'OSDev' ? name : `${type === 'NUMANode' ? 'node' : 'package'}${osIndex ?? '?'}`
      return index === undefined || id === undefined ? [] : [[`${type}:${index}`, id] as const]
    }),
  )
}
