import type { Machine } from '../../model/topology'
import { KIB, parseDecimal } from '../../model/units'
import { FactSheet, type Facts, type Reader } from '../facts'
import { TreeFiles } from '../tree-files'

const PATH = 'cmd/dmesg.txt'
const FREEABLE =
  /HugeTLB: (\d{1,9}) KiB vmemmap can be freed for a ([\d.]{1,10}) (KiB|MiB|GiB) page/g
const UNIT_BYTES = { KiB: KIB, MiB: KIB ** 2, GiB: KIB ** 3 } as const

/** Kernel log: what HVO can free for each hugepage size, as the kernel itself says (DOMAIN §3.2, §14.10). */
export const kernelLogReader: Reader = {
  id: 'kernel-log',
  title: 'kernel log (dmesg lines that prove HVO)',
  inputKind: 'sysfs',
  sniff: (tree) => tree.kind(PATH) === 'file',
  read(tree, context): Facts {
    const files = new TreeFiles(tree, 'kernel-log', context)
    const [text] = files.text(PATH)
    const freeable: Record<string, number> = {}
    for (const [, kibibytes, size, unit] of (text ?? '').matchAll(FREEABLE)) {
      const freeableKib = parseDecimal(kibibytes ?? '')
      const unitBytes = unit === 'KiB' || unit === 'MiB' || unit === 'GiB' ? UNIT_BYTES[unit] : 0
      const pageBytes = Number(size) * unitBytes
      if (freeableKib === undefined || !Number.isSafeInteger(pageBytes) || pageBytes === 0) continue
      freeable[String(pageBytes)] = freeableKib * KIB
    }
    const machine = new FactSheet<Machine>('machine')
      .set(
        'hugetlbFreeableBytes',
        Object.keys(freeable).length === 0 ? undefined : freeable,
        files.source(PATH, 'HugeTLB: … vmemmap can be freed'),
      )
      .finish()
    return { machine }
  },
}
