import { gzipSync, zstdCompressSync } from 'node:zlib'
import { amplifyFile, amplifyTar } from './amplify'
import { FORMATS, type Corpus, type Format, type Seed } from './corpus'
import { mutateBytes } from './mutate-bytes'
import { mutateFile } from './mutate-file'
import { mutateYaml } from './mutate-yaml'
import { mutateContents, mutateTar } from './mutate-tar'
import { Random } from './random'
import { joinTar, type RawMember } from './tar-members'
import { interestOf } from './trim'

/** Names one case of a run; the same id gives the same input as long as the corpus is the same. */
export interface CaseId {
  readonly seed: string
  readonly format: Format
  readonly number: number
}

export interface FuzzCase {
  readonly id: CaseId
  /** The input that was changed. */
  readonly label: string
  readonly name: string
  readonly input:
    | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
    /** Becomes a directory on disk, with links that lead out of it. */
    | {
        readonly kind: 'directory'
        readonly members: readonly RawMember[]
        readonly random: Random
      }
}

/** How many of 100 cases each format gets: where most readers are, and where mistakes are likeliest. */
const SHARES: Readonly<Record<Format, number>> = {
  tar: 13,
  sysfs: 22,
  directory: 2,
  packed: 3,
  smbios: 10,
  acpi: 10,
  xml: 12,
  json: 16,
  text: 6,
  spec: 6,
  large: 2,
}

/** The ids of a run, format by format in turns. */
export function planCases(
  total: number,
  { seed, formats }: { readonly seed: string; readonly formats: readonly Format[] },
): readonly CaseId[] {
  const shares = formats.reduce((sum, format) => sum + SHARES[format], 0)
  return formats
    .flatMap((format) => {
      const count = Math.ceil((total * SHARES[format]) / shares)
      return Array.from({ length: count }, (_, number) => ({
        id: { seed, format, number },
        turn: number / count,
      }))
    })
    .sort((a, b) => a.turn - b.turn)
    .map(({ id }) => id)
}

export function caseName({ seed, format, number }: CaseId): string {
  return `${seed}:${format}:${number}`
}

/** Reads what {@link caseName} wrote; undefined for anything else. */
export function parseCaseName(text: string): CaseId | undefined {
  const [, seed, name, number] = /^(.+):(\w+):(\d+)$/.exec(text) ?? []
  const format = FORMATS.find((known) => known === name)
  if (seed === undefined || format === undefined) return undefined
  return { seed, format, number: Number(number) }
}

/** Makes the input of a case. */
export function makeCase(corpus: Corpus, id: CaseId): FuzzCase {
  const random = new Random(caseName(id))
  const seed = random.pickWeighted(corpus[id.format])
  const common = { id, label: seed.label, name: seed.name }
  if (id.format === 'directory' && seed.content.kind === 'tar') {
    return { ...common, input: { kind: 'directory', members: seed.content.members, random } }
  }
  const bytes = mutateSeed(random, id.format, seed)
  return { ...common, input: { kind: 'bytes', bytes: maybePack(random, id.format, bytes) } }
}

function mutateSeed(random: Random, format: Format, { content, label }: Seed): Uint8Array {
  if (content.kind === 'bytes') {
    if (format === 'large') return amplifyFile(random, label, content.bytes)
    if (format === 'packed') return mutateBytes(random, content.bytes)
    if (format !== 'spec') return mutateFile(random, label, content.bytes)
    return Buffer.from(mutateYaml(random, Buffer.from(content.bytes).toString('utf8')))
  }
  const { members } = content
  switch (format) {
    case 'smbios':
      return mutateContents(random, members, (path) => (path.includes('/dmi/') ? 1 : 0))
    case 'acpi':
      return mutateContents(random, members, (path) => (path.includes('/acpi/') ? 1 : 0))
    case 'sysfs':
      return mutateContents(random, members, (path) => INTEREST[interestOf(path)])
    case 'large':
      return amplifyTar(random, members)
    default:
      return mutateTar(random, members)
  }
}

const INTEREST = { core: 10, read: 2, none: 0 } as const

/** Some tars are packed again, and some of these damaged on top. */
function maybePack(random: Random, format: Format, bytes: Uint8Array): Uint8Array {
  if (format !== 'tar' || random.chance(0.85)) return bytes
  const packed = random.chance(0.5) ? gzipSync(bytes, { level: 1 }) : zstdCompressSync(bytes)
  return random.chance(0.3) ? mutateBytes(random, packed) : packed
}

/** The whole input as bytes, to be kept with a finding. */
export function bytesOfCase({ input }: FuzzCase): Uint8Array {
  return input.kind === 'bytes' ? input.bytes : joinTar(input.members)
}
