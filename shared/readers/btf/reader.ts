import type { Machine } from '../../model/topology'
import { FactSheet, type Facts, type Reader } from '../facts'
import { TreeFiles } from '../tree-files'
import { structSize } from './struct-size'

const PATH = 'sys/kernel/btf/vmlinux'
/** Smallest and largest struct page of any configuration (DOMAIN §1.1), with room; sizes end up as divisors. */
const LEAST = 32
const MOST = 256

/** BTF, the types that the kernel describes itself with: sizeof(struct page), readable without root (DOMAIN §1.1). */
export const btfReader: Reader = {
  id: 'btf',
  title: 'BTF of the kernel (sizeof(struct page))',
  inputKind: 'sysfs',
  sniff: (tree) => tree.kind(PATH) === 'file',
  read(tree, context): Facts {
    const files = new TreeFiles(tree, 'btf', context)
    const bytes = tree.bytes(PATH)
    const size = bytes === undefined ? undefined : structSize(bytes, 'page')
    if (size === undefined || size < LEAST || size > MOST) {
      if (bytes !== undefined && bytes.length > 0) {
        files.malformed(PATH, `${bytes.length} bytes`, 'type information with a struct page in it')
      }
      return {}
    }
    return {
      machine: new FactSheet<Machine>('machine')
        .set('structPageBytes', size, files.source(PATH, 'struct page'))
        .set('structPageSource', 'btf', {
          kind: 'derived',
          reader: 'btf',
          rule: 'sizeof(struct page) was read from BTF',
        })
        .finish(),
    }
  },
}
