import { createReadStream, readdirSync, realpathSync, statSync, type Stats } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import type { Diagnostic } from '../../shared/model/diagnostic'
import { FormatError } from '../../shared/model/errors'
import type { OpenedTree, SourceTree } from '../../shared/readers/source-tree'
import { DirectoryTree } from './directory-tree'
import { MAX_TEXT_BYTES } from './file-text'
import { DEFAULT_LIMITS } from './limits'
import { openBytes } from './open-bytes'
import type { OpenOptions } from './open-tree'
import { withLooseFiles } from './loose-files'
import { printable } from './printable'
import { readAll } from './read-all'
import { joinPath } from './resolve-links'
import { isTar, refuseWrongKind, sniffCompression } from './sniff'
import { findRoot } from './tree-root'
import { unreadable } from './unreadable'

const PIECE_BYTES = 1024 * 1024
/** So many names of a folder are looked at for what is packed. */
const MOST_NAMES = 1024
/** Enough to tell archives and other wrong kinds. */
const HEAD_BYTES = 8192

/** Opens a file or a directory by its path. Throws FormatError when it cannot be opened, HostFailure when the load is cancelled. */
export async function openPath(path: string, options: OpenOptions): Promise<OpenedTree> {
  const status = requireReadable(path)
  const name = basename(resolve(path)) || '/'
  if (status.isDirectory()) return openDirectory(path, name)
  const large = status.isFile() ? openLargeText(path, name, status.size) : undefined
  if (large !== undefined) return large
  const stream = createReadStream(path, { highWaterMark: PIECE_BYTES })
  const totalBytes = status.isFile() ? status.size : undefined
  return openBytes(name, await readAll(stream, name, options, totalBytes), options)
}

/**
 * A loose file that is larger than any text which readers take as a whole is left on the disk: those that read such files
 * take them in pieces. Undefined for archives and for what is packed.
 */
function openLargeText(path: string, name: string, size: number): OpenedTree | undefined {
  if (size <= MAX_TEXT_BYTES || size > DEFAULT_LIMITS.fileBytes) return undefined
  const real = realpathSync(path)
  const tree = new DirectoryTree(dirname(real), { only: [basename(real)] })
  const [head] = tree.pieces(basename(real), HEAD_BYTES)
  if (head === undefined || isPacked(head)) return undefined
  refuseWrongKind(head, printable(name))
  return { tree, name, origin: 'file', diagnostics: [] }
}

/** Throws FormatError when there is nothing at a path that could be opened. */
export function requireReadable(path: string): Stats {
  const status = statusOf(path)
  if (!status.isDirectory() && !status.isFile() && !status.isFIFO()) {
    throw new FormatError({
      code: 'not-a-file',
      what: 'this is a device or a socket',
      where: printable(path),
      hint: "give a file or a directory, or '-' for standard input",
    })
  }
  return status
}

function openDirectory(path: string, name: string): OpenedTree {
  let names: readonly string[]
  try {
    names = readdirSync(path)
  } catch (error) {
    throw unreadable(path, error)
  }
  if (names.length === 0) {
    throw new FormatError({
      code: 'empty-directory',
      what: 'the directory is empty',
      where: printable(name),
      hint: "give a directory that holds 'sys' and 'proc'",
    })
  }
  const top = new DirectoryTree(resolve(path))
  const root = findRoot(top, name)
  const tree =
    root === '' ? top : withLooseFiles(new DirectoryTree(resolve(joinPath(path, root))), top, root)
  return { tree, name, origin: 'directory', diagnostics: packedFiles(tree) }
}

/** Only the input itself is unpacked: several archives would be several machines. What is packed inside it is named. */
function packedFiles(tree: SourceTree): readonly Diagnostic[] {
  return tree
    .list('')
    .slice(0, MOST_NAMES)
    .filter((file) => {
      const [head] = tree.pieces(file, HEAD_BYTES)
      return head !== undefined && isPacked(head)
    })
    .map((file) => ({
      severity: 'warning',
      code: 'packed-inside',
      where: printable(file),
      message: 'it is packed and was not read; open it alone, or unpack it in this folder',
    }))
}

function isPacked(head: Uint8Array): boolean {
  return sniffCompression(head) !== undefined || isTar(head)
}

function statusOf(path: string): Stats {
  try {
    return statSync(path)
  } catch (error) {
    throw unreadable(path, error)
  }
}
