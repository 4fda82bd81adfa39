import { formatIdList, parseIdList } from '../../model/id-list'
import type { DerivedSource, ReadSource } from '../../model/source'
import type { CpuPackage, Machine, NumaNode } from '../../model/topology'
import { FactSheet, type Facts } from '../facts'
import type { LscpuCpu } from './cpu-table'
import { NODE_CPUS, type LscpuFields } from './summary'

/** What the summary tells. */
export function factsOfFields(fields: LscpuFields, path: string): Facts {
  const online = parseIdList(fields.get('On-line CPU(s) list') ?? 'unknown')
  const cpusByNode = [...fields].flatMap(([key, value]) => {
    const node = NODE_CPUS.exec(key)?.[1]
    const cpuIds = parseIdList(value)
    return node === undefined || cpuIds === undefined ? [] : [{ node: Number(node), cpuIds }]
  })
  const nodes = cpusByNode.map(({ node, cpuIds }) =>
    nodeOf(node, cpuIds, sourceOf(path, `NUMA node${node} CPU(s)`)),
  )
  const sockets = Number(/^\d{1,5}$/.exec(fields.get('Socket(s)') ?? '')?.[0] ?? 0)
  const packages = packagesOf(sockets, online, cpusByNode)
  return {
    machine: new FactSheet<Machine>('machine')
      .set('arch', fields.get('Architecture'), sourceOf(path, 'Architecture'))
      .set('cpuCount', online?.length, sourceOf(path, 'On-line CPU(s) list'))
      .finish(),
    ...(nodes.length > 0 && { nodes }),
    ...(packages.length > 0 && { packages }),
  }
}

/** What a line for each CPU tells. */
export function factsOfCpus(cpus: readonly LscpuCpu[], path: string): Facts {
  const nodes = grouped(cpus, (cpu) => cpu.node).map(([node, cpuIds]) =>
    nodeOf(node, cpuIds, sourceOf(path, 'NODE')),
  )
  const packages = grouped(cpus, (cpu) => cpu.socket).map(([socket, cpuIds]) =>
    packageOf(socket, cpuIds, 'the SOCKET column of lscpu, which numbers sockets itself'),
  )
  return {
    ...(nodes.length > 0 && { nodes }),
    ...(packages.length > 0 && { packages }),
  }
}

function sourceOf(path: string, key: string): ReadSource {
  return { kind: 'read', reader: 'lscpu', path, key }
}

function nodeOf(nodeId: number, cpuIds: readonly number[], source: ReadSource): NumaNode {
  return (
    new FactSheet<NumaNode>(`node${nodeId}`)
      .set('nodeId', nodeId, source)
      // Not as printed: lscpu writes 0,1 where the kernel writes 0-1.
      .set('cpuList', formatIdList(cpuIds), source)
      .finish()
  )
}

/**
 * The number of a package is the kernel's physical_package_id, which lscpu does not print, so all of it counts as derived:
 * where sysfs speaks, it decides.
 */
function packageOf(packageId: number, cpuIds: readonly number[], rule: string): CpuPackage {
  const source: DerivedSource = { kind: 'derived', reader: 'lscpu', rule }
  return new FactSheet<CpuPackage>(`package${packageId}`)
    .set('packageId', packageId, source)
    .set('cpuIds', cpuIds, source)
    .finish()
}

/** The summary counts sockets, but does not say which CPUs are in which. */
function packagesOf(
  sockets: number,
  online: readonly number[] | undefined,
  cpusByNode: readonly { readonly node: number; readonly cpuIds: readonly number[] }[],
): readonly CpuPackage[] {
  if (sockets === 1 && online !== undefined) return [packageOf(0, online, 'the only socket')]
  const nodes = cpusByNode.filter(({ cpuIds }) => cpuIds.length > 0).sort((a, b) => a.node - b.node)
  const nodesPerSocket = nodes.length / sockets
  if (sockets === 0 || !Number.isInteger(nodesPerSocket) || nodesPerSocket === 0) return []
  const rule = `${sockets} sockets and ${nodes.length} nodes with CPUs, numbered socket by socket`
  return Array.from({ length: sockets }, (_, socket) => {
    const own = nodes.slice(socket * nodesPerSocket, (socket + 1) * nodesPerSocket)
    const cpuIds = own.flatMap((node) => node.cpuIds).sort((a, b) => a - b)
    return packageOf(socket, cpuIds, rule)
  })
}

function grouped(
  cpus: readonly LscpuCpu[],
  groupOf: (cpu: LscpuCpu) => number | undefined,
): readonly (readonly [group: number, cpuIds: readonly number[]])[] {
  const groups = new Map<number, number[]>()
  for (const cpu of cpus) {
    const group = groupOf(cpu)
    if (group === undefined) continue
    const own = groups.get(group)
    if (own === undefined) groups.set(group, [cpu.cpu])
    else own.push(cpu.cpu)
  }
  return [...groups].map(([group, ids]) => [group, [...new Set(ids)].sort((a, b) => a - b)])
}
