import { createReadStream, readdirSync, statSync, type Stats } from 'node:fs'
import { basename, resolve } from 'node:path'
import { FormatError } from '../../shared/model/errors'
import type { OpenedTree } from '../../shared/readers/source-tree'
import { DirectoryTree } from './directory-tree'
import { openBytes } from './open-bytes'
import type { OpenOptions } from './open-tree'
import { printable } from './printable'
import { readAll } from './read-all'
import { joinPath } from './resolve-links'
import { findRoot } from './tree-root'
import { unreadable } from './unreadable'

const PIECE_BYTES = 1024 * 1024

/** Opens a file or a directory by its path. Throws FormatError when it cannot be opened, HostFailure when the load is cancelled. */
export async function openPath(path: string, options: OpenOptions): Promise<OpenedTree> {
  const status = requireReadable(path)
  const name = basename(resolve(path)) || '/'
  if (status.isDirectory()) return openDirectory(path, name)
  const stream = createReadStream(path, { highWaterMark: PIECE_BYTES })
  const totalBytes = status.isFile() ? status.size : undefined
  return openBytes(name, await readAll(stream, name, options, totalBytes), options)
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
  const root = findRoot(top)
  const tree = root === '' ? top : new DirectoryTree(resolve(joinPath(path, root)))
  return { tree, name, origin: 'directory', diagnostics: [] }
}

function statusOf(path: string): Stats {
  try {
    return statSync(path)
  } catch (error) {
    throw unreadable(path, error)
  }
}
