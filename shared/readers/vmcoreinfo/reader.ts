import type { Machine } from '../../model/topology'
import { parseDecimal } from '../../model/units'
import { FactSheet, type Facts, type Reader } from '../facts'
import { TreeFiles } from '../tree-files'

const PATH = 'cmd/vmcoreinfo.txt'

/** VMCOREINFO, the notes of /proc/kcore that root can read (DOMAIN §13.8, §14.9). */
export const vmcoreinfoReader: Reader = {
  id: 'vmcoreinfo',
  title: 'VMCOREINFO notes (sizeof(struct page), page size, vmemmap base)',
  inputKind: 'sysfs',
  sniff: (tree) => tree.kind(PATH) === 'file',
  read(tree, context): Facts {
    const files = new TreeFiles(tree, 'vmcoreinfo', context)
    const [text] = files.text(PATH)
    const value = (key: string, pattern: string) =>
      new RegExp(`^${key}=(${pattern})$`, 'm').exec(text ?? '')?.[1]
    const structPageBytes = parseDecimal(value('SIZE\\(page\\)', '\\d+') ?? '')
    const pageBytes = parseDecimal(value('PAGESIZE', '\\d+') ?? '')
    const vmemmap = value('SYMBOL\\(vmemmap\\)', '[\\da-f]{1,16}')
    const machine = new FactSheet<Machine>('machine')
      .set('kernelRelease', value('OSRELEASE', '\\S+'), files.source(PATH, 'OSRELEASE'))
      .set('structPageBytes', plausible(structPageBytes, 32, 256), files.source(PATH, 'SIZE(page)'))
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
      .set('basePageBytes', plausible(pageBytes, 4096, 65536), files.source(PATH, 'PAGESIZE'))
      .set(
        'vmemmapBase',
        vmemmap === undefined ? undefined : `0x${vmemmap}`,
        files.source(PATH, 'SYMBOL(vmemmap)'),
      )
      .finish()
    return { machine }
  },
}

/** Sizes come from a stranger's file and end up as divisors. */
function plausible(value: number | undefined, least: number, most: number): number | undefined {
  return value !== undefined && value >= least && value <= most ? value : undefined
}
