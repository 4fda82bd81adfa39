import type { Diagnostic } from '../../model/diagnostic'
import type { ModelObject } from '../../model/model-object'
import {
  TOPOLOGY_SCHEMA,
  type InputInfo,
  type Machine,
  type ObjectListName,
  type Topology,
} from '../../model/topology'
import type { Facts } from '../facts'
import { unifyIdentities } from './identity'
import { completeMachine } from './complete-machine'
import { findContradictions } from './contradictions'
import { linkObjects } from './link-objects'
import { joinObjects } from './join'
import { placeEdac } from './place-edac'
import { placeProximity } from './place-proximity'

interface AssembleOptions {
  readonly input: InputInfo
  /** Problems met before joining; what joining finds is added behind them. */
  readonly diagnostics: readonly Diagnostic[]
}

/** Joins the facts of all readers, in their order of trust, into one topology, and links the objects to each other. */
export function assemble(given: readonly Facts[], options: AssembleOptions): Topology {
  const diagnostics = [...options.diagnostics]
  const diagnose = (diagnostic: Diagnostic) => void diagnostics.push(diagnostic)
  const facts = placeEdac(unifyIdentities(given), diagnose)
  const surveyed: ObjectListName[] = []
  const join = <T extends ModelObject>(
    name: ObjectListName,
    pick: (facts: Facts) => readonly T[] | undefined,
  ): readonly T[] => {
    const lists = facts.map(pick).filter((list) => list !== undefined)
    if (lists.length > 0) surveyed.push(name)
    return joinObjects(lists, diagnose)
  }
  const machines = facts.map((one) => one.machine).filter((machine) => machine !== undefined)
  const machine = joinObjects<Machine>([machines], diagnose)[0] ?? { id: 'machine', sources: {} }
  const first = <T>(pick: (facts: Facts) => T | undefined): T | undefined =>
    facts.map(pick).find((value) => value !== undefined)

  const joined = {
    packages: join('packages', (one) => one.packages),
    nodes: join('nodes', (one) => one.nodes),
    memoryArrays: join('memoryArrays', (one) => one.memoryArrays),
    dimms: join('dimms', (one) => one.dimms),
    nvdimms: join('nvdimms', (one) => one.nvdimms),
    regions: join('regions', (one) => one.regions),
    namespaces: join('namespaces', (one) => one.namespaces),
    daxDevices: join('daxDevices', (one) => one.daxDevices),
    memoryBlocks: join('memoryBlocks', (one) => one.memoryBlocks),
    memoryTiers: join('memoryTiers', (one) => one.memoryTiers),
    cxlMemdevs: join('cxlMemdevs', (one) => one.cxlMemdevs),
    cxlPorts: join('cxlPorts', (one) => one.cxlPorts),
    cxlDecoders: join('cxlDecoders', (one) => one.cxlDecoders),
    cxlRegions: join('cxlRegions', (one) => one.cxlRegions),
    cxlWindows: join('cxlWindows', (one) => one.cxlWindows),
    p2pProviders: join('p2pProviders', (one) => one.p2pProviders),
    firmwareRanges: join('firmwareRanges', (one) => one.firmwareRanges),
    distanceMatrices: join('distanceMatrices', (one) => one.distanceMatrices),
  }
  const linked = linkObjects({
    schema: TOPOLOGY_SCHEMA,
    input: options.input,
    machine: completeMachine(machine, joined.nodes),
    ...joined,
    iomem: first((one) => one.iomem) ?? [],
    zones: first((one) => one.zones) ?? [],
    meminfo: first((one) => one.meminfo) ?? {},
    vmstat: first((one) => one.vmstat) ?? {},
    diagnostics: [],
    surveyed,
  })
  findContradictions(linked, diagnose)
  const proximity = first((one) => one.proximity)
  const placed = proximity === undefined ? linked : placeProximity(linked, proximity, diagnose)
  return { ...placed, diagnostics }
}
