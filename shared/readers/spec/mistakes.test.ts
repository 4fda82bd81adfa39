import { expect, it } from 'vitest'
import { mistakeIn } from './testing/load-spec'

const HEAD = 'folioscope-spec: 1\n'
const ONE_NODE = `${HEAD}nodes:\n  - memory: 4GiB\n`
const MODULES = `${HEAD}sockets:
  - cpus: 4
    dimms:
      - { slots: 'A{1..6}', size: 128GiB }
nodes:
  - { socket: 0, memory: 4GiB }
pmem:
`

function withNode(line: string): string {
  return `${HEAD}nodes:\n  - ${line}\n`
}

function withRegion(...lines: readonly string[]): string {
  return `${MODULES}  - dimms: [A1, A2]\n${lines.map((line) => `    ${line}\n`).join('')}`
}

function withNamespaces(...namespaces: readonly string[]): string {
  return withRegion('namespaces:', ...namespaces.map((namespace) => `  - ${namespace}`))
}

// These texts are what a writer of specifications reads: each says what, where and what to try.
it.each<[string, string, string]>([
  [
    'a decimal unit',
    withNode('memory: 192GB'),
    'spec-bad-value m.yaml:3:13: "192GB" is not a size; write bytes or a number with KiB, MiB, GiB or TiB, such as 192GiB, up to 4096TiB',
  ],
  [
    'a negative size',
    withNode('memory: -1GiB'),
    'spec-bad-value m.yaml:3:13: "-1GiB" is not a size; write bytes or a number with KiB, MiB, GiB or TiB, such as 192GiB, up to 4096TiB',
  ],
  [
    'a size above 2^52',
    withNode('memory: 8192TiB'),
    'spec-bad-value m.yaml:3:13: "8192TiB" is not a size; write bytes or a number with KiB, MiB, GiB or TiB, such as 192GiB, up to 4096TiB',
  ],
  [
    'a misspelt key',
    withNode('memoy: 4GiB'),
    'spec-unknown-key m.yaml:3:5: "memoy" is not a key here; did you mean memory?',
  ],
  [
    'a misspelt key that is needed',
    withNode('hugepages: [{ sise: 2MiB, count: 1 }]'),
    'spec-unknown-key m.yaml:3:19: "sise" is not a key here; did you mean size?',
  ],
  [
    'a key like no other',
    `${ONE_NODE}__proto__: 1\n`,
    'spec-unknown-key m.yaml:4:1: "__proto__" is not a key here; the keys here are folioscope-spec, $schema, machine, sockets, nodes, distances, pmem, cxl, dax, p2p',
  ],
  [
    'a missing key',
    withNode('hugepages: [{ size: 2MiB }]'),
    'spec-missing-key m.yaml:3:17: the key "count" is missing; see docs/specification.md',
  ],
  [
    'a later version',
    'folioscope-spec: 2\nplanets: 9\n',
    'spec-bad-value m.yaml:1:18: version "2" of the specification is not known; write folioscope-spec: 1',
  ],
  [
    'a misspelt mode',
    withNamespaces('{ mode: fsdx }'),
    'spec-bad-value m.yaml:11:17: "fsdx" is not one of raw, sector, fsdax, devdax; did you mean fsdax?',
  ],
  [
    'RAM twice',
    withNode('ranges: [{ start: 0, size: 2GiB }, { start: 1GiB, size: 2GiB }]'),
    'spec-overlap m.yaml:3:40: RAM of node 0 at 0x40000000 overlaps RAM of node 0, which ends at 0x80000000, by 1 GiB; move one of the two, or leave start out to have it placed',
  ],
  [
    'a region on RAM',
    withRegion('start: 4GiB'),
    'spec-overlap m.yaml:9:5: region0 at 0x100000000 overlaps RAM of node 0, which ends at 0x140000000, by 1 GiB; move one of the two, or leave start out to have it placed',
  ],
  [
    'RAM above all addresses',
    withNode('memory: 4096TiB'),
    'spec-contradiction m.yaml:3:13: RAM of node 0 ends above 0x10000000000000, the end of all physical addresses; give it less memory or a lower start',
  ],
  [
    'namespaces larger than their region',
    withRegion(
      'size: 8GiB',
      'namespaces:',
      '  - { mode: raw, size: 6GiB }',
      '  - { mode: raw, size: 6GiB }',
    ),
    'spec-contradiction m.yaml:13:28: region0 is too small: 2 GiB are left for this namespace; make the namespaces smaller or the region larger',
  ],
  [
    'a region larger than its modules',
    withRegion('size: 300GiB'),
    'spec-contradiction m.yaml:10:11: region0 needs 150 GiB of A1, and 128 GiB are left of it; lower size, or use another module',
  ],
  [
    'a module that is not there',
    `${MODULES}  - dimms: [A1, B2]\n`,
    'spec-contradiction m.yaml:9:17: there is no slot B2; name slots of sockets that hold modules',
  ],
  [
    'a size between two granules',
    withNamespaces('{ mode: raw, size: 1000MiB }'),
    'spec-contradiction m.yaml:11:28: the size is not a multiple of 16 MiB, the alignment of region0; write 992MiB or 1008MiB',
  ],
  [
    'F19',
    withNamespaces('{ mode: fsdax, map: mem, align: 1GiB, size: 1GiB }'),
    'spec-refused-by-kernel m.yaml:11:9: the kernel refuses this namespace (no-room): its data would begin 1 GiB behind its start, and it has 1 GiB; change its size, align or start',
  ],
  [
    'B7',
    withNamespaces("{ mode: sector, btt: '1.1', size: 16MiB }"),
    'spec-refused-by-kernel m.yaml:11:9: the kernel refuses this namespace (no-room): BTT 1.1 needs 16781312 B for one arena, and it has 16777216 B; change its size, align or start',
  ],
  [
    'struct pages of raw',
    withNamespaces('{ mode: raw, map: dev }'),
    'spec-contradiction m.yaml:11:27: a raw namespace has no map; leave it out: only fsdax and devdax have struct pages',
  ],
  [
    'a namespace that begins inside the one before it',
    withNamespaces('{ mode: raw, size: 1GiB }', '{ mode: raw, start: 0x100000000 }'),
    'spec-contradiction m.yaml:12:29: 0x100000000 does not lie behind the namespaces before it and inside its region; write 0x180000000 or more, below 0x4140000000',
  ],
  [
    'blocks of what is no RAM',
    withNamespaces('{ mode: devdax, memmapOnMemory: on }'),
    'spec-contradiction m.yaml:11:41: a devdax namespace has no memmapOnMemory; leave it out, or write systemRam: on',
  ],
  [
    'system RAM of no node',
    withNamespaces('{ mode: devdax, systemRam: on }'),
    'spec-contradiction m.yaml:11:36: memory that becomes system RAM needs a targetNode; write targetNode and give it an entry under nodes, without memory if it has none of its own',
  ],
  [
    'more hugepages than memory',
    withNode('{ memory: 1GiB, hugepages: [{ size: 1GiB, count: 2 }] }'),
    'spec-contradiction m.yaml:3:32: the hugepages of node 0 take 2 GiB and it has 1 GiB; lower count, or give the node more memory',
  ],
  [
    'distances for another machine',
    `${ONE_NODE}distances: [[10, 20]]\n`,
    'spec-contradiction m.yaml:4:13: distances are not 1 rows of 1 numbers, one for each node; write a row for each node, with a number for each node',
  ],
  [
    'a million memory blocks',
    `${HEAD}machine: { memoryBlockSize: 128MiB }\nnodes: [{ memory: 128TiB }]\n`,
    'spec-contradiction m.yaml:2:29: these are 1048576 memory blocks of 128 MiB; write a larger memoryBlockSize: up to 131072 blocks are read',
  ],
  [
    'slots without end',
    `${HEAD}sockets: [{ count: 64, dimms: [{ slots: 'A{socket}-{1..999}', empty: on }] }]\nnodes: [{ memory: 1GiB }]\n`,
    'spec-contradiction m.yaml:2:31: these are more than 4096 slots; describe at most 4096',
  ],
  [
    'broken YAML',
    `${HEAD}nodes: {`,
    'spec-syntax m.yaml:2:9: not valid YAML: Flow map in block collection must be sufficiently indented and end with a }; correct the YAML; see docs/specification.md',
  ],
  [
    'a key twice',
    HEAD + HEAD,
    'spec-syntax m.yaml:2:1: the key "folioscope-spec" stands twice; correct the YAML; see docs/specification.md',
  ],
  [
    'two documents',
    `${ONE_NODE}---\n${ONE_NODE}`,
    'spec-syntax m.yaml:4:1: not valid YAML: Source contains multiple documents; correct the YAML; see docs/specification.md',
  ],
  [
    'an alias without anchor',
    `${ONE_NODE}dax: *elsewhere\n`,
    'spec-syntax m.yaml:4:6: there is no anchor &elsewhere; correct the YAML; see docs/specification.md',
  ],
  [
    'a bomb of aliases',
    `${HEAD}a: &a [${'x,'.repeat(30)}]\nb: &b [${'*a,'.repeat(30)}]\nc: [${'*b,'.repeat(30)}]\n`,
    'spec-too-large m.yaml:2:46: with its aliases it has more than 20000 values; write it shorter: count, slot patterns and sizes stand for many objects',
  ],
  [
    'an alias of itself',
    `${HEAD}a: &a [*a]\n`,
    'spec-too-large m.yaml:2:8: it is nested too deep; write it shorter: count, slot patterns and sizes stand for many objects',
  ],
  [
    'a long text',
    `${HEAD}#${' '.repeat(140_000)}`.concat('#'),
    'spec-too-large m.yaml: it has more than 131072 characters; write it shorter: count, slot patterns and sizes stand for many objects',
  ],
])('%s', (_name, text, mistake) => {
  expect(mistakeIn(text)).toBe(mistake)
})

it('refuses nesting that no stack can hold', () => {
  expect(mistakeIn(`${HEAD}a: ${'['.repeat(3000)}`)).toMatch(/^spec-too-large .*nested too deep/)
})
