import type { CxlMemdev } from '../../model/cxl'
import type { ReadSource } from '../../model/source'
import type { P2pProvider } from '../../model/topology'
import { documentsOf } from '../documents'
import { FactSheet, type Facts, type Reader } from '../facts'
import type { SourceTree } from '../source-tree'
import { pciFunctions, type PciFunction } from './functions'

/** CXL memory device (PCI Code and ID Assignment 1.15: base class 05, subclass 02). */
const CXL_MEMORY = '0502'
const HINT = /^(?:[\da-f]{4,8}:)?[\da-f]{2}:[\da-f]{2}\.[0-7] /im

/**
 * Output of lspci, only where it places memory: CXL memory devices by their class, and the devices that sysfs names as
 * providers of peer-to-peer memory. What else is on the bus is not looked at.
 */
export const lspciReader: Reader = {
  id: 'lspci',
  title: 'lspci -nnvv (places of CXL memory devices and P2PDMA providers)',
  inputKind: 'tool-output',
  sniff: (tree) =>
    documentsOf(tree).some(({ text }) => HINT.test(text) && pciFunctions(text).some(hasClass)),
  read(tree): Facts {
    const cxlMemdevs: CxlMemdev[] = []
    const p2pProviders: P2pProvider[] = []
    const seen = new Set<string>()
    for (const { path, text } of documentsOf(tree)) {
      if (!HINT.test(text)) continue
      for (const pci of pciFunctions(text)) {
        if (seen.has(pci.address)) continue
        seen.add(pci.address)
        const source: ReadSource = { kind: 'read', reader: 'lspci', path, key: pci.address }
        if (pci.classCode === CXL_MEMORY) cxlMemdevs.push(memdevOf(pci, source))
        if (isProvider(tree, pci.address)) p2pProviders.push(providerOf(pci, source))
      }
    }
    return {
      // lspci lists every device with its class, so that none is a fact, too.
      cxlMemdevs,
      ...(p2pProviders.length > 0 && { p2pProviders }),
    }
  },
}

function hasClass({ classCode }: PciFunction): boolean {
  return classCode !== undefined
}

/** The kernel's mem0 stays unknown; readers that know it have the same PCI address. */
function memdevOf(pci: PciFunction, source: ReadSource): CxlMemdev {
  return new FactSheet<CxlMemdev>(`cxl-pci:${pci.address}`)
    .set('pciAddress', pci.address, source)
    .set('numaNode', pci.numaNode, source)
    .finish()
}

function isProvider(tree: SourceTree, address: string): boolean {
  return tree.kind(`sys/bus/pci/devices/${address}/p2pmem`) === 'directory'
}

function providerOf(pci: PciFunction, source: ReadSource): P2pProvider {
  return new FactSheet<P2pProvider>(`p2p:${pci.address}`)
    .set('pciAddress', pci.address, source)
    .set('numaNode', pci.numaNode, source)
    .set('name', pci.name, source)
    .finish()
}
