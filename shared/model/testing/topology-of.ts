import type { Machine, Topology } from '../topology'
import { emptyTopology } from './empty-topology'

/** A machine of which only the given parts are known, for tests. */
export function topologyOf(
  parts: Partial<Omit<Topology, 'machine'>> & { readonly machine?: Partial<Machine> },
): Topology {
  return {
    ...emptyTopology({ input: { name: 'test', kind: 'sysfs' } }),
    ...parts,
    machine: {
      id: 'machine',
      sources: {},
      arch: 'x86_64',
      kernelRelease: '6.12.0',
      basePageBytes: 4096,
      structPageBytes: 64,
      ...parts.machine,
    },
  }
}
