import { spawnSync } from 'node:child_process'
import {
  CAPTURE_TOOLS,
  SYSTEM_PATHS,
  TOOL_SECONDS,
  type CaptureTool,
} from '../../shared/capture/tools'
import { MIB } from '../../shared/model/units'
import type { SourceTree } from '../../shared/readers/source-tree'
import { DirectoryTree } from './directory-tree'
import { decodeText, MAX_TEXT_BYTES } from './file-text'

const COMMAND_OUTPUT_BYTES = 16 * MIB
const EMPTY = new Uint8Array()

/** This machine: /sys, /proc, and the output of the tools of a capture as `cmd/…`, each run once, when first asked for. */
export class LiveTree implements SourceTree {
  private readonly files: DirectoryTree
  private readonly outputs = new Map<string, Uint8Array>()

  /** `root` is '/' but for tests. */
  constructor(
    root: string,
    private readonly tools: readonly CaptureTool[] = CAPTURE_TOOLS,
  ) {
    this.files = new DirectoryTree(root, { only: ['sys', 'proc'], hasUnknownSizes: true })
  }

  list(path: string): readonly string[] {
    if (path === '') return ['cmd', ...this.files.list('')]
    if (path === 'cmd')
      return this.tools
        .map(({ file }) => file)
        .filter((file) => this.output(file))
        .sort()
    return this.files.list(path)
  }

  kind(path: string): 'file' | 'directory' | undefined {
    if (path === 'cmd') return 'directory'
    return this.command(path) === undefined ? this.files.kind(path) : 'file'
  }

  sizeBytes(path: string): number | undefined {
    return this.command(path)?.length ?? this.files.sizeBytes(path)
  }

  text(path: string): string | undefined {
    const output = this.command(path)
    if (output === undefined) return this.files.text(path)
    return output.length > MAX_TEXT_BYTES ? undefined : decodeText(output)
  }

  bytes(path: string): Uint8Array | undefined {
    return this.command(path) ?? this.files.bytes(path)
  }

  *pieces(path: string, pieceBytes: number): Iterable<Uint8Array> {
    const output = this.command(path)
    if (output === undefined) {
      yield* this.files.pieces(path, pieceBytes)
      return
    }
    for (let start = 0; start < output.length; start += pieceBytes) {
      yield output.subarray(start, start + pieceBytes)
    }
  }

  resolve(path: string): string | undefined {
    if (path === 'cmd' || this.command(path) !== undefined) return path
    return this.files.resolve(path)
  }

  linkTarget(path: string): string | undefined {
    return this.files.linkTarget(path)
  }

  private command(path: string): Uint8Array | undefined {
    return path.startsWith('cmd/') ? this.output(path.slice('cmd/'.length)) : undefined
  }

  /** What a tool wrote; undefined when it is not there, not permitted, or fails. */
  private output(file: string): Uint8Array | undefined {
    const tool = this.tools.find((one) => one.file === file)
    if (tool === undefined) return undefined
    let output = this.outputs.get(file)
    if (output === undefined) {
      output = run(tool.command)
      this.outputs.set(file, output)
    }
    return output.length === 0 ? undefined : output
  }
}

function run(command: string): Uint8Array {
  const PATH = `${process.env['PATH'] ?? ''}:${SYSTEM_PATHS}`
  const result = spawnSync('sh', ['-c', command], {
    env: { ...process.env, LC_ALL: 'C', PATH },
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 1000 * TOOL_SECONDS,
    maxBuffer: COMMAND_OUTPUT_BYTES,
  })
  return result.status === 0 ? result.stdout : EMPTY
}
