/**
 * The read-only files of one input: a directory, an archive in memory, one loose file, or the live machine.
 *
 * Paths are relative, separated by '/', without '.', '..' or a leading '/': `sys/devices/system/node/online`.
 * Symbolic links are followed inside the tree only; a link that leaves it, or loops, reads as if it were absent.
 * All calls are synchronous: a load runs in a child (worker thread, utilityProcess) that may block.
 * No method throws for a missing or unreadable file; implementations live in host/.
 */
export interface SourceTree {
  /** Names directly below a directory, sorted by code unit; empty for a file or a missing path. */
  list(path: string): readonly string[]
  /** What the path leads to after links are followed. */
  kind(path: string): 'file' | 'directory' | undefined
  /** Size in bytes of a file; undefined where it is not a file or not known before reading (procfs). */
  sizeBytes(path: string): number | undefined
  /** The whole file as UTF-8 text without trailing NULs and white space; undefined if missing, unreadable or above 16 MiB. */
  text(path: string): string | undefined
  /** The whole file; undefined if missing or unreadable. */
  bytes(path: string): Uint8Array | undefined
  /** The file in pieces of at most `pieceBytes`, for files that may be larger than memory; no pieces if missing. */
  pieces(path: string, pieceBytes: number): Iterable<Uint8Array>
  /** Canonical path of what `path` leads to, links followed; undefined if missing or outside the tree. */
  resolve(path: string): string | undefined
  /** The text of the link itself, unresolved (a `driver` link may dangle in a capture and still name the driver). */
  linkTarget(path: string): string | undefined
}

/** What opening an input yields: the files, and the problems met on the way that did not stop it. */
export interface OpenedTree {
  readonly tree: SourceTree
  /** Base name of the input. */
  readonly name: string
  readonly origin: 'live' | 'directory' | 'archive' | 'file'
  readonly diagnostics: readonly import('../model/diagnostic').Diagnostic[]
}

/** Steps of a load, in order; `done` and `total` are bytes while opening, files while reading. */
export interface LoadProgress {
  readonly phase: 'opening' | 'reading' | 'joining'
  readonly done: number
  readonly total?: number
}
export type ReportProgress = (progress: LoadProgress) => void
