import type { Machine } from '../../model/topology'
import type { ReadSource } from '../../model/source'
import { parseDecimal } from '../../model/units'
import { documentsOf, type SourceDocument } from '../documents'
import { FactSheet, type Facts, type Reader } from '../facts'
import type { SourceTree } from '../source-tree'

/** VMCOREINFO, the notes of /proc/kcore that root can read (DOMAIN §13.8, §14.9); also pasted alone. */
export const vmcoreinfoReader: Reader = {
  id: 'vmcoreinfo',
  title: 'VMCOREINFO notes (sizeof(struct page), page size, vmemmap base)',
  inputKind: 'sysfs',
  sniff: (tree) => findNotes(tree) !== undefined,
  read(tree): Facts {
    const notes = findNotes(tree)
    const source = (key: string): ReadSource => ({
      kind: 'read',
      reader: 'vmcoreinfo',
      path: notes?.path ?? '',
      key,
    })
    const value = (key: string, pattern: string) =>
      new RegExp(`^${key}=(${pattern})$`, 'm').exec(notes?.text ?? '')?.[1]
    const structPageBytes = parseDecimal(value('SIZE\\(page\\)', '\\d+') ?? '')
    const pageBytes = parseDecimal(value('PAGESIZE', '\\d+') ?? '')
    const vmemmap = value('SYMBOL\\(vmemmap\\)', '[\\da-f]{1,16}')
    const machine = new FactSheet<Machine>('machine')
      .set('kernelRelease', value('OSRELEASE', '\\S+'), source('OSRELEASE'))
      .set('structPageBytes', plausible(structPageBytes, 32, 256), source('SIZE(page)'))
      .set(
        'structPageSource',
        plausible(structPageBytes, 32, 256) === undefined ? undefined : 'vmcoreinfo',
        // Derived, so that BTF, which says 'btf' here, is no contradiction.
        {
          kind: 'derived',
          reader: 'vmcoreinfo',
          rule: 'sizeof(struct page) was read from SIZE(page)',
        },
      )
      .set('basePageBytes', plausible(pageBytes, 4096, 65536), source('PAGESIZE'))
      .set(
        'vmemmapBase',
        vmemmap === undefined ? undefined : `0x${vmemmap}`,
        source('SYMBOL(vmemmap)'),
      )
      .finish()
    return { machine }
  },
}

function findNotes(tree: SourceTree): SourceDocument | undefined {
  return documentsOf(tree).find(({ text }) => /^(?:SIZE\(page\)|PAGESIZE)=\d{1,9}$/m.test(text))
}

/** Sizes come from a stranger's file and end up as divisors. */
function plausible(value: number | undefined, least: number, most: number): number | undefined {
  return value !== undefined && value >= least && value <= most ? value : undefined
}
