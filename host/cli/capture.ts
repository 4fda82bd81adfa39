import { statSync } from 'node:fs'
import { hostname } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { captureScript } from '../../shared/capture/script'
import { FormatError } from '../../shared/model/errors'
import { runCaptureScript } from '../capture/run-script'
import { DirectoryTree } from '../open/directory-tree'
import { requireReadable } from '../open/open-path'
import { requireLinux } from '../open/open-tree'
import { printable } from '../open/printable'
import { findRoot } from '../open/tree-root'
import type { Terminal } from './terminal'
import { usageError } from './usage-error'
import { writeFiles } from './write-files'

export interface CaptureOptions {
  readonly output?: string
  readonly pages?: true
  readonly root?: string
  readonly ssh?: string
  readonly script?: true
}

/** What is captured: the program that runs the script, and where. */
interface Subject {
  readonly program: string
  readonly args: readonly string[]
  readonly where: string
  /** First part of the file's name where none is given. */
  readonly name: string
}

/** `capture`: writes a snapshot of this machine, of a tree, or of another machine; or the script that does it. */
export async function capture(
  options: CaptureOptions,
  version: string,
  terminal: Terminal,
): Promise<void> {
  checkTogether(options)
  const script = captureScript(version)
  if (options.script) {
    await write(new TextEncoder().encode(script), options.output ?? '-', terminal)
    return
  }
  const scriptArgs = [
    ...(options.pages ? ['--pages'] : []),
    ...(terminal.isWatched ? ['--progress'] : []),
  ]
  const { name, ...subject } = subjectOf(options, scriptArgs)
  const output = options.output ?? `${name}-${dateOf(new Date())}.folioscope`
  if (output === '-') refuseTerminal()
  else refuseDirectory(output)
  try {
    const remarks: string[] = []
    const snapshot = await runCaptureScript({
      ...subject,
      script,
      onRemark: (line) => void remarks.push(line),
      onProgress: (step, receivedBytes) =>
        terminal.showProgress(`Capturing … ${progressText(step, receivedBytes)}`),
    })
    await write(snapshot, output, terminal)
    if (terminal.isWatched) for (const line of remarks) terminal.note(`folioscope: ${line}`)
    if (options.output === undefined) terminal.print(`${output}\n`)
  } finally {
    terminal.showProgress(undefined)
  }
}

function checkTogether({ pages, root, ssh, script }: CaptureOptions): void {
  if (root !== undefined && ssh !== undefined) {
    throw usageError('--root', 'it does not go with --ssh', 'choose one of them')
  }
  if (script && (pages || root !== undefined || ssh !== undefined)) {
    throw usageError(
      '--script',
      'it goes with no other option but -o',
      "the script itself takes --pages and --root: 'sh capture.sh --pages > NAME.folioscope'",
    )
  }
}

function subjectOf({ root, ssh }: CaptureOptions, scriptArgs: readonly string[]): Subject {
  if (ssh !== undefined) return remoteSubject(ssh, scriptArgs)
  const shellArgs = ['-s', '--', ...scriptArgs]
  if (root !== undefined) {
    const directory = treeRoot(root)
    return {
      program: 'sh',
      args: [...shellArgs, '--root', directory],
      where: printable(root),
      name: fileName(basename(resolve(root))),
    }
  }
  requireLinux('capture')
  return { program: 'sh', args: shellArgs, where: 'this machine', name: fileName(hostname()) }
}

/** Destinations of ssh: HOST, USER@HOST or ssh://…; whatever follows `--` is no option, and a leading '-' is refused besides. */
function remoteSubject(host: string, scriptArgs: readonly string[]): Subject {
  if (!/^[^-\s\p{Cc}][^\s\p{Cc}]*$/u.test(host)) {
    throw usageError('--ssh', `'${printable(host)}' is no host`, 'give HOST or USER@HOST')
  }
  const command = ['sh', '-s', '--', ...scriptArgs].join(' ')
  const bare = host.replace(/^ssh:\/\//, '').replace(/^.*@/, '')
  return {
    program: 'ssh',
    args: ['-T', '--', host, command],
    where: printable(host),
    name: fileName(bare.replace(/(:\d+)?\/?$/, '')),
  }
}

/** The directory that holds sys and proc: DIR, or what stands alone in it. */
function treeRoot(path: string): string {
  if (!requireReadable(path).isDirectory()) {
    throw usageError('--root', `${printable(path)} is no directory`, 'give one that holds sys')
  }
  const tree = new DirectoryTree(resolve(path))
  const root = findRoot(tree)
  const names = tree.list(root)
  if (names.includes('sys') || names.includes('proc')) return resolve(join(path, root))
  throw new FormatError({
    code: 'nothing-recognised',
    what: 'there is no sys and no proc in it',
    where: printable(path),
    hint: "give a directory that holds 'sys' and 'proc'",
  })
}

async function write(bytes: Uint8Array, output: string, terminal: Terminal): Promise<void> {
  if (output === '-') terminal.print(bytes)
  else await writeFiles([{ path: output, bytes, isPrivate: true }])
}

function refuseTerminal(): void {
  if (process.stdout.isTTY) {
    throw usageError('-o', 'a snapshot is not for the eye', 'give the name of a file')
  }
}

/** A capture may take a minute; better to say it before. */
function refuseDirectory(output: string): void {
  if (statSync(output, { throwIfNoEntry: false })?.isDirectory()) {
    throw usageError('-o', `${printable(output)} is a directory`, 'give the name of a file')
  }
}

function fileName(name: string): string {
  return name.replace(/[^\w.-]/g, '_').replace(/^[.-]+/, '') || 'machine'
}

/** YYYYMMDD, local time. */
function dateOf(date: Date): string {
  const digits = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}${digits(date.getMonth() + 1)}${digits(date.getDate())}`
}

function progressText(step: string, receivedBytes: number): string {
  return receivedBytes === 0 ? step : `${(receivedBytes / 1_000_000).toFixed(1)} MB`
}
