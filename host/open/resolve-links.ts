/** One place of a tree, links not followed. */
export type TreeEntry =
  | { readonly kind: 'file' }
  | { readonly kind: 'directory' }
  | { readonly kind: 'link'; readonly target: string }

/** Tells what stands at a canonical path; '' is the root. */
export type LookUp = (path: string) => TreeEntry | undefined

export type Resolution =
  | { readonly outcome: 'found'; readonly path: string; readonly kind: 'file' | 'directory' }
  | { readonly outcome: 'missing' | 'outside' | 'loop' }

/** As many as Linux follows: MAXSYMLINKS, include/linux/namei.h. */
export const MAX_LINK_HOPS = 40

/** Joins parts of a path inside a tree; '' stands for the root. */
export function joinPath(directory: string, name: string): string {
  return directory === '' ? name : `${directory}/${name}`
}

export function parentPath(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash < 0 ? '' : path.slice(0, slash)
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/**
 * Follows symbolic links as the kernel would after a chroot into the tree, with one difference:
 * `..` above the root does not stay at the root but leads `outside`, so that nothing is read by mistake.
 */
export function resolveLinks(path: string, lookUp: LookUp): Resolution {
  const pending = path.split('/').reverse()
  let current = ''
  let hops = 0
  let kind: 'file' | 'directory' = 'directory'
  while (pending.length > 0) {
    const name = pending.pop()
    if (name === undefined || name === '' || name === '.') continue
    if (kind === 'file') return { outcome: 'missing' }
    if (name === '..') {
      if (current === '') return { outcome: 'outside' }
      current = parentPath(current)
      continue
    }
    const candidate = joinPath(current, name)
    const entry = lookUp(candidate)
    if (entry === undefined) return { outcome: 'missing' }
    if (entry.kind !== 'link') {
      current = candidate
      kind = entry.kind
      continue
    }
    if (++hops > MAX_LINK_HOPS) return { outcome: 'loop' }
    if (entry.target.startsWith('/')) current = ''
    pending.push(...entry.target.split('/').reverse())
  }
  return { outcome: 'found', path: current, kind }
}
