import { spawn, type ChildProcess } from 'node:child_process'
import { FormatError } from '../../shared/model/errors'
import { printable } from '../open/printable'

export interface ScriptRun {
  readonly program: string
  readonly args: readonly string[]
  /** What the program reads on its standard input: the capture script. */
  readonly script: string
  /** Named in errors: a host, a directory, or this machine. */
  readonly where: string
  /** Called with what the script is doing, and as the snapshot comes in. */
  readonly onProgress: (step: string, receivedBytes: number) => void
  /** Called with what the script, or ssh, says besides. */
  readonly onRemark: (line: string) => void
}

/** The first bytes of gzip, RFC 1952. */
const GZIP = Buffer.of(0x1f, 0x8b)
const STOPPING_SIGNALS = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const

/**
 * Runs the capture script in a shell, here or through ssh, and resolves to the snapshot once it is complete.
 * Throws FormatError when the program is missing, fails, or sends something else than a snapshot.
 */
export async function runCaptureScript(run: ScriptRun): Promise<Uint8Array> {
  const child = spawn(run.program, run.args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C' },
  })
  const ended = endOf(child, run)
  // Whether it reads all of the script shows in how it ends.
  child.stdin.on('error', () => undefined)
  child.stdin.end(run.script)
  const remarks: string[] = []
  let step = ''
  const pieces: Buffer[] = []
  let receivedBytes = 0
  eachLine(child.stderr, (line) => {
    if (line.startsWith('+ ')) step = line.slice(2)
    else remarks.push(line)
    run.onProgress(step, receivedBytes)
  })
  child.stdout.on('data', (piece: Buffer) => {
    pieces.push(piece)
    receivedBytes += piece.length
    run.onProgress(step, receivedBytes)
  })
  const status = await ended
  const snapshot = Buffer.concat(pieces)
  if (status !== 0) throw failed(run, status, remarks.at(-1))
  if (!snapshot.subarray(0, GZIP.length).equals(GZIP)) throw notASnapshot(run, snapshot)
  for (const line of remarks) run.onRemark(line)
  return snapshot
}

/** Resolves to the exit status, or the name of the signal. The child ends when this process is told to. */
function endOf(child: ChildProcess, run: ScriptRun): Promise<number | string> {
  return new Promise((done, fail) => {
    const forward = (signal: NodeJS.Signals) => void child.kill(signal)
    for (const signal of STOPPING_SIGNALS) process.on(signal, forward)
    const stopForwarding = () => {
      for (const signal of STOPPING_SIGNALS) process.off(signal, forward)
    }
    child.on('error', (error: NodeJS.ErrnoException) => {
      stopForwarding()
      fail(error.code === 'ENOENT' ? missingProgram(run) : error)
    })
    child.on('close', (status, signal) => {
      stopForwarding()
      done(status ?? signal ?? 'unknown')
    })
  })
}

function eachLine(stream: NodeJS.ReadableStream, take: (line: string) => void): void {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (text: string) => {
    const lines = (rest + text).split(/\r?\n/)
    rest = (lines.pop() ?? '').slice(-1000)
    for (const line of lines) take(line)
  })
  stream.on('end', () => {
    if (rest !== '') take(rest)
  })
}

function missingProgram({ program, where }: ScriptRun): FormatError {
  return new FormatError({
    code: 'capture-failed',
    what: `there is no program '${program}' here`,
    where,
    hint: 'run the script of `folioscope capture --script` there yourself',
  })
}

function failed(run: ScriptRun, status: number | string, remark: string | undefined): FormatError {
  const ending = typeof status === 'number' ? `exit status ${status}` : status
  return new FormatError({
    code: 'capture-failed',
    what: `the capture failed (${ending})${remark === undefined ? '' : `: ${printable(remark)}`}`,
    where: run.where,
    hint:
      run.program === 'ssh'
        ? `check that 'ssh ${run.where}' works, or run the script of \`folioscope capture --script\` there`
        : 'mend what it names; TMPDIR chooses where it keeps its files meanwhile',
  })
}

function notASnapshot({ where }: ScriptRun, received: Buffer): FormatError {
  const begin = printable(received.subarray(0, 60).toString('latin1'))
  return new FormatError({
    code: 'capture-failed',
    what:
      received.length === 0
        ? 'nothing came back'
        : `what came back is no snapshot; it begins with '${begin}'`,
    where,
    hint: 'a shell there may print something at its start; it must not where nobody watches',
  })
}
