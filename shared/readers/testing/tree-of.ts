import type { Diagnostic } from '../../model/diagnostic'
import { FormatError } from '../../model/errors'
import type { ReaderContext } from '../facts'
import type { SourceTree } from '../source-tree'

/** Files by path, for tests of readers: a text, or `-> target` for a link whose target is another path of the tree. */
export function treeOf(files: Readonly<Record<string, string>>): SourceTree {
  const paths = Object.keys(files)
  const linkOf = (path: string) => {
    const content = files[path]
    return content?.startsWith('-> ') === true ? content.slice(3) : undefined
  }
  const resolve = (path: string): string => {
    const link = paths.find(
      (at) => linkOf(at) !== undefined && (path === at || path.startsWith(`${at}/`)),
    )
    return link === undefined ? path : resolve((linkOf(link) ?? '') + path.slice(link.length))
  }
  const kind = (path: string) => {
    const at = resolve(path)
    if (files[at] !== undefined) return 'file'
    return paths.some((known) => known.startsWith(at === '' ? '' : `${at}/`))
      ? 'directory'
      : undefined
  }
  const list = (path: string) => {
    const prefix = resolve(path) === '' ? '' : `${resolve(path)}/`
    const below = paths.filter((known) => known.startsWith(prefix))
    return [...new Set(below.map((known) => known.slice(prefix.length).split('/')[0] ?? ''))].sort()
  }
  const text = (path: string) => files[resolve(path)]?.trim()
  const bytes = (path: string) => {
    const content = files[resolve(path)]
    return content === undefined ? undefined : Uint8Array.from(content, (c) => c.charCodeAt(0))
  }
  return {
    list,
    kind,
    text,
    bytes,
    sizeBytes: (path) => bytes(path)?.length,
    *pieces(path) {
      const whole = bytes(path)
      if (whole !== undefined) yield whole
    },
    resolve: (path) => (kind(path) === undefined ? undefined : resolve(path)),
    linkTarget: linkOf,
  }
}

/** A context that keeps what was diagnosed. */
export function recordingContext(): ReaderContext & { readonly diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = []
  return {
    diagnostics,
    report: () => undefined,
    diagnose: (diagnostic) => void diagnostics.push(diagnostic),
    refuse: (parts) => {
      throw new FormatError(parts)
    },
  }
}
