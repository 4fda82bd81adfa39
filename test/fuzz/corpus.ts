import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { decompress } from '../../host/open/decompress'
import { isTar, sniffCompression } from '../../host/open/sniff'
import { testDataFolder } from '../support/test-data'
import { fileKind } from './mutate-file'
import { SAMPLES, SYNTHETIC } from './samples'
import { interestOf, trimMembers } from './trim'
import { isFile, joinTar, memberName, newMember, parseTar, type RawMember } from './tar-members'

/** Ways to go wrong; each has cases of its own. */
export const FORMATS = [
  'tar',
  'sysfs',
  'directory',
  'packed',
  'smbios',
  'acpi',
  'xml',
  'json',
  'text',
  'spec',
  'large',
] as const
export type Format = (typeof FORMATS)[number]

/** One input to change. `weight` is how often it is taken, in comparison to others of its format. */
export interface Seed {
  /** Where it comes from, for people. */
  readonly label: string
  /** Base name under which it is opened. */
  readonly name: string
  readonly weight: number
  readonly content:
    | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
    | { readonly kind: 'tar'; readonly members: readonly RawMember[] }
}

/** Formats whose inputs are also made very large. */
const AMPLIFIED = ['sysfs', 'smbios', 'xml', 'json', 'text', 'spec'] as const

export type Corpus = Readonly<Record<Format, readonly Seed[]>>

/** `[]` and the like; there is nothing to change in them. */
const LEAST_BYTES = 16

const projectFolder = resolve(import.meta.dirname, '../..')

/** Beside this many bytes an input of this size is taken half as often: ten small cases tell more than one large. */
const HEAVY_BYTES = 50_000
/** Descriptions beside the samples, which no reader reads. */
const NO_INPUT =
  /\.(md|expected\.json|source\.txt|test|options|source)$|\.(source|options)\.hwloc290$|\.truth\//

/**
 * All inputs: fixtures, demos, examples and, where it is present, every file of the test data.
 * @param withData false leaves the test data out, so that the corpus is the same on every machine
 */
export async function buildCorpus(withData = true): Promise<Corpus> {
  const seeds: Record<Format, Seed[]> = {
    tar: [],
    sysfs: [],
    directory: [],
    packed: [],
    smbios: [],
    acpi: [],
    xml: [],
    json: [],
    text: [],
    spec: [],
    large: [],
  }
  const data = withData ? testDataFolder() : undefined
  const folders = [join(projectFolder, 'test/fixtures'), ...(data === undefined ? [] : [data])]
  for (const path of folders.flatMap(filesBelow)) {
    await addFile(seeds, path, readFileSync(path))
  }
  for (const path of filesBelow(join(projectFolder, 'host/demos')).filter(isYaml)) {
    addLoose(seeds.spec, path, readFileSync(path))
  }
  const page = readFileSync(join(projectFolder, 'docs/specification.md'), 'utf8')
  for (const [, text = ''] of page.matchAll(/```(?:yaml|json)\n(.*?)```/gs)) {
    if (text.includes('nodes')) addLoose(seeds.spec, 'example.yaml', Buffer.from(text))
  }
  for (const text of SYNTHETIC) addLoose(seeds.text, 'synthetic.txt', Buffer.from(`${text}\n`))
  for (const [path, text] of Object.entries(SAMPLES)) {
    if (path.startsWith('sos_commands/')) addDocument(seeds, path, Buffer.from(text))
  }
  addTar(seeds, 'sosreport.tar', sampleMembers())
  addPacked(seeds)
  for (const format of AMPLIFIED) seeds.large.push(...seeds[format])
  return seeds
}

const isYaml = (path: string) => path.endsWith('.yaml')

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
}

function sampleMembers(): readonly RawMember[] {
  return Object.entries(SAMPLES).map(([path, text]) =>
    newMember(`sosreport-sample/${path}`, { type: '0', content: Buffer.from(text) }),
  )
}

async function addFile(seeds: Record<Format, Seed[]>, path: string, bytes: Uint8Array) {
  if (NO_INPUT.test(path)) return
  const compression = sniffCompression(bytes)
  if (compression !== undefined || isTar(bytes)) {
    const unpacked =
      compression === undefined
        ? bytes
        : await unpack(decompress(bytes, compression, () => undefined))
    if (isTar(unpacked)) addTar(seeds, path, parseTar(unpacked))
    if (compression !== undefined) addLoose(seeds.packed, path, bytes)
    return
  }
  addDocument(seeds, path, bytes)
}

async function unpack(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(piece)
  return Buffer.concat(all)
}

function addDocument(seeds: Record<Format, Seed[]>, path: string, bytes: Uint8Array): void {
  if (bytes.length < LEAST_BYTES) return
  switch (fileKind(path, bytes)) {
    case 'json':
      addLoose(seeds.json, path, bytes)
      break
    case 'xml':
      addLoose(seeds.xml, path, bytes)
      break
    case 'text':
    case 'value':
      addLoose(seeds.text, path, bytes)
      break
    default:
      break
  }
}

function addLoose(list: Seed[], path: string, bytes: Uint8Array): void {
  const weight = weightOf(bytes.length)
  list.push({ label: path, name: basename(path), weight, content: { kind: 'bytes', bytes } })
}

function weightOf(bytes: number): number {
  return HEAVY_BYTES / (HEAVY_BYTES + bytes)
}

/** A capture serves many formats: whole, its small files, its firmware tables, and the outputs of tools in it. */
function addTar(seeds: Record<Format, Seed[]>, path: string, all: readonly RawMember[]): void {
  const members = trimMembers(all)
  const add = (list: Seed[], some: readonly RawMember[]) => {
    const weight = weightOf(joinTar(some).length / 10)
    list.push({
      label: path,
      name: basename(path),
      weight,
      content: { kind: 'tar', members: some },
    })
  }
  add(seeds.tar, members)
  add(seeds.sysfs, members)
  const few = members.filter((member) => interestOf(memberName(member)) === 'core')
  const having = (pattern: RegExp) => members.filter((member) => pattern.test(memberName(member)))
  const smbios = having(/firmware\/dmi\/tables\/./)
  if (smbios.length > 0) add(seeds.smbios, [...few, ...smbios])
  const acpi = having(/firmware\/acpi\/tables\/(SRAT|SLIT|HMAT|NFIT|CEDT)$/)
  if (acpi.length > 0) add(seeds.acpi, [...few, ...acpi])
  // An entry point without its table is refused at once.
  const tables = [...smbios, ...acpi].filter((member) => !memberName(member).endsWith('_point'))
  for (const member of tables) {
    const table = `${path}/${memberName(member)}`
    addLoose(/\/dmi\//.test(table) ? seeds.smbios : seeds.acpi, table, member.content)
  }
  if (few.length > 0) add(seeds.directory, [...few, ...smbios, ...acpi])
  for (const member of having(/(^|\/)cmd\/./)) {
    if (isFile(member)) addDocument(seeds, `${path}/${memberName(member)}`, member.content)
  }
}

/** A small tar packed by the programs that Node lacks, where these are installed. */
function addPacked(seeds: Record<Format, Seed[]>): void {
  const [small] = seeds.directory
  if (small?.content.kind !== 'tar') return
  for (const [program, suffix] of [
    ['bzip2', 'bz2'],
    ['xz', 'xz'],
  ] as const) {
    const { status, stdout } = spawnSync(program, ['-c'], { input: joinTar(small.content.members) })
    if (status === 0) addLoose(seeds.packed, `small.tar.${suffix}`, stdout)
  }
}
