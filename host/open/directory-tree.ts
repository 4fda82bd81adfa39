import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
} from 'node:fs'
import type { SourceTree } from '../../shared/readers/source-tree'
import { decodeText, MAX_TEXT_BYTES } from './file-text'
import { DEFAULT_LIMITS } from './limits'
import {
  baseName,
  joinPath,
  parentPath,
  resolveLinks,
  type Resolution,
  type TreeEntry,
} from './resolve-links'

const READ_PIECE_BYTES = 64 * 1024

// NONBLOCK: /proc/kmsg and trace_pipe would wait for ever. NOFOLLOW: links are followed by us or not at all.
// Windows has neither.
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0)

export interface DirectoryTreeOptions {
  /** Names directly below the root that belong to the tree; all others read as absent. */
  readonly only?: readonly string[]
  /** True where sizes are not known before reading: the kernel gives 0 or one page for files of its own. */
  readonly hasUnknownSizes?: boolean
}

/** The files below a directory of this machine, read when asked for. Unreadable files read as absent. */
export class DirectoryTree implements SourceTree {
  /** What was seen stays as it was for this load; a load that sees two states of a directory can only get confused. */
  private readonly seen = new Map<string, TreeEntry | undefined>()

  constructor(
    private readonly root: string,
    private readonly options: DirectoryTreeOptions = {},
  ) {}

  list(path: string): readonly string[] {
    const found = this.follow(path)
    if (found?.kind !== 'directory') return []
    try {
      const names = readdirSync(this.onDisk(found.path))
      const only = found.path === '' ? this.options.only : undefined
      return (only === undefined ? names : names.filter((name) => only.includes(name))).sort()
    } catch {
      return []
    }
  }

  kind(path: string): 'file' | 'directory' | undefined {
    return this.follow(path)?.kind
  }

  sizeBytes(path: string): number | undefined {
    const found = this.follow(path)
    if (found?.kind !== 'file' || this.options.hasUnknownSizes) return undefined
    try {
      return lstatSync(this.onDisk(found.path)).size
    } catch {
      return undefined
    }
  }

  text(path: string): string | undefined {
    const bytes = this.read(path, MAX_TEXT_BYTES)
    return bytes === undefined ? undefined : decodeText(bytes)
  }

  bytes(path: string): Uint8Array | undefined {
    return this.read(path, DEFAULT_LIMITS.fileBytes)
  }

  *pieces(path: string, pieceBytes: number): Iterable<Uint8Array> {
    const file = this.open(path)
    if (file === undefined) return
    try {
      for (;;) {
        const piece = readPiece(file, pieceBytes)
        if (piece === undefined || piece.length === 0) return
        yield piece
      }
    } finally {
      closeSync(file)
    }
  }

  resolve(path: string): string | undefined {
    return this.follow(path)?.path
  }

  linkTarget(path: string): string | undefined {
    const parent = this.resolve(parentPath(path))
    if (parent === undefined) return undefined
    const entry = this.lookUp(joinPath(parent, baseName(path)))
    return entry?.kind === 'link' ? entry.target : undefined
  }

  private follow(path: string): (Resolution & { outcome: 'found' }) | undefined {
    const resolution = resolveLinks(path, (inside) => this.lookUp(inside))
    return resolution.outcome === 'found' ? resolution : undefined
  }

  private lookUp(path: string): TreeEntry | undefined {
    if (this.seen.has(path)) return this.seen.get(path)
    const entry = this.isOutside(path) ? undefined : entryOnDisk(this.onDisk(path))
    this.seen.set(path, entry)
    return entry
  }

  private isOutside(path: string): boolean {
    const top = path.split('/', 1)[0] ?? ''
    return this.options.only !== undefined && !this.options.only.includes(top)
  }

  private onDisk(path: string): string {
    return `${this.root === '/' ? '' : this.root}/${path}`
  }

  private open(path: string): number | undefined {
    const found = this.follow(path)
    if (found?.kind !== 'file') return undefined
    try {
      const file = openSync(this.onDisk(found.path), OPEN_FLAGS)
      if (fstatSync(file).isFile()) return file
      closeSync(file)
      return undefined
    } catch {
      return undefined
    }
  }

  private read(path: string, maxBytes: number): Uint8Array | undefined {
    const file = this.open(path)
    if (file === undefined) return undefined
    try {
      return readWhole(file, maxBytes)
    } finally {
      closeSync(file)
    }
  }
}

function entryOnDisk(path: string): TreeEntry | undefined {
  try {
    const status = lstatSync(path)
    if (status.isSymbolicLink()) return { kind: 'link', target: readlinkSync(path) }
    if (status.isDirectory()) return { kind: 'directory' }
    // Opening a FIFO or a device could wait, or do something.
    return status.isFile() ? { kind: 'file' } : undefined
  } catch {
    return undefined
  }
}

/** Reads until the end and not to st_size, which the kernel does not know for files of its own. */
function readWhole(file: number, maxBytes: number): Uint8Array | undefined {
  const pieces: Uint8Array[] = []
  let total = 0
  for (;;) {
    const piece = readPiece(file, READ_PIECE_BYTES)
    if (piece === undefined) return undefined
    if (piece.length === 0) return pieces.length === 1 ? pieces[0] : Buffer.concat(pieces)
    total += piece.length
    if (total > maxBytes) return undefined
    pieces.push(piece)
  }
}

/** The next bytes of a file, none at its end, undefined when the kernel refuses (EIO, EACCES, ENXIO, EAGAIN). */
function readPiece(file: number, pieceBytes: number): Uint8Array | undefined {
  const buffer = Buffer.allocUnsafe(pieceBytes)
  try {
    return buffer.subarray(0, readSync(file, buffer, 0, pieceBytes, null))
  } catch {
    return undefined
  }
}
