import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { FormatError } from '../../shared/model/errors'
import { openBytes } from './open-bytes'

const quiet = { report: () => undefined }
const bytesOf = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))

async function refusalOf(bytes: Uint8Array): Promise<FormatError> {
  const outcome: unknown = await openBytes('file.folioscope', bytes, quiet).catch(
    (error: unknown) => error,
  )
  if (outcome instanceof FormatError) return outcome
  throw new Error('it was opened')
}

const elf = (type: string, rest = '') => `\x7fELF\x02\x01\x01${'\0'.repeat(9)}${type}\x3e\0${rest}`
const CORE = '\x04\0'
const BIG_ENDIAN_CORE = '\0\x04'
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9">'

/** First bytes as the programs themselves write them: code, what a person sees, and a word of what to try. */
const FILES: readonly (readonly [code: string, what: RegExp, hint: RegExp, start: string])[] = [
  [
    'git-lfs-pointer',
    /Git LFS/,
    /git lfs pull/,
    'version https://git-lfs.github.com/spec/v1\noid sha256:0',
  ],
  ['html', /HTML page/, /download the file/, '\n\n<!DOCTYPE html>\n<html>'],
  ['html', /HTML page/, /login/, '\xef\xbb\xbf<!-- x --><HTML lang="en">'],
  ['pdf', /PDF/, /lstopo machine\.xml/, '%PDF-1.5\n%\xb5\xed\xae\xfb\n4 0 obj'],
  ['png', /PNG/, /lstopo machine\.xml/, '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'],
  ['jpeg', /JPEG/, /lstopo/, '\xff\xd8\xff\xe0\0\x10JFIF\0'],
  ['picture', /picture/, /lstopo/, '%!PS-Adobe-3.0\n%%Creator: cairo 1.16.0'],
  ['picture', /picture/, /lstopo/, 'GIF89a\x01\0'],
  ['svg', /SVG picture/, /lstopo/, `<?xml version="1.0" encoding="UTF-8"?>\n${SVG}\n<defs>`],
  ['svg', /SVG picture/, /lstopo/, `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">\n${SVG}`],
  [
    'lstopo-picture',
    /by lstopo \(SVG\)/,
    /machine\.xml/,
    `<?xml version='1.0'?>\n${SVG}\n\t<rect id='Machine_0_rect' class='Machine' x='0'/>`,
  ],
  [
    'lstopo-picture',
    /by lstopo \(xfig\)/,
    /machine\.xml/,
    "#FIG 3.2  Produced by hwloc's lstopo\nLandscape",
  ],
  [
    'lstopo-picture',
    /by lstopo \(TikZ\)/,
    /machine\.xml/,
    '\\documentclass{standalone}\n\\definecolor{hwloc-color-255-255-255}{RGB}{255,255,255}',
  ],
  [
    'lstopo-picture',
    /text drawing/,
    /machine\.xml/,
    'Machine (2048MB total)\n  Package L#0\n    NUMANode L#0 (P#0 1024MB)\n',
  ],
  [
    'lstopo-picture',
    /text drawing/,
    /machine\.xml/,
    'Machine (8026MB total) + Package L#0\n  NUMANode L#0 (P#0 8026MB)\n',
  ],
  [
    'lstopo-picture',
    /text drawing/,
    /machine\.xml/,
    `\xe2\x94\x8c${'\xe2\x94\x80'.repeat(70)}\xe2\x94\x90\n\xe2\x94\x82 Machine (2048MB total)  \xe2\x94\x82\n`,
  ],
  ['elf', /program/, /snapshot/, elf('\x03\0')],
  ['core-dump', /core dump of a process/, /snapshot/, elf(CORE)],
  ['core-dump', /core dump of a process/, /snapshot/, elf(BIG_ENDIAN_CORE)],
  [
    'vmcore',
    /vmcore/,
    /--dump-dmesg/,
    elf(CORE, `${'\0'.repeat(4096)}\x0b\0\0\0VMCOREINFO\0OSRELEASE=6.12\n`),
  ],
  ['vmcore', /compressed crash dump/, /crash/, `KDUMP   \x06\0\0\0Linux\0`],
  ['vmcore', /compressed crash dump/, /crash/, `DISKDUMP\x06\0`],
  ['vmcore', /flattened crash dump/, /crash/, `makedumpfile\0\0\0\0\0\0\0\0\0\0\0\x01`],
  // gpg 2.2: --symmetric, --symmetric --armor, --encrypt to RSA and to Curve25519; RFC 9580 lengths of a newer one.
  ['encrypted', /OpenPGP/, /gpg -o/, '\x8c\x0d\x04\x09\x03\x02\x7b\x7c\xc5'],
  ['encrypted', /OpenPGP/, /gpg -o/, '-----BEGIN PGP MESSAGE-----\n\njA0ECQMC'],
  ['encrypted', /OpenPGP/, /gpg -o/, '\x85\x02\x0c\x03\x12\x34'],
  ['encrypted', /OpenPGP/, /gpg -o/, '\x84\x5e\x03\x12\x34'],
  ['encrypted', /OpenPGP/, /gpg -o/, '\xc3\x1e\x06\x1a\x09'],
  ['encrypted', /OpenPGP/, /gpg -o/, '\xc1\xc0\x4c\x03\x12'],
  ['encrypted', /encrypted/, /decrypt/, 'Salted__\x12\x34'],
  ['encrypted', /encrypted/, /decrypt/, 'age-encryption.org/v1\n'],
  ['unsupported-archive', /zip/, /unpack/, 'PK\x03\x04\x14\0\0\0\x08\0'],
  [
    'office-document',
    /word processor/,
    /plain text/,
    `PK\x03\x04\x14\0\x06\0${'\0'.repeat(20)}[Content_Types].xml`,
  ],
  [
    'office-document',
    /word processor/,
    /plain text/,
    `PK\x03\x04${'\0'.repeat(26)}mimetypeapplication/vnd.oasis.opendocument.text`,
  ],
  ['office-document', /word processor/, /plain text/, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ['office-document', /word processor/, /plain text/, '{\\rtf1\\ansi'],
  ['unsupported-archive', /lz4/, /gzip/, '\x04\x22\x4d\x18'],
  ['database', /SQLite/, /snapshot/, 'SQLite format 3\0\x10\0'],
  ['journal', /journal/, /journalctl --file/, 'LPKSHHRH\0\0'],
  ['disk-image', /disk/, /snapshot/, 'QFI\xfb\0\0\0\x03'],
  ['wrong-encoding', /UTF-16/, /UTF-8/, '\xff\xfen\0o\0d\0e\0'],
  ['empty-file', /empty/, /again/, ''],
  ['not-an-archive', /neither/, /snapshot/, '\x01\x02\x03\0'],
]

it.each(FILES)('%s: %s, and what to try', async (code, what, hint, start) => {
  const error = await refusalOf(bytesOf(start))
  expect({ code: error.code, where: error.where }).toEqual({ code, where: 'file.folioscope' })
  expect(error.what).toMatch(what)
  expect(error.hint).toMatch(hint)
})

it('looks into what is packed, too', async () => {
  expect((await refusalOf(gzipSync('%PDF-1.7'))).code).toBe('pdf')
})

it.each([
  'node 0 cpus: 0 1\nnode 0 size: 3 MB\n',
  '<?xml version="1.0"?>\n<topology version="2.0"/>',
  'Machine readable output\n',
  '{"svg":"<svg >"}',
  '----------\nMachine room\n',
  '\u00c3\u00bcber', // UTF-8 of an umlaut: begins as an OpenPGP packet of newer form
])('opens %j as text', async (text) => {
  expect((await openBytes('x', bytesOf(text), quiet)).origin).toBe('file')
})

it('looks at a long file once', async () => {
  const long = bytesOf(`\x7fELF${'VMCOREINF'.repeat(7000)}`)
  expect((await refusalOf(long)).code).toBe('elf')
})
