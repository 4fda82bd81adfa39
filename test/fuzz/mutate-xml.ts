import { hostileNumber, hostileText } from './hostile'
import { MOST_BYTES } from './mutate-bytes'
import { mutateText } from './mutate-text'
import type { Random } from './random'

/** Changes the tags, attributes and nesting of an XML text. */
export function mutateXml(random: Random, text: string): string {
  if (random.chance(0.1)) return mutateText(random, text)
  let pieces: string[] = text.match(/<[^>]*>|[^<]+/g) ?? [text]
  const rounds = random.rounds(5)
  for (let round = 0; round < rounds && pieces.length > 0; round++) {
    pieces = random.pick(random.chance(0.6) ? ATTRIBUTES : STRUCTURE)(random, pieces)
  }
  const printed = pieces.join('').slice(0, MOST_BYTES)
  return random.chance(0.05) ? printed.slice(0, random.below(printed.length)) : printed
}

type Operation = (random: Random, pieces: string[]) => string[]

/** What leaves the XML well-formed, mostly. */
const ATTRIBUTES: readonly Operation[] = [
  // A number, a text, the value of another one, the name of another one, one more, one less.
  (random, pieces) => changeAttribute(random, pieces, (name) => [name, hostileNumber(random)]),
  (random, pieces) => changeAttribute(random, pieces, (name) => [name, hostileNumber(random)]),
  (random, pieces) =>
    changeAttribute(random, pieces, (name) => [name, escape(hostileText(random))]),
  (random, pieces) =>
    changeAttribute(random, pieces, (name) => [name, someAttribute(random, pieces)[1]]),
  (random, pieces) =>
    changeAttribute(random, pieces, (_, value) => [someAttribute(random, pieces)[0], value]),
  (random, pieces) =>
    changeAttribute(random, pieces, (name, value) => [
      name,
      random.pick(['&lol;', '&#0;', '&#x110000;', '&amp;amp;', '&', '<', ']]>']) + value,
    ]),
  (random, pieces) => changeTag(random, pieces, (tag) => tag.replace(/\s[\w:]+="[^"]*"/, '')),
  (random, pieces) => changeTag(random, pieces, (tag) => tag.replace(/(\s[\w:]+="[^"]*")/, '$1$1')),
]

const STRUCTURE: readonly Operation[] = [
  // Tags.
  (random, pieces) => changeTag(random, pieces, () => random.pick(pieces)),
  (random, pieces) => changeTag(random, pieces, () => ''),
  (random, pieces) =>
    changeTag(random, pieces, (tag) => {
      const other = /^<\/?([\w:]+)/.exec(random.pick(pieces))?.[1] ?? 'object'
      return tag.replace(/^(<\/?)[\w:]+/, `$1${other}`)
    }),
  (random, pieces) =>
    changeTag(random, pieces, (tag) => tag.replace(/\/?>$/, random.pick(['/>', '>', '']))),
  // Elements: a run of pieces is moved, doubled or taken out; an element is put into another.
  (random, pieces) => {
    const [start, end] = elementRange(random, pieces)
    const run = pieces.slice(start, end)
    const kept = random.chance(0.5) ? pieces : [...pieces.slice(0, start), ...pieces.slice(end)]
    const at = random.below(kept.length + 1)
    return [...kept.slice(0, at), ...run, ...kept.slice(at)]
  },
  (random, pieces) => {
    const [start, end] = elementRange(random, pieces)
    const copies = Math.min(random.pick([1, 3, 200]), Math.ceil(20_000 / (end - start)))
    const run = pieces.slice(start, end)
    return [
      ...pieces.slice(0, start),
      ...Array.from({ length: copies }, () => run).flat(),
      ...pieces.slice(start),
    ]
  },
  (random, pieces) => {
    const [start, end] = elementRange(random, pieces)
    return [...pieces.slice(0, start), ...pieces.slice(end)]
  },
  (random, pieces) => {
    const opening = pieces.filter((piece) => /^<\w[^>]*[^/]>$/.test(piece))
    if (opening.length === 0) return pieces
    const tag = random.pick(opening)
    const depth = random.pick([2, 70, 300, 20_000])
    const closing = `</${/^<([\w:]+)/.exec(tag)?.[1] ?? 'object'}>`
    const at = random.below(pieces.length + 1)
    const inside = random.chance(0.7) ? closing.repeat(depth) : ''
    return [...pieces.slice(0, at), tag.repeat(depth), inside, ...pieces.slice(at)]
  },
  // What XML has and nobody wants.
  (random, pieces) => [
    random.pick([
      '<!DOCTYPE a [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]>',
      '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
      '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
      '<?xml version="1.0" encoding="UTF-16"?>',
      '<?php 1 ?>',
      '<!-- -- -->',
      '\ufeff',
    ]),
    ...pieces,
  ],
  (random, pieces) => {
    const texts = ['<![CDATA[', ']]>', '<!--', '-->', '<?', '&lol;', '&#x1F600;', '<', '>', 'a']
    const at = random.below(pieces.length + 1)
    return [...pieces.slice(0, at), random.pick(texts), ...pieces.slice(at)]
  },
]

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

function indexOfTag(random: Random, pieces: readonly string[]): number {
  const start = random.below(pieces.length)
  for (let offset = 0; offset < pieces.length; offset++) {
    const at = (start + offset) % pieces.length
    if (pieces[at]?.startsWith('<')) return at
  }
  return start
}

function changeTag(random: Random, pieces: string[], change: (tag: string) => string): string[] {
  const at = indexOfTag(random, pieces)
  return pieces.with(at, change(pieces[at] ?? ''))
}

const ATTRIBUTE = /([\w:]+)="([^"]*)"/g

function changeAttribute(
  random: Random,
  pieces: string[],
  change: (name: string, value: string) => readonly [name: string, value: string],
): string[] {
  return changeTag(random, pieces, (tag) => {
    const attributes = [...tag.matchAll(ATTRIBUTE)]
    if (attributes.length === 0) return tag
    const { index, 0: whole, 1: name = '', 2: value = '' } = random.pick(attributes)
    const [newName, newValue] = change(name, value)
    return `${tag.slice(0, index)}${newName}="${newValue}"${tag.slice(index + whole.length)}`
  })
}

function someAttribute(
  random: Random,
  pieces: readonly string[],
): readonly [name: string, value: string] {
  const attributes = [...(pieces[indexOfTag(random, pieces)] ?? '').matchAll(ATTRIBUTE)]
  if (attributes.length === 0) return ['type', 'Machine']
  const [, name = '', value = ''] = random.pick(attributes)
  return [name, value]
}

/** Start and end of one element among the pieces, its end tag included; one piece where it has none. */
export function elementRange(
  random: Random,
  pieces: readonly string[],
): readonly [start: number, end: number] {
  const start = indexOfTag(random, pieces)
  let depth = 0
  for (let at = start; at < pieces.length; at++) {
    const piece = pieces[at] ?? ''
    if (piece.startsWith('</')) depth--
    else if (/^<\w[^>]*[^/]>$/.test(piece)) depth++
    if (depth <= 0) return [start, at + 1]
  }
  return [start, start + 1]
}
