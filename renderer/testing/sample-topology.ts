import type { LoadedDocument } from '../../shared/host'
import type { Source } from '../../shared/model/source'
import { emptyTopology } from '../../shared/model/testing/empty-topology'
import type { MemoryBlock, Topology } from '../../shared/model/topology'
import { GIB, MIB } from '../../shared/model/units'

/** Sources for some fields of an object below a directory of sysfs, one file a field. */
function sysfs(directory: string, files: Readonly<Record<string, string>>): Record<string, Source> {
  return Object.fromEntries(
    Object.entries(files).map(([field, file]) => [
      field,
      { kind: 'read', reader: 'sysfs', path: `${directory}/${file}` } satisfies Source,
    ]),
  )
}

const REGION = 'sys/devices/LNXSYSTM:00/LNXSYBUS:00/ACPI0012:00/ndbus0/region0'

function block(blockIndex: number): MemoryBlock {
  return {
    id: `memory${blockIndex}`,
    blockIndex,
    state: 'online',
    nodeIds: [0],
    sources: {},
  }
}

/** A small machine: one node, one region with a devdax and a raw namespace. Fields that a test needs can be replaced. */
export function sampleTopology(changes: Partial<Topology> = {}): Topology {
  return {
    ...emptyTopology(),
    input: { name: 'sample.folioscope', kind: 'folioscope' },
    machine: {
      id: 'machine',
      hostname: 'sample',
      kernelRelease: '6.1.0',
      arch: 'x86_64',
      basePageBytes: 4096,
      structPageBytes: 64,
      memoryBytes: 2 * GIB,
      memoryBlockBytes: 128 * MIB,
      sources: {},
    },
    packages: [
      { id: 'package0', packageId: 0, cpuIds: [0, 1, 2, 3, 8], nodeIds: [0], sources: {} },
    ],
    nodes: [
      {
        id: 'node0',
        nodeId: 0,
        memoryBytes: 2 * GIB,
        distances: { '0': 10 },
        memoryKinds: ['dram'],
        sources: sysfs('sys/devices/system/node/node0', { memoryBytes: 'meminfo' }),
      },
    ],
    nvdimms: [{ id: 'nmem0', mappedBytes: 2 * GIB, sources: {} }],
    regions: [
      {
        id: 'region0',
        regionType: 'pmem',
        sizeBytes: 2 * GIB,
        startAddress: 4 * GIB,
        numaNode: 0,
        mappings: [{ nvdimmId: 'nmem0', dpaStart: 0, sizeBytes: 2 * GIB, position: 0 }],
        sources: sysfs(REGION, { sizeBytes: 'size' }),
      },
    ],
    namespaces: [
      {
        id: 'namespace0.3',
        regionId: 'region0',
        mode: 'devdax',
        map: 'mem',
        rawBytes: GIB,
        usableBytes: GIB - 2 * MIB,
        alignBytes: 2 * MIB,
        startAddress: 4 * GIB,
        dataStartAddress: 4 * GIB + 2 * MIB,
        state: 'active',
        numaNode: 0,
        sources: sysfs(`${REGION}/namespace0.3`, { mode: 'mode', rawBytes: 'size' }),
      },
      {
        id: 'namespace0.8',
        regionId: 'region0',
        mode: 'raw',
        rawBytes: 512 * MIB,
        usableBytes: 512 * MIB,
        startAddress: 5 * GIB,
        numaNode: 0,
        sources: {},
      },
    ],
    daxDevices: [
      {
        id: 'dax0.3',
        mode: 'devdax',
        sizeBytes: GIB - 2 * MIB,
        alignBytes: 2 * MIB,
        numaNode: 0,
        namespaceId: 'namespace0.3',
        sources: {},
      },
    ],
    memoryBlocks: Array.from({ length: 16 }, (_, index) => block(index)),
    iomem: [{ name: 'System RAM', depth: 0, start: 0, end: 2 * GIB }],
    surveyed: [],
    ...changes,
  }
}

export function sampleDocument(changes: Partial<Topology> = {}): LoadedDocument {
  return { token: 'sample', topology: sampleTopology(changes) }
}
