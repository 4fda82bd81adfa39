import { pipeline } from 'node:stream/promises'
import { extract, type Header } from 'tar-stream'
import { FormatError } from '../../shared/model/errors'
import { BrokenArchive } from './broken-archive'
import type { OpenLimits } from './limits'
import { memberPath } from './member-name'
import { MemoryTreeBuilder, type MemoryTree } from './memory-tree'
import { printable } from './printable'

const TAR_BLOCK_BYTES = 512
/** What tar-stream 3.2 says when the data ends inside a member. Everything else it says is about a damaged header. */
const CUT_SHORT = 'Unexpected end of data'

/** Directories whose files readers look at; a circle of links elsewhere (a sosreport's copy of /etc) harms nobody. */
const READ_PLACES = /^(sys|proc|cmd)(\/|$)|(^|\/)(sys|proc|cmd)(\/|$)|^[^/]+$/

/** Reads all members of an unpacked tar into memory. Throws FormatError when the archive is broken, unsafe or above a limit. */
export async function readTar(
  pieces: AsyncIterable<Uint8Array>,
  archive: string,
  limits: OpenLimits,
): Promise<MemoryTree> {
  const reading = new TarReading(archive, limits)
  try {
    await pipeline(reading.watchEnd(pieces), reading.extractor)
  } catch (error) {
    throw reading.explain(error)
  }
  return reading.finish()
}

class TarReading {
  readonly extractor = extract()
  private readonly builder = new MemoryTreeBuilder()
  private refusal: Error | undefined
  private entries = 0
  private member: string | undefined
  private unpackedBytes = 0
  private lastBlock: Uint8Array = new Uint8Array()

  constructor(
    private readonly archive: string,
    private readonly limits: OpenLimits,
  ) {
    this.extractor.on('entry', (header, content, next) => {
      // A directory has no content, whatever its size says (POSIX pax); tar-stream 3.2 would wait for it for ever.
      if (header.type === 'directory') header.size = 0
      const parts: Uint8Array[] = []
      content.on('data', (part) => {
        if (part instanceof Uint8Array) parts.push(part)
      })
      // Destroying the extractor destroys the member as well; the reason is told once, by the extractor.
      content.on('error', () => undefined)
      content.on('end', () => {
        this.attempt(() => this.addMember(header, parts))
        next()
      })
      this.attempt(() => this.checkMember(header))
    })
  }

  /** Passes the pieces through and remembers how they end. */
  async *watchEnd(pieces: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    for await (const piece of pieces) {
      this.unpackedBytes += piece.length
      const end = piece.length < TAR_BLOCK_BYTES ? Buffer.concat([this.lastBlock, piece]) : piece
      this.lastBlock = end.slice(-TAR_BLOCK_BYTES)
      yield piece
    }
  }

  /** Stops reading when the action throws. tar-stream may still end in peace, or with an error of its own. */
  private attempt(action: () => void): void {
    try {
      action()
    } catch (error) {
      this.refusal ??= error instanceof Error ? error : new Error(String(error))
      this.extractor.destroy()
    }
  }

  explain(error: unknown): unknown {
    if (this.refusal !== undefined) return this.refusal
    if (error instanceof FormatError) return error
    if (error instanceof BrokenArchive) return this.broken(error.reason)
    if (error instanceof Error && error.message === CUT_SHORT) return this.broken('truncated')
    if (error instanceof Error && /^Invalid|^Header/.test(error.message)) {
      return this.broken('damaged')
    }
    return error
  }

  finish(): MemoryTree {
    if (this.refusal !== undefined) throw this.refusal
    // POSIX pax, "End-of-archive": without its blocks of zeros, members may be missing and nobody would know.
    if (this.lastBlock.some((byte) => byte !== 0)) throw this.broken('truncated')
    if (this.builder.isEmpty) {
      throw new FormatError({
        code: 'empty-archive',
        what: 'the archive holds no files',
        where: this.archive,
        hint: 'capture or pack it again',
      })
    }
    const loop = this.builder.loops().find((path) => READ_PLACES.test(path))
    if (loop !== undefined) {
      throw new FormatError({
        code: 'link-loop',
        what: 'the symbolic link leads round in a circle',
        where: `${this.archive}, member ${printable(loop)}`,
        hint: 'pack the archive again without it',
      })
    }
    return this.builder.build()
  }

  private broken(reason: 'truncated' | 'damaged'): FormatError {
    const place = this.member === undefined ? '' : ` in or after ${printable(this.member)}`
    return new FormatError({
      code: `${reason}-archive`,
      what:
        reason === 'truncated'
          ? `the archive breaks off${place}, ${this.unpackedBytes} bytes unpacked`
          : `the archive is damaged${place}, ${this.unpackedBytes} bytes unpacked`,
      where: this.archive,
      hint: 'copy or download it again',
    })
  }

  private checkMember(header: Header): void {
    this.member = header.name
    this.entries++
    if (this.entries > this.limits.entries) {
      throw new FormatError({
        code: 'too-many-members',
        what: `the archive has more than ${this.limits.entries} members`,
        where: this.archive,
        hint: 'pack only sys, proc and cmd',
      })
    }
    memberPath(header.name, this.archive, this.limits)
    if (header.size > this.limits.fileBytes) {
      throw new FormatError({
        code: 'member-too-large',
        what: `the member has more than ${this.limits.fileBytes} bytes`,
        where: `${this.archive}, member ${printable(header.name)}`,
        hint: 'pack the archive again without it',
      })
    }
  }

  private addMember(header: Header, parts: readonly Uint8Array[]): void {
    const path = memberPath(header.name, this.archive, this.limits)
    // tar-stream 3.2 gives null for an empty one, whatever its types say. Such a link leads nowhere.
    const target = (header.linkname as string | null) ?? ''
    switch (header.type) {
      case 'file':
      case 'contiguous-file':
        this.builder.addFile(path, parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts))
        return
      case 'directory':
        this.builder.addDirectory(path)
        return
      case 'symlink':
        if (target !== '' && target.length <= this.limits.pathLength) {
          this.builder.addSymbolicLink(path, target)
        }
        return
      case 'link':
        this.builder.addHardLink(path, memberPath(target, this.archive, this.limits))
        return
      default:
        // Devices, FIFOs and sparse files hold nothing that a reader could read.
        return
    }
  }
}
