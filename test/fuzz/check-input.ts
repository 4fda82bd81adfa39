import { openBytes } from '../../host/open/open-bytes'
import { openPath } from '../../host/open/open-path'
import { layOut } from '../../shared/layout/lay-out'
import { accountMemmap } from '../../shared/memmap/account'
import { FormatError } from '../../shared/model/errors'
import { loadTopology } from '../../shared/readers/load'
import { readers } from '../../shared/readers/registry'
import type { OpenedTree, SourceTree } from '../../shared/readers/source-tree'
import { summarise } from '../../shared/summary/summary'
import { summaryText } from '../../shared/summary/text'

/** What became of an input. A finding is a fault of the program, whatever the input was. */
export type Outcome =
  | { readonly kind: 'opened' }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'finding'; readonly what: string; readonly stack: string }

const report = () => undefined

/** Opens bytes the way every face of the program does, up to the drawing. */
export function checkBytes(name: string, bytes: Uint8Array): Promise<Outcome> {
  return check(() => openBytes(name, bytes, { report }))
}

/** Opens a directory. `canary` is a text that stands in files outside of it only. */
export function checkDirectory(path: string, canary: string): Promise<Outcome> {
  return check(() => openPath(path, { report }), canary)
}

async function check(open: () => Promise<OpenedTree>, canary?: string): Promise<Outcome> {
  try {
    const opened = await open()
    const leak = leakOf(opened.tree, canary)
    if (leak !== undefined) return finding(`the tree leads outside: ${leak}`)
    return show(opened, canary)
  } catch (error) {
    if (error instanceof FormatError) {
      const { code, what, where, hint } = error
      const isWhole = [code, what, where, hint].every((part) => part !== '')
      return isWhole
        ? { kind: 'refused', code }
        : finding(`an error without ${JSON.stringify(error)}`)
    }
    return thrown(error)
  }
}

function show(opened: OpenedTree, canary: string | undefined): Outcome {
  const topology = loadTopology(opened, report)
  const failed = topology.diagnostics.find(({ code }) => code === 'reader-failed')
  if (failed !== undefined) return failedReader(opened, failed.where)
  const account = accountMemmap(topology)
  const summary = summarise(topology, account)
  summaryText(summary)
  const list = layOut(topology, account)
  for (const [name, value] of Object.entries({ topology, account, summary, list })) {
    const path = pathOfNonFinite(value)
    if (path !== undefined) return finding(`${name}${path} is not a finite number`)
  }
  const json = JSON.stringify(topology)
  if (canary !== undefined && json.includes(canary)) return finding('a fact comes from outside')
  return { kind: 'opened' }
}

function finding(what: string, stack = ''): Outcome {
  return { kind: 'finding', what, stack }
}

function thrown(error: unknown): Outcome {
  return error instanceof Error
    ? finding(`${error.name}: ${error.message}`, error.stack)
    : finding(`threw ${String(error)}`)
}

/** `loadTopology` keeps only the message of a reader that threw; asked again, the reader tells where. */
function failedReader({ tree }: OpenedTree, id: string): Outcome {
  try {
    const context = { report, diagnose: () => undefined, refuse: () => undefined }
    readers.find((reader) => reader.id === id)?.read(tree, context)
  } catch (error) {
    const outcome = thrown(error)
    return outcome.kind === 'finding'
      ? { ...outcome, what: `reader ${id}: ${outcome.what}` }
      : outcome
  }
  return finding(`reader ${id} failed once`)
}

const MOST_PATHS = 400

/** Walks some of the tree; a path that resolves to a place outside of it, or to the canary. */
function leakOf(tree: SourceTree, canary: string | undefined): string | undefined {
  const pending = ['']
  for (let count = 0; count < MOST_PATHS; count++) {
    const path = pending.pop()
    if (path === undefined) return undefined
    const target = tree.resolve(path)
    if (target !== undefined && /^\/|(^|\/)\.\.?(\/|$)/.test(target)) return `${path} -> ${target}`
    if (tree.kind(path) === 'directory' && path.length < 500) {
      pending.push(...tree.list(path).map((name) => (path === '' ? name : `${path}/${name}`)))
    } else if (canary !== undefined && tree.text(path)?.includes(canary) === true) {
      return path
    }
  }
  return undefined
}

const MOST_VALUES = 100_000

/** Where in a value a number is that JSON cannot write; undefined when there is none. */
function pathOfNonFinite(root: unknown): string | undefined {
  const pending: (readonly [path: string, value: unknown])[] = [['', root]]
  for (let count = 0; count < MOST_VALUES; count++) {
    const next = pending.pop()
    if (next === undefined) return undefined
    const [path, value] = next
    if (typeof value === 'number' && !Number.isFinite(value)) return path
    if (typeof value !== 'object' || value === null) continue
    for (const [key, inside] of Object.entries(value)) pending.push([`${path}.${key}`, inside])
  }
  return undefined
}
