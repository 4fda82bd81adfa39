import type { SourceTree } from '../../shared/readers/source-tree'
import { decodeText } from './file-text'
import {
  baseName,
  joinPath,
  MAX_LINK_HOPS,
  parentPath,
  resolveLinks,
  type Resolution,
} from './resolve-links'

type MemoryNode =
  | { readonly kind: 'file'; readonly bytes: Uint8Array }
  | { readonly kind: 'directory'; readonly names: Set<string>; sorted?: readonly string[] }
  | { readonly kind: 'link'; readonly target: string }

/** Collects the members of an archive in their order. A later member replaces an earlier one of the same path, as tar does. */
export class MemoryTreeBuilder {
  private readonly nodes = new Map<string, MemoryNode>([
    ['', { kind: 'directory', names: new Set() }],
  ])
  private readonly hardLinks = new Map<string, string>()

  addFile(path: string, bytes: Uint8Array): void {
    this.put(path, { kind: 'file', bytes })
  }

  addDirectory(path: string): void {
    if (this.nodes.get(path)?.kind === 'directory') return
    this.put(path, { kind: 'directory', names: new Set() })
  }

  addSymbolicLink(path: string, target: string): void {
    this.put(path, { kind: 'link', target })
  }

  /** `target` is the path of another member, as canonical as `path`; it may come later in the archive. */
  addHardLink(path: string, target: string): void {
    this.hardLinks.set(path, target)
  }

  get isEmpty(): boolean {
    return this.nodes.size === 1 && this.hardLinks.size === 0
  }

  /** Symbolic links that lead round in a circle. */
  loops(): readonly string[] {
    const found: string[] = []
    for (const [path, node] of this.nodes) {
      if (node.kind !== 'link') continue
      const resolution = resolveLinks(path, (inside) => this.nodes.get(inside))
      if (resolution.outcome === 'loop') found.push(path)
    }
    return found
  }

  build(): MemoryTree {
    for (const path of this.hardLinks.keys()) {
      const node = this.fileBehind(path)
      if (node !== undefined) this.put(path, node)
    }
    this.hardLinks.clear()
    return new MemoryTree(this.nodes, '')
  }

  private fileBehind(path: string): MemoryNode | undefined {
    let current = path
    for (let hop = 0; hop <= MAX_LINK_HOPS; hop++) {
      const next = this.hardLinks.get(current)
      if (next === undefined) {
        const node = this.nodes.get(current)
        return node?.kind === 'directory' ? undefined : node
      }
      current = next
    }
    return undefined
  }

  private put(path: string, node: MemoryNode): void {
    if (path === '') return
    this.removeBelow(path)
    this.nodes.set(path, node)
    this.hardLinks.delete(path)
    let child = path
    for (;;) {
      const parent = parentPath(child)
      const existing = this.nodes.get(parent)
      if (existing?.kind === 'directory') {
        existing.names.add(baseName(child))
        return
      }
      this.nodes.set(parent, { kind: 'directory', names: new Set([baseName(child)]) })
      child = parent
    }
  }

  private removeBelow(path: string): void {
    const node = this.nodes.get(path)
    if (node?.kind !== 'directory') return
    for (const name of node.names) {
      const child = joinPath(path, name)
      this.removeBelow(child)
      this.nodes.delete(child)
    }
  }
}

/** The files of an archive, or one loose file, in memory. */
export class MemoryTree implements SourceTree {
  constructor(
    private readonly nodes: ReadonlyMap<string, MemoryNode>,
    private readonly root: string,
  ) {}

  /** The same files seen from a directory of this tree; links that lead out of it read as absent. */
  below(path: string): MemoryTree {
    return new MemoryTree(this.nodes, joinPath(this.root, path))
  }

  list(path: string): readonly string[] {
    const node = this.follow(path)
    if (node?.kind !== 'directory') return []
    node.sorted ??= [...node.names].sort()
    return node.sorted
  }

  kind(path: string): 'file' | 'directory' | undefined {
    const node = this.follow(path)
    return node === undefined || node.kind === 'link' ? undefined : node.kind
  }

  sizeBytes(path: string): number | undefined {
    return this.bytes(path)?.length
  }

  text(path: string): string | undefined {
    const bytes = this.bytes(path)
    return bytes === undefined ? undefined : decodeText(bytes)
  }

  bytes(path: string): Uint8Array | undefined {
    const node = this.follow(path)
    return node?.kind === 'file' ? node.bytes : undefined
  }

  *pieces(path: string, pieceBytes: number): Iterable<Uint8Array> {
    const bytes = this.bytes(path)
    if (bytes === undefined) return
    for (let start = 0; start < bytes.length; start += pieceBytes) {
      yield bytes.subarray(start, start + pieceBytes)
    }
  }

  resolve(path: string): string | undefined {
    const resolution = this.resolution(path)
    return resolution.outcome === 'found' ? resolution.path : undefined
  }

  linkTarget(path: string): string | undefined {
    const parent = this.resolve(parentPath(path))
    if (parent === undefined) return undefined
    const node = this.at(joinPath(parent, baseName(path)))
    return node?.kind === 'link' ? node.target : undefined
  }

  private at(path: string): MemoryNode | undefined {
    return this.nodes.get(
      this.root === '' ? path : path === '' ? this.root : `${this.root}/${path}`,
    )
  }

  private resolution(path: string): Resolution {
    return resolveLinks(path, (inside) => this.at(inside))
  }

  private follow(path: string): MemoryNode | undefined {
    // A node under its canonical path has only real directories above it, so most calls end here.
    const direct = this.at(path)
    if (direct !== undefined && direct.kind !== 'link') return direct
    const resolution = this.resolution(path)
    return resolution.outcome === 'found' ? this.at(resolution.path) : undefined
  }
}
