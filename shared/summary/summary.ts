import { isBasePageGuessed } from '../model/base-page'
import type { Machine, Topology } from '../model/topology'
import type { MemmapAccount } from '../memmap/types'
import { BlockCounts } from './block-counts'
import { summariseCxl } from './cxl'
import { known } from './known'
import {
  memmapByObject,
  summariseDaxDevice,
  summariseNamespace,
  summariseNvdimm,
  summariseRegion,
} from './persistent-memory'
import { summariseDimm, summariseNode } from './nodes'
import { totalsOf } from './totals'
import { SUMMARY_SCHEMA, type Summary } from './types'

/** Everything that can be said about a machine in numbers (CONTRACT, "Summary"); what `info --json` prints. */
export function summarise(topology: Topology, account: MemmapAccount): Summary {
  const { machine } = topology
  const { structPages: _, ...memmap } = account.totals
  const byObject = memmapByObject(topology, account)
  const blocks = new BlockCounts(topology)
  return {
    schema: SUMMARY_SCHEMA,
    input: topology.input,
    machine: known({
      hostname: machine.hostname,
      product: machine.product,
      kernelRelease: machine.kernelRelease,
      arch: machine.arch,
      basePageBytes: machine.basePageBytes,
      basePageSource: basePageSource(machine),
      structPageBytes: machine.structPageBytes,
      structPageSource: machine.structPageSource,
      hugepages: machine.hugepagePools,
      hugepageSizes: machine.hugepageSizes,
    }),
    totals: totalsOf(topology),
    numaNodes: topology.nodes.map((node) => summariseNode(node, blocks)),
    dimms: topology.dimms.map(summariseDimm),
    nvdimms: topology.nvdimms.map((nvdimm) => summariseNvdimm(nvdimm, topology)),
    regions: topology.regions.map(summariseRegion),
    namespaces: topology.namespaces.map((namespace) => summariseNamespace(namespace, byObject)),
    daxDevices: topology.daxDevices.map((device) => summariseDaxDevice(device, blocks, byObject)),
    ...known({ cxl: summariseCxl(topology) }),
    ...(account.extents.length === 0
      ? {}
      : {
          memmap: {
            ...memmap,
            ...known({ measured: account.measured }),
            rules: account.rules.map(({ rule, value, basis, source }) => ({
              rule,
              ...known({ value }),
              basis,
              source,
            })),
            notes: account.notes,
          },
        }),
    diagnostics: topology.diagnostics,
  }
}

function basePageSource(machine: Machine): 'input' | 'default' | undefined {
  if (machine.basePageBytes === undefined) return undefined
  return isBasePageGuessed(machine) ? 'default' : 'input'
}
