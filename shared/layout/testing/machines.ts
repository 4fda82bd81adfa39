import type { Dimm, Nvdimm } from '../../model/memory-modules'
import type { MemoryBlock, Namespace, PmemRegion, Topology } from '../../model/topology'
import { emptyTopology } from '../../model/testing/empty-topology'
import { GIB, MIB } from '../../model/units'

const sources = {}

const BLOCK_BYTES = 2 * GIB
const NODE_BYTES = 192 * GIB
const REGION_BYTES = 768 * GIB

/** Two sockets with six DIMMs and six NVDIMMs each: every kind of namespace, one slot empty, one block offline. */
export function twoSocketMachine(): Topology {
  const sockets = [0, 1]
  const ram = [
    { start: 0, end: 2 * GIB, nodeId: 0 },
    { start: 4 * GIB, end: NODE_BYTES + 2 * GIB, nodeId: 0 },
    { start: NODE_BYTES + 2 * GIB, end: 2 * NODE_BYTES + 2 * GIB, nodeId: 1 },
  ]
  return emptyTopology({
    input: { name: 'demo:two-socket', kind: 'spec' },
    machine: {
      id: 'machine',
      hostname: 'two-socket',
      kernelRelease: '6.12.0-amd64',
      arch: 'x86_64',
      basePageBytes: 4096,
      memoryBlockBytes: BLOCK_BYTES,
      sources,
    },
    packages: sockets.map((socket) => ({
      id: `package${socket}`,
      packageId: socket,
      cpuIds: [socket * 2, socket * 2 + 1],
      nodeIds: [socket],
      sources,
    })),
    nodes: sockets.map((socket) => ({
      id: `node${socket}`,
      nodeId: socket,
      cpuList: `${socket * 2}-${socket * 2 + 1}`,
      memoryBytes: NODE_BYTES,
      sources,
    })),
    dimms: sockets.flatMap((socket) => Array.from({ length: 8 }, (_, slot) => dimm(socket, slot))),
    nvdimms: sockets.flatMap((socket) =>
      Array.from({ length: 6 }, (_, index) => nvdimm(socket * 6 + index, socket)),
    ),
    regions: sockets.map(region),
    namespaces: sockets.flatMap(namespaces),
    daxDevices: sockets.map((socket) => ({
      id: `dax${socket}.1`,
      mode: 'devdax' as const,
      sizeBytes: 256 * GIB,
      alignBytes: 2 * MIB,
      numaNode: socket,
      origin: 'pmem' as const,
      startAddress: regionStart(socket) + 372 * GIB + 2 * MIB,
      namespaceId: `namespace${socket}.1`,
      sources,
    })),
    memoryBlocks: ram.flatMap(({ start, end, nodeId }) => blocks(start, end, nodeId)),
    iomem: ram.map(({ start, end }) => ({ name: 'System RAM', depth: 0, start, end })),
  })
}

function dimm(socket: number, slot: number): Dimm {
  const isEmpty = slot > 5
  return {
    id: `dimm:P${socket}_DIMM_${'AB'[socket] ?? 'C'}${slot + 1}`,
    locator: `DIMM_${'AB'[socket] ?? 'C'}${slot + 1}`,
    sizeBytes: isEmpty ? 0 : 32 * GIB,
    ...(isEmpty ? {} : { memoryType: 'DDR4', speedMTs: 2933 }),
    nodeId: socket,
    sources,
  }
}

function nvdimm(index: number, socket: number): Nvdimm {
  return { id: `nmem${index}`, packageId: socket, mappedBytes: 128 * GIB, sources }
}

function regionStart(socket: number): number {
  return 512 * GIB + socket * REGION_BYTES
}

function region(socket: number): PmemRegion {
  return {
    id: `region${socket}`,
    sizeBytes: REGION_BYTES,
    startAddress: regionStart(socket),
    numaNode: socket,
    targetNode: socket + 2,
    mappings: Array.from({ length: 6 }, (_, position) => ({
      nvdimmId: `nmem${socket * 6 + position}`,
      dpaStart: 0,
      sizeBytes: 128 * GIB,
      position,
    })),
    sources,
  }
}

function namespaces(socket: number): readonly Namespace[] {
  const start = regionStart(socket)
  const common = {
    regionId: `region${socket}`,
    numaNode: socket,
    state: 'active' as const,
    sources,
  }
  return [
    {
      ...common,
      id: `namespace${socket}.0`,
      mode: 'fsdax',
      map: 'dev',
      rawBytes: 372 * GIB,
      alignBytes: 2 * MIB,
      startAddress: start,
      dataStartAddress: start + 2 * MIB + (372 * GIB) / 64,
    },
    {
      ...common,
      id: `namespace${socket}.1`,
      mode: 'devdax',
      map: 'mem',
      rawBytes: 256 * GIB,
      alignBytes: 2 * MIB,
      startAddress: start + 372 * GIB,
      dataStartAddress: start + 372 * GIB + 2 * MIB,
    },
    {
      ...common,
      id: `namespace${socket}.2`,
      mode: socket === 0 ? 'sector' : 'raw',
      map: 'none',
      rawBytes: 100 * GIB,
      startAddress: start + 640 * GIB,
      ...(socket === 0 ? { sectorBytes: 4096 } : {}),
    },
  ]
}

function blocks(start: number, end: number, nodeId: number): readonly MemoryBlock[] {
  const first = Math.round(start / BLOCK_BYTES)
  const last = Math.round(end / BLOCK_BYTES)
  return Array.from({ length: last - first }, (_, index) => {
    const blockIndex = first + index
    return {
      id: `memory${blockIndex}`,
      blockIndex,
      state: nodeId === 1 && blockIndex === last - 2 ? 'offline' : 'online',
      nodeIds: [nodeId],
      sources,
    }
  })
}
