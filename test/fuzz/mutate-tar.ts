import { hostileNumber, hostileText } from './hostile'
import { mutateBytes } from './mutate-bytes'
import { mutateFile } from './mutate-file'
import type { Random } from './random'
import {
  isFile,
  joinTar,
  memberName,
  mendChecksum,
  newMember,
  readField,
  TAR_BLOCK_BYTES,
  withContent,
  withField,
  type RawMember,
} from './tar-members'

/** Changes the shape of a tar: headers, links, order, doubled and missing members, the end; and some content. */
export function mutateTar(random: Random, members: readonly RawMember[]): Uint8Array {
  let changed = [...members]
  const rounds = random.rounds(6)
  for (let round = 0; round < rounds && changed.length > 0; round++) {
    changed = random.pick(OPERATIONS)(random, changed)
  }
  const bytes = joinTar(changed)
  if (random.chance(0.05)) return bytes.slice(0, random.below(bytes.length + 1))
  if (random.chance(0.03)) return mutateBytes(random, bytes)
  // Without the blocks of zeros that end a tar, or with only one.
  return random.chance(0.03) ? bytes.slice(0, bytes.length - random.pick([512, 1024])) : bytes
}

/** Changes what 1 to 4 files hold and leaves the shape alone. `weigh` says which paths are of interest. */
export function mutateContents(
  random: Random,
  members: readonly RawMember[],
  weigh: (path: string) => number,
): Uint8Array {
  const files = members
    .map((member, index) => ({ index, weight: isFile(member) ? weigh(memberName(member)) : 0 }))
    .filter(({ weight }) => weight > 0)
  const changed = [...members]
  if (files.length > 0) {
    for (let count = random.whole(1, 4); count > 0; count--) {
      const { index } = random.pickWeighted(files)
      const member = changed[index]
      if (member === undefined) continue
      changed[index] = withContent(member, mutateFile(random, memberName(member), member.content))
    }
  }
  return joinTar(changed)
}

type Operation = (random: Random, members: RawMember[]) => RawMember[]

const PATHS = [
  '../outside',
  '/etc/passwd',
  'sys/../../outside',
  './././a',
  'a//b///c',
  'sys',
  'proc',
  '.',
  '',
  'a/'.repeat(80),
  'sys/devices/system/node/node0',
  'sys/devices/system/node/node99999999999999999999/meminfo',
  'proc/iomem/below',
  'x'.repeat(100),
  '\xff\xfe',
  'line\nbreak',
]

const OPERATIONS: readonly Operation[] = [
  changeHeader((random, header) => withField(header, 'name', random.pick(PATHS))),
  changeHeader((random, header, members) =>
    withField(header, 'name', readField(random.pick(members).header, 'name')),
  ),
  changeHeader((random, header) => withField(header, 'linkName', random.pick(PATHS))),
  changeHeader((random, header, members) =>
    withField(header, 'linkName', readField(random.pick(members).header, 'name')),
  ),
  changeHeader((random, header) =>
    withField(header, 'type', random.pick([...'01234567LKSDxgVA\0', '\xff'])),
  ),
  // Sizes that promise what does not follow: octal, base 256 (GNU), none.
  changeHeader((random, header) =>
    withField(
      header,
      'size',
      random.pick([
        '77777777777',
        '00000000001',
        '-0000000001',
        '9',
        '',
        Buffer.from([0x80, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0]),
        Buffer.from([0x80, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
        Buffer.alloc(12, 0xff),
      ]),
    ),
  ),
  changeHeader((random, header) => mendChecksum(wholeHeader(mutateBytes(random, header)))),
  changeHeader((random, header) => {
    const copy = new Uint8Array(header)
    copy[random.below(512)] = random.below(256)
    return copy
  }),
  // Members that lead somewhere else, or stand where something else stands.
  (random, members) =>
    insert(
      random,
      members,
      newMember(somePath(random, members), { type: '2', linkName: someTarget(random, members) }),
    ),
  (random, members) =>
    insert(
      random,
      members,
      newMember(somePath(random, members), { type: '1', linkName: someTarget(random, members) }),
    ),
  (random, members) => insert(random, members, newMember(somePath(random, members), { type: '5' })),
  (random, members) =>
    insert(
      random,
      members,
      newMember(somePath(random, members), {
        type: '0',
        content: Buffer.from(hostileText(random)),
      }),
    ),
  (random, members) => {
    const key = random.pick(['path', 'linkpath', 'size', 'mtime', 'GNU.sparse.size', 'a', ''])
    const value = random.chance(0.5) ? random.pick(PATHS) : hostileNumber(random)
    const record = ` ${key}=${value}\n`
    const length = random.chance(0.7)
      ? record.length + String(record.length + 3).length
      : hostileNumber(random)
    const content = Buffer.from(`${length}${record}`, 'latin1')
    return insert(
      random,
      members,
      newMember('PaxHeaders/a', { type: random.pick(['x', 'g']), content }),
    )
  },
  (random, members) =>
    insert(
      random,
      members,
      newMember('././@LongLink', {
        type: random.pick(['L', 'K']),
        content: Buffer.from(random.pick(PATHS) + '\0'),
      }),
    ),
  // Order and number.
  (random, members) =>
    members.toSpliced(random.below(members.length), random.pick([1, 1, 10, 1000])),
  (random, members) =>
    insert(
      random,
      members,
      ...new Array<RawMember>(random.pick([1, 2, 200])).fill(random.pick(members)),
    ),
  (random, members) => {
    const from = random.below(members.length)
    return insert(random, members.toSpliced(from, 1), ...members.slice(from, from + 1))
  },
  (_, members) => members.toReversed(),
  // A file takes the content of another one.
  (random, members) => {
    const at = random.below(members.length)
    const member = members[at]
    return member === undefined
      ? members
      : members.with(at, withContent(member, random.pick(members).content))
  },
  (random, members) => {
    const at = random.below(members.length)
    const member = members[at]
    if (member === undefined || !isFile(member)) return members
    return members.with(
      at,
      withContent(member, mutateFile(random, memberName(member), member.content)),
    )
  },
]

/** As long as a header must be, so that what follows stays where it belongs. */
function wholeHeader(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([bytes, new Uint8Array(TAR_BLOCK_BYTES)]).subarray(0, TAR_BLOCK_BYTES)
}

function changeHeader(
  change: (random: Random, header: Uint8Array, members: readonly RawMember[]) => Uint8Array,
): Operation {
  return (random, members) => {
    const at = random.below(members.length)
    const member = members[at]
    return member === undefined
      ? members
      : members.with(at, { ...member, header: change(random, member.header, members) })
  }
}

function insert(random: Random, members: readonly RawMember[], ...added: RawMember[]): RawMember[] {
  return members.toSpliced(random.below(members.length + 1), 0, ...added)
}

function somePath(random: Random, members: readonly RawMember[]): string {
  return random.chance(0.3) ? random.pick(PATHS) : memberName(random.pick(members))
}

/** Targets of links: upwards, absolute, itself, a directory above, any member. */
function someTarget(random: Random, members: readonly RawMember[]): string {
  const path = memberName(random.pick(members))
  return random.pick([
    path,
    path.slice(path.lastIndexOf('/') + 1),
    '.',
    '..',
    '../'.repeat(random.whole(1, 30)),
    '../'.repeat(random.whole(1, 30)) + path,
    `/${path}`,
    '/etc/passwd',
    'a/'.repeat(3000),
  ])
}
