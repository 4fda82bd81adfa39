import { describe, expect, it } from 'vitest'
import { recordingContext, treeOf } from '../testing/tree-of'
import { vmcoreinfoReader } from '../vmcoreinfo/reader'
import { assemble } from '../assemble/assemble'
import { btfReader } from './reader'
import { structSize } from './struct-size'

interface FakeType {
  readonly kind: number
  readonly name?: string
  readonly members?: number
  readonly size?: number
  /** Bytes behind the type. */
  readonly rest?: number
}

/** A minimal BTF blob (include/uapi/linux/btf.h). */
function btfOf(types: readonly FakeType[], isLittle = true): Uint8Array {
  const names = ['', ...types.map(({ name = '' }) => name)]
  const strings = Uint8Array.from(`${names.join('\0')}\0`, (letter) => letter.charCodeAt(0))
  const offsetOf = (index: number) => names.slice(0, index + 1).join('\0').length + 1
  const typeBytes = types.reduce((sum, { rest = 0 }) => sum + 12 + rest, 0)
  const bytes = new Uint8Array(24 + typeBytes + strings.length)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, 0xeb9f, isLittle)
  view.setUint8(2, 1)
  const header = [24, 0, typeBytes, typeBytes, strings.length]
  header.forEach((value, index) => view.setUint32(4 + index * 4, value, isLittle))
  let at = 24
  types.forEach(({ kind, name, members = 0, size = 0, rest = 0 }, index) => {
    const words = [name === undefined ? 0 : offsetOf(index), (kind << 24) | members, size]
    words.forEach((value, word) => view.setUint32(at + word * 4, value >>> 0, isLittle))
    at += 12 + rest
  })
  bytes.set(strings, 24 + typeBytes)
  return bytes
}

/** One type of each kind, with the bytes that must be skipped behind it, before the one that is looked for. */
const EVERY_KIND: readonly FakeType[] = [
  { kind: 1, name: 'int', size: 4, rest: 4 },
  { kind: 2 },
  { kind: 3, rest: 12 },
  { kind: 4, name: 'pages', members: 2, size: 8, rest: 24 },
  { kind: 5, name: 'page', members: 1, size: 16, rest: 12 },
  { kind: 6, members: 3, rest: 24 },
  { kind: 7, name: 'page' },
  { kind: 8, name: 'page' },
  { kind: 12 },
  { kind: 13, members: 2, rest: 16 },
  { kind: 14, rest: 4 },
  { kind: 15, members: 1, rest: 12 },
  { kind: 16 },
  { kind: 17, rest: 4 },
  { kind: 18 },
  { kind: 19, members: 2, rest: 24 },
]

describe('structSize', () => {
  it.each([true, false])(
    'finds a structure among types of every kind (little-endian: %s)',
    (isLittle) => {
      const types = [...EVERY_KIND, { kind: 4, name: 'page', members: 3, size: 64, rest: 36 }]
      expect(structSize(btfOf(types, isLittle), 'page')).toBe(64)
    },
  )

  it('knows nothing of what is not there', () => {
    expect(structSize(btfOf(EVERY_KIND), 'page')).toBeUndefined()
    expect(
      structSize(btfOf([{ kind: 20 }, { kind: 4, name: 'page', size: 64 }]), 'page'),
    ).toBeUndefined()
    expect(structSize(new Uint8Array(10), 'page')).toBeUndefined()
    expect(structSize(new Uint8Array(100), 'page')).toBeUndefined()
  })

  it('survives every cut of the bytes', () => {
    const bytes = btfOf([...EVERY_KIND, { kind: 4, name: 'page', members: 3, size: 64, rest: 36 }])
    for (let length = 0; length < bytes.length; length++) {
      expect([undefined, 64]).toContain(structSize(bytes.subarray(0, length), 'page'))
    }
  })
})

const textOf = (bytes: Uint8Array) => String.fromCharCode(...bytes)
const PATH = 'sys/kernel/btf/vmlinux'

describe('the reader', () => {
  it('says where sizeof(struct page) comes from, and agrees with vmcoreinfo in silence', () => {
    const tree = treeOf({
      [PATH]: textOf(btfOf([{ kind: 4, name: 'page', size: 64 }])),
      'cmd/vmcoreinfo.txt': 'SIZE(page)=64',
    })
    const context = recordingContext()
    const facts = [btfReader, vmcoreinfoReader].map((reader) => reader.read(tree, context))
    const { machine, diagnostics } = assemble(facts, {
      input: { name: 'x', kind: 'sysfs' },
      diagnostics: context.diagnostics,
    })
    expect(machine).toMatchObject({ structPageBytes: 64, structPageSource: 'btf' })
    expect(diagnostics).toEqual([])
  })

  it('complains about a file that is no BTF, not about one that could not be read', () => {
    const context = recordingContext()
    expect(btfReader.read(treeOf({ [PATH]: 'nonsense' }), context)).toEqual({})
    expect(btfReader.read(treeOf({ [PATH]: '' }), context)).toEqual({})
    expect(context.diagnostics.map(({ code, where }) => [code, where])).toEqual([
      ['malformed-value', PATH],
    ])
  })

  it('does not take a size that no struct page has', () => {
    const tree = treeOf({ [PATH]: textOf(btfOf([{ kind: 4, name: 'page', size: 0 }])) })
    expect(btfReader.read(tree, recordingContext())).toEqual({})
  })
})
