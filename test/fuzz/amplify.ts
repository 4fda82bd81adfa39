import { allValues, parseJsonSyntax, printJsonSyntax } from './json-syntax'
import { fileKind } from './mutate-file'
import { splitStructures } from './mutate-smbios'
import { elementRange } from './mutate-xml'
import type { Random } from './random'
import { isFile, joinTar, memberName, withContent, withField, type RawMember } from './tar-members'

/** As large as the amplified part becomes: what takes quadratic time shows, and honest input of this size exists. */
const TARGET_BYTES = 1024 * 1024
const MOST_COPIES = 20_000
const MOST_MEMBERS = 20_000

/** Repeats one part of a file thousands of times, each time with other numbers: a machine with very many of something. */
export function amplifyFile(random: Random, path: string, bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('utf8')
  switch (fileKind(path, bytes)) {
    case 'json':
      return Buffer.from(amplifyJson(random, text))
    case 'xml':
      return Buffer.from(amplifyXml(random, text))
    case 'smbios':
      return amplifySmbios(random, bytes)
    default:
      return Buffer.from(amplifyLines(random, text))
  }
}

/** Makes one file of a tar very large, or one numbered directory (node0, memory7) a thousand of its kind. */
export function amplifyTar(random: Random, members: readonly RawMember[]): Uint8Array {
  const files = members.flatMap((member, index) =>
    isFile(member) && member.content.length > 0 ? [{ member, index }] : [],
  )
  if (files.length === 0 || random.chance(0.5)) return amplifyDirectory(random, members)
  // Long files are those of many lines; one value stays one line.
  const texts = files.filter(({ member }) => member.content.length > 200)
  const { member, index } = random.pick(texts.length === 0 || random.chance(0.2) ? files : texts)
  const content = amplifyFile(random, memberName(member), member.content)
  return joinTar(members.with(index, withContent(member, content)))
}

function amplifyDirectory(random: Random, members: readonly RawMember[]): Uint8Array {
  const numbered = members.map(memberName).filter((path) => NUMBERED.test(path))
  if (numbered.length === 0) return joinTar(members)
  const path = random.pick(numbered)
  const [, stem = '', number = '0'] = NUMBERED.exec(path) ?? []
  const old = `${stem}${number}`
  const subtree = members.filter((member) => {
    const name = memberName(member)
    return name === old || name.startsWith(`${old}/`)
  })
  const copies = Math.min(Math.ceil(MOST_MEMBERS / Math.max(1, subtree.length)), 4000)
  const added = countUp(copies).flatMap((index) =>
    subtree.flatMap((member) => {
      const name = `${stem}${Number(number) + index}${memberName(member).slice(old.length)}`
      return name.length > 99 ? [] : [renamed(member, name, index)]
    }),
  )
  return joinTar([...members, ...added])
}

/** A path up to and with the number of one of its parts. */
const NUMBERED =
  /^(.*?(?:node|memory|cpu|namespace\d+\.|region|nmem|dax\d+\.|mem|decoder\d+\.|endpoint|port|dimm|mc|index|hugepages-))(\d{1,9})(?=\/|$|kB)/

function renamed(member: RawMember, name: string, index: number): RawMember {
  const header = withField(withField(member.header, 'prefix', ''), 'name', name)
  if (!isFile(member) || member.content.length > 200) return { header, content: member.content }
  const content = raise(Buffer.from(member.content).toString('latin1'), index)
  return withContent({ header, content: member.content }, Buffer.from(content))
}

function amplifyLines(random: Random, text: string): string {
  const lines = text.split('\n')
  const at = random.below(lines.length)
  const part = lines.slice(at, at + random.pick([1, 1, 2, 5, 12])).join('\n')
  return [...lines.slice(0, at), ...repeated(part), ...lines.slice(at)].join('\n')
}

function amplifyJson(random: Random, text: string): string {
  const root = parseJsonSyntax(text)
  if (root === undefined) return amplifyLines(random, text)
  const lists = allValues(root).flatMap((value) =>
    value.kind === 'array' && value.items.length > 0 ? [value.items] : [],
  )
  if (lists.length === 0) return `[${repeated(text).join(',')}]`
  const items = random.pick(lists)
  const copies = repeated(printJsonSyntax(random.pick(items)))
  items.push(...copies.map((copy) => ({ kind: 'raw', text: copy }) as const))
  return printJsonSyntax(root)
}

function amplifyXml(random: Random, text: string): string {
  const pieces = text.match(/<[^>]*>|[^<]+/g) ?? [text]
  const [start, end] = elementRange(random, pieces)
  const before = pieces.slice(0, end).join('')
  return before + repeated(pieces.slice(start, end).join('')).join('') + pieces.slice(end).join('')
}

function amplifySmbios(random: Random, bytes: Uint8Array): Uint8Array {
  const structures = splitStructures(bytes)
  const copied = random.pick(structures)
  const copies = countUp(Math.min(MOST_COPIES, Math.ceil(TARGET_BYTES / copied.length)))
  const added = copies.map((index) => {
    const copy = new Uint8Array(copied)
    // The handle, so that each is one of its own.
    copy[2] = index
    copy[3] = index >> 8
    return copy
  })
  return Buffer.concat([...added, ...structures])
}

/** Copies of a text, all of its numbers raised by the number of the copy. */
function repeated(text: string): readonly string[] {
  const copies = Math.min(MOST_COPIES, Math.ceil(TARGET_BYTES / (text.length + 1)))
  return countUp(copies).map((index) => raise(text, index))
}

function raise(text: string, by: number): string {
  return text.replace(/0x[\da-f]{1,16}|\d{1,18}/gi, (digits) => {
    const raised = BigInt(digits) + BigInt(by)
    return digits.startsWith('0x')
      ? `0x${raised.toString(16).padStart(digits.length - 2, '0')}`
      : String(raised)
  })
}

function countUp(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1)
}
