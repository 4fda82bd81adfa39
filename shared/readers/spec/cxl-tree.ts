import type { CxlDport, CxlMemdev, CxlPort } from '../../model/cxl'
import { formatBytes, MIB } from '../../model/units'
import { FactSheet } from '../facts'
import { contradiction, derived, type SpecContext } from './context'
import { MAX_MEMDEVS, type SpecCxlMemdev } from './schema-cxl'
import type { Path } from './yaml-document'

/** Capacities, windows and regions are counted in these (CXL_CAPACITY_MULTIPLIER, drivers/cxl/cxlmem.h). */
export const CXL_UNIT_BYTES = 256 * MIB

/** One CXL memory device and its place in the tree. */
export interface PlacedMemdev {
  readonly id: string
  readonly endpointId: string
  readonly written: SpecCxlMemdev
  readonly path: Path
  readonly hostBridge: number
  readonly parentPortId: string
  readonly depth: number
  readonly numaNode: number | undefined
}

export interface CxlTree {
  readonly memdevs: readonly PlacedMemdev[]
  readonly hostBridges: readonly HostBridge[]
  readonly switches: readonly Switch[]
}

interface HostBridge {
  readonly portId: string
  /** As Linux names it: ACPI0016 is its hardware id, the number counts them. */
  readonly device: string
  readonly uid: number
  readonly path: Path
}

interface Switch {
  readonly portId: string
  readonly parentPortId: string
  readonly path: Path
}

/**
 * Numbers what hangs below the host bridges: memory devices in order of the text, those of a host bridge before those of
 * its switches; ports first host bridges, then switches, then endpoints.
 */
export function placeCxlTree(context: SpecContext): CxlTree {
  const bridges = context.written.spec.cxl?.hostBridges ?? []
  const switches: Switch[] = []
  const memdevs: Omit<PlacedMemdev, 'id' | 'endpointId'>[] = []
  const hostBridges = bridges.map((written, hostBridge): HostBridge => {
    const path = ['cxl', 'hostBridges', hostBridge]
    const portId = `port${hostBridge + 1}`
    const add = (list: readonly SpecCxlMemdev[] | undefined, at: Path, place: PortPlace) => {
      ;(list ?? []).forEach((memdev, index) => {
        const memdevPath = [...at, 'memdevs', index]
        checkMemdev(context, memdev, memdevPath)
        const numaNode = memdev.node ?? written.node
        const one = { written: memdev, path: memdevPath, hostBridge, numaNode, ...place }
        for (let copy = 0; copy < (memdev.count ?? 1); copy++) memdevs.push(one)
      })
    }
    add(written.memdevs, path, { parentPortId: portId, depth: 2 })
    for (const [index, { memdevs: below }] of (written.switches ?? []).entries()) {
      const switchPath = [...path, 'switches', index]
      const switchId = `port${bridges.length + 1 + switches.length}`
      switches.push({ portId: switchId, parentPortId: portId, path: switchPath })
      add(below, switchPath, { parentPortId: switchId, depth: 3 })
    }
    const device = `ACPI0016:${hostBridge.toString(16).padStart(2, '0')}`
    return { portId, device, uid: written.uid ?? hostBridge, path }
  })
  if (memdevs.length > MAX_MEMDEVS) {
    throw contradiction(context, ['cxl', 'hostBridges'], {
      what: `these are ${memdevs.length} CXL memory devices`,
      hint: `describe at most ${MAX_MEMDEVS}`,
    })
  }
  checkUids(context, hostBridges)
  const firstEndpoint = 1 + hostBridges.length + switches.length
  return {
    hostBridges,
    switches,
    memdevs: memdevs.map((memdev, index) => ({
      ...memdev,
      id: `mem${index}`,
      endpointId: `endpoint${firstEndpoint + index}`,
    })),
  }
}

type PortPlace = Pick<PlacedMemdev, 'parentPortId' | 'depth'>

