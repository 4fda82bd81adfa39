import type { P2pProvider } from '../../model/topology'
import { FactSheet } from '../facts'
import { contradiction, type SpecContext } from './context'
import type { SpecP2p } from './schema'

/** PCI devices that offer memory for peer-to-peer DMA; undefined where none is described. */
export function p2pFacts(context: SpecContext): readonly P2pProvider[] | undefined {
  const { p2p, nodes } = context.written.spec
  const seen = new Set<string>()
  return p2p?.map((written, index) => {
    const path = ['p2p', index]
    const source = (key: keyof SpecP2p) => context.written.source([...path, key])
    if (seen.has(written.pci)) {
      throw contradiction(context, [...path, 'pci'], {
        what: `another device has the address ${written.pci}`,
        hint: 'give each its own',
      })
    }
    seen.add(written.pci)
    if (written.node !== undefined && written.node >= nodes.length) {
      throw contradiction(context, [...path, 'node'], {
        what: `there is no node ${written.node}`,
        hint: `write 0 to ${nodes.length - 1}`,
      })
    }
    if (written.available !== undefined && written.available > written.size) {
      throw contradiction(context, [...path, 'available'], {
        what: 'more is available than there is',
        hint: 'available is at most size',
      })
    }
    return new FactSheet<P2pProvider>(`p2p:${written.pci}`)
      .set('pciAddress', written.pci, source('pci'))
      .set('sizeBytes', written.size, source('size'))
      .set('availableBytes', written.available, source('available'))
      .set('isPublished', written.published, source('published'))
      .set('numaNode', written.node, source('node'))
      .set('name', written.name, source('name'))
      .finish()
  })
}
