import type { P2pProvider } from '../../model/topology'
import { FactSheet, type Facts } from '../facts'
import type { TreeFiles } from '../tree-files'
import { devicesOfBus, type BusDevice } from './bus-devices'

/**
 * PCI devices that offer memory for peer-to-peer DMA: those whose driver made `p2pmem` (DOMAIN §5.1;
 * Documentation/ABI/testing/sysfs-bus-pci). Sizes in bytes.
 */
export function readP2pProviders(files: TreeFiles): Facts {
  if (files.tree.kind('sys/bus/pci/devices') === undefined) return {}
  const p2pProviders = devicesOfBus(files, 'pci')
    .filter(({ path }) => files.tree.kind(`${path}/p2pmem`) === 'directory')
    .map((device) => readProvider(files, device))
  return { p2pProviders }
}

function readProvider(files: TreeFiles, { name, path }: BusDevice): P2pProvider {
  return new FactSheet<P2pProvider>(`p2p:${name}`)
    .set('pciAddress', name, files.source(path))
    .set('sizeBytes', ...files.number(`${path}/p2pmem/size`))
    .set('availableBytes', ...files.number(`${path}/p2pmem/available`))
    .set('isPublished', ...files.flag(`${path}/p2pmem/published`))
    .set('numaNode', ...files.id(`${path}/numa_node`))
    .finish()
}