function checkMemdev(context: SpecContext, memdev: SpecCxlMemdev, path: Path): void {
  if (memdev.ram === undefined && memdev.pmem === undefined) {
    throw contradiction(context, path, {
      what: 'this CXL memory device has no capacity',
      hint: 'write ram, pmem, or both',
    })
  }
  for (const key of ['ram', 'pmem'] as const) checkUnit(context, memdev[key], [...path, key])
  if (memdev.serial !== undefined && (memdev.count ?? 1) > 1) {
    throw contradiction(context, [...path, 'serial'], {
      what: 'several devices cannot have one serial number',
      hint: 'describe each in an entry of its own, or leave serial out',
    })
  }
}

/** @throws FormatError `spec-contradiction` for what is not a whole number of units of 256 MiB, times `ways` */
export function checkUnit(
  context: SpecContext,
  bytes: number | undefined,
  path: Path,
  ways = 1,
): void {
  const unit = CXL_UNIT_BYTES * ways
  if (bytes === undefined || bytes % unit === 0) return
  throw contradiction(context, path, {
    what: `${formatBytes(bytes)} is not a multiple of ${formatBytes(unit)}`,
    hint:
      ways === 1 ? 'CXL counts in units of 256MiB' : 'CXL counts in units of 256MiB for each way',
  })
}

function checkUids(context: SpecContext, hostBridges: readonly HostBridge[]): void {
  const seen = new Set<number>()
  for (const { uid, path } of hostBridges) {
    if (seen.has(uid)) {
      throw contradiction(context, [...path, 'uid'], {
        what: `another host bridge has the uid ${uid}`,
        hint: 'give each its own; without uid they are numbered from 0',
      })
    }
    seen.add(uid)
  }
}

/** The root, host bridges, switches and endpoints, as Linux makes ports of them. */
export function cxlPortFacts(context: SpecContext, tree: CxlTree): readonly CxlPort[] {
  const numbered = derived('ports are numbered: host bridges, switches, endpoints')
  const port = (id: string, portKind: CxlPort['portKind'], path: Path, depth: number) =>
    new FactSheet<CxlPort>(id)
      .set('portKind', portKind, context.written.source(path))
      .set('depth', depth, numbered)
  const dports = tree.hostBridges.map(({ device, uid }): CxlDport => ({ device, dportId: uid }))
  return [
    port('root0', 'root', ['cxl'], 0).set('dports', dports, numbered).finish(),
    ...tree.hostBridges.map(({ portId, device, path }) =>
      port(portId, 'host-bridge', path, 1)
        .set('parentPortId', 'root0', numbered)
        .set('parentDport', device, numbered)
        .set('uport', device, numbered)
        .finish(),
    ),
    ...tree.switches.map(({ portId, parentPortId, path }) =>
      port(portId, 'switch', path, 2).set('parentPortId', parentPortId, numbered).finish(),
    ),
    ...tree.memdevs.map(({ endpointId, parentPortId, id, depth, path }) =>
      port(endpointId, 'endpoint', path, depth)
        .set('parentPortId', parentPortId, numbered)
        .set('uport', id, numbered)
        .set('memdevId', id, numbered)
        .finish(),
    ),
  ]
}

export function cxlMemdevFacts(context: SpecContext, tree: CxlTree): readonly CxlMemdev[] {
  return tree.memdevs.map(({ id, endpointId, written, path, hostBridge, numaNode }) => {
    const source = (key: keyof SpecCxlMemdev) => context.written.source([...path, key])
    return new FactSheet<CxlMemdev>(id)
      .set('ramBytes', written.ram ?? 0, source('ram'))
      .set('pmemBytes', written.pmem ?? 0, source('pmem'))
      .set('serial', written.serial, source('serial'))
      .set('firmwareVersion', written.firmware, source('firmware'))
      .set(
        'numaNode',
        numaNode,
        written.node === undefined ? derived(`node of host bridge ${hostBridge}`) : source('node'),
      )
      .set('endpointId', endpointId, derived('devices and endpoints are numbered alike'))
      .finish()
  })
}
