/** A kind of file that people open by mistake. */
export interface WrongKind {
  /** As in docs/errors.md. */
  readonly code: string
  /** Of the first {@link HEAD_BYTES} bytes, one character each. */
  readonly pattern: RegExp
  readonly what: string
  readonly hint: string
}

/** The notes of a crash dump begin one page behind its headers; a picture's first words are found much earlier. */
export const HEAD_BYTES = 64 * 1024

const SNAPSHOT = 'give a snapshot, a tar of /sys and /proc, or the output of a tool'
const LSTOPO =
  'give a snapshot or the output of a tool; if lstopo drew it, save its XML: lstopo machine.xml'
const VMCORE =
  'look into it with crash; for this program take the log out of it (makedumpfile --dump-dmesg vmcore dmesg.txt) or capture the machine itself'
const UNPACK = 'unpack it and give the directory'

/**
 * Kinds in the order in which they are tried. Signatures: file(1), and for dumps makedumpfile 1.7 (diskdump_mod.h,
 * makedumpfile.h), for OpenPGP RFC 9580 (4.2).
 */
export const WRONG_KINDS: readonly WrongKind[] = [
  wrong('lstopo-picture', /^#FIG [^\n]{0,80}lstopo/, 'this is a picture by lstopo (xfig)', LSTOPO),
  wrong(
    'lstopo-picture',
    svg(/[^\0]{0,2000}class='(?:Machine|Package|NUMANode)'/),
    'this is a picture by lstopo (SVG)',
    LSTOPO,
  ),
  wrong(
    'lstopo-picture',
    /^\\documentclass[^\0]{0,2000}hwloc-color-/,
    'this is a picture by lstopo (TikZ)',
    LSTOPO,
  ),
  wrong(
    'lstopo-picture',
    // Box-drawing characters in UTF-8, or the plain tree: `Machine (63GB total)` and a package below it.
    /^(?:\xe2\x94[\x80-\xbf]|[-+]){8,400}\r?\n[^\n]{1,8}Machine(?: L#0)? \(|^Machine(?: L#0)? \([^\n]{1,80}\)[^\n]{0,80}\n[^\0]{0,400}(?:Package|NUMANode|Group0|Core) L#0/,
    'this is the text drawing of lstopo, which leaves much out',
    'save its XML: lstopo machine.xml',
  ),
  wrong('svg', svg(/(?:)/), 'this is an SVG picture', LSTOPO),
  wrong('pdf', /^%PDF-/, 'this is a PDF document', LSTOPO),
  wrong('png', /^\x89PNG/, 'this is a PNG picture', LSTOPO),
  wrong('jpeg', /^\xff\xd8\xff/, 'this is a JPEG picture', LSTOPO),
  wrong(
    'picture',
    /^(?:GIF8|BM[\s\S]{4}\0\0\0\0|RIFF[\s\S]{4}WEBP|%!PS|#FIG )/,
    'this is a picture',
    LSTOPO,
  ),
  wrong(
    'html',
    /^(?:\xef\xbb\xbf)?\s{0,400}(?:<!--[^>]{0,400}-->\s{0,40})?<(?:!doctype html|html[\s>])/i,
    'this is an HTML page',
    'a download may have given a login or error page: download the file itself',
  ),
  wrong(
    'git-lfs-pointer',
    /^version https:\/\/git-lfs\.github\.com\/spec\//,
    'this is a Git LFS pointer, not the file itself',
    "fetch the file with 'git lfs pull'",
  ),
  wrong(
    'vmcore',
    /^\x7fELF[\s\S]{12}(?:\x04\0|\0\x04)[\s\S]*VMCOREINFO\0/,
    'this is a crash dump of a kernel (vmcore)',
    VMCORE,
  ),
  wrong(
    'vmcore',
    /^(?:KDUMP {3}|DISKDUMP)/,
    'this is a compressed crash dump of a kernel (makedumpfile)',
    VMCORE,
  ),
  wrong(
    'vmcore',
    /^makedumpfile\0/,
    'this is a flattened crash dump of a kernel (makedumpfile -F)',
    VMCORE,
  ),
  wrong(
    'core-dump',
    /^\x7fELF[\s\S]{12}(?:\x04\0|\0\x04)/,
    'this is the core dump of a process',
    SNAPSHOT,
  ),
  wrong('elf', /^\x7fELF/, 'this is an ELF program or library', SNAPSHOT),
  wrong(
    'encrypted',
    /^-----BEGIN PGP MESSAGE-----|^(?:[\x8c\xc3][\x04-\x7f][\x04-\x06]|[\x84\xc1][\x20-\x7f]\x03|[\x85\xc1][\x00-\x04\xc0-\xdf][\s\S][\x03\x06])/,
    'this is encrypted with OpenPGP (sos report --encrypt makes such files)',
    'decrypt it first: gpg -o report.tar.xz -d FILE',
  ),
  wrong(
    'encrypted',
    /^(?:Salted__|age-encryption\.org\/v1|-----BEGIN AGE ENCRYPTED FILE-----|LUKS\xba\xbe)/,
    'this is encrypted',
    'decrypt it first',
  ),
  wrong(
    'office-document',
    /^PK\x03\x04[\s\S]{0,2000}(?:\[Content_Types\]\.xml|mimetypeapplication\/vnd\.oasis|word\/|xl\/)|^\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1|^\{\\rtf/,
    'this is a document of a word processor or a table',
    'save the output itself as plain text',
  ),
  wrong(
    'unsupported-archive',
    /^(?:PK[\x03\x05]|7z\xbc\xaf\x27\x1c|Rar!|!<arch>|0707|\xed\xab\xee\xdb|hsqs)/,
    'this kind of archive is not read (zip, 7z, rar, cpio, deb, rpm, squashfs)',
    UNPACK,
  ),
  wrong(
    'unsupported-archive',
    /^(?:\x04\x22\x4d\x18|\x5d\0\0|LZIP|\x1f\x9d|\x89LZO)/,
    'this kind of compression is not read (lz4, lzma, lzip, lzo, compress)',
    'unpack it, or pack it with gzip, zstd, bzip2 or xz',
  ),
  wrong('database', /^SQLite format 3\0/, 'this is an SQLite database', SNAPSHOT),
  wrong(
    'journal',
    /^LPKSHHRH/,
    'this is a journal of systemd',
    "save the kernel's messages: journalctl --file FILE -k > dmesg.txt",
  ),
  wrong(
    'disk-image',
    /^(?:QFI\xfb|KDMV|\xeb[\s\S]\x90(?:NTFS|MSDOS|mkfs)|conectix)/,
    'this is the image of a disk',
    SNAPSHOT,
  ),
  wrong(
    'wrong-encoding',
    /^(?:\xff\xfe|\xfe\xff)/,
    'this text is UTF-16, as PowerShell writes it',
    'save it as UTF-8',
  ),
]

function wrong(code: string, pattern: RegExp, what: string, hint: string): WrongKind {
  return { code, pattern, what, hint }
}

/** The start of an SVG file, and what follows. */
function svg(rest: RegExp): RegExp {
  const start =
    /^(?:\xef\xbb\xbf)?\s{0,8}(?:<\?xml[^>]{0,200}\?>\s{0,8})?(?:<!--[^>]{0,400}-->\s{0,8})?(?:<!DOCTYPE svg[^>]{0,200}>\s{0,8})?<svg[\s>]/
  return new RegExp(start.source + rest.source)
}
