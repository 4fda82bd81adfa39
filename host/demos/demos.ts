import type { DemoInfo } from '../../shared/host'
import cxlPool from './cxl-pool.yaml?raw'
import hbmServer from './hbm-server.yaml?raw'
import laptop from './laptop.yaml?raw'
import optaneTwoSocket from './optane-two-socket.yaml?raw'

interface Demo extends DemoInfo {
  readonly text: string
}

const builtIn: readonly Demo[] = [
  {
    name: 'cxl-pool',
    title: 'CXL memory pool',
    description: 'Two sockets, four CXL devices behind a switch as system RAM, two as PMEM',
    text: cxlPool,
  },
  {
    name: 'hbm-server',
    title: 'HBM beside DDR5',
    description: 'Four clusters with DRAM, HBM as nodes and as a cache, access classes and tiers',
    text: hbmServer,
  },
  {
    name: 'laptop',
    title: 'Laptop',
    description: 'One node of 32 GiB with a pool of 2 MiB hugepages',
    text: laptop,
  },
  {
    name: 'optane-two-socket',
    title: 'Two sockets with PMEM',
    description: '384 GiB DRAM and 1.5 TiB Optane in two interleave sets, five namespaces',
    text: optaneTwoSocket,
  },
]

/** The built-in demos, sorted by name. */
export const demos: readonly DemoInfo[] = builtIn.map(({ name, title, description }) => ({
  name,
  title,
  description,
}))

/** The specification of a built-in demo; undefined when there is none of this name. */
export function demoText(name: string): string | undefined {
  return builtIn.find((demo) => demo.name === name)?.text
}
