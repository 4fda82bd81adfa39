import { createReadStream, readdirSync, statSync, type Stats } from 'node:fs'
import { basename, resolve } from 'node:path'
import type { CancelSignal } from '../../shared/host'
import { FormatError } from '../../shared/model/errors'
import type { OpenedTree, ReportProgress } from '../../shared/readers/source-tree'
import { throwIfCancelled } from './cancel'
import { DirectoryTree } from './directory-tree'
import { DEFAULT_LIMITS, type OpenLimits } from './limits'
import { LiveTree } from './live-tree'
import { openBytes } from './open-bytes'
import { printable } from './printable'
import { joinPath } from './resolve-links'
import { sniffCompression } from './sniff'
import { findRoot } from './tree-root'

export interface OpenOptions {
  readonly report: ReportProgress
  readonly signal?: CancelSignal
  readonly limits?: OpenLimits
}

const PIECE_BYTES = 1024 * 1024
const STANDARD_INPUT = 'standard input'

/**
 * Opens what a person can name on a command line: a file, a directory, '-' (standard input) or 'live' (this machine).
 * Throws FormatError when it cannot be opened, HostFailure when the load is cancelled.
 */
export async function openTree(input: string, options: OpenOptions): Promise<OpenedTree> {
  if (input === 'live') return openLive()
  if (input === '-') {
    const bytes = await readAll(process.stdin, STANDARD_INPUT, options)
    return openBytes(STANDARD_INPUT, bytes, options)
  }
  const status = statusOf(input)
  if (resolve(input) === '/') return openLive()
  const name = basename(resolve(input))
  if (status.isDirectory()) return openDirectory(input, name)
  if (!status.isFile() && !status.isFIFO()) {
    throw new FormatError({
      code: 'not-a-file',
      what: 'this is a device or a socket',
      where: printable(input),
      hint: "give a file or a directory, or '-' for standard input",
    })
  }
  const stream = createReadStream(input, { highWaterMark: PIECE_BYTES })
  const totalBytes = status.isFile() ? status.size : undefined
  return openBytes(name, await readAll(stream, name, options, totalBytes), options)
}

function openLive(): OpenedTree {
  if (process.platform !== 'linux') {
    throw new FormatError({
      code: 'no-live-machine',
      what: 'only a Linux machine can be read live',
      where: 'live',
      hint: 'open a snapshot that was captured on Linux',
    })
  }
  return { tree: new LiveTree('/'), name: 'live', origin: 'live', diagnostics: [] }
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

const REASONS: Readonly<Record<string, readonly [code: string, what: string, hint: string]>> = {
  ENOENT: ['not-found', 'no such file or directory', 'check the name'],
  ENOTDIR: ['not-found', 'no such file or directory', 'check the name'],
  EACCES: ['not-readable', 'permission denied', 'ask for the right to read it'],
  EPERM: ['not-readable', 'permission denied', 'ask for the right to read it'],
  ELOOP: ['link-loop', 'the symbolic link leads round in a circle', 'give the file itself'],
  ENAMETOOLONG: ['not-found', 'the name is too long', 'check the name'],
  ERR_INVALID_ARG_VALUE: ['not-found', 'the name holds a NUL', 'check the name'],
}

/** The operating system's refusal as a FormatError; any other error as it is. */
function unreadable(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  const [code, what, hint] = REASONS[String(error.code)] ?? [
    'not-readable',
    `it cannot be read (${String(error.code)})`,
    'check the disk, or copy it elsewhere',
  ]
  return new FormatError({ code, what, where: printable(path), hint })
}

/** Reads to the end, as far as the limits allow. Bytes of what is packed are not reported: unpacking them will be. */
async function readAll(
  stream: AsyncIterable<Uint8Array>,
  name: string,
  options: OpenOptions,
  totalBytes?: number,
): Promise<Uint8Array> {
  const limits = options.limits ?? DEFAULT_LIMITS
  const pieces: Uint8Array[] = []
  let done = 0
  let isPacked = false
  try {
    for await (const piece of stream) {
      throwIfCancelled(options.signal)
      if (done === 0) isPacked = sniffCompression(piece) !== undefined
      done += piece.length
      if (done > limits.totalBytes) {
        throw new FormatError({
          code: 'input-too-large',
          what: `the input has more than ${limits.totalBytes} bytes`,
          where: printable(name),
          hint: 'unpack it and give the directory',
        })
      }
      pieces.push(piece)
      if (!isPacked) {
        options.report({
          phase: 'opening',
          done,
          ...(totalBytes === undefined ? {} : { total: Math.max(totalBytes, done) }),
        })
      }
    }
  } catch (error) {
    throw unreadable(name, error)
  }
  return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces)
}
