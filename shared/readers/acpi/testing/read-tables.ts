import { expect } from 'vitest'
import { asFile } from '../../testing/byte-builder'
import { recordingContext, treeOf } from '../../testing/tree-of'
import { acpiReader } from '../reader'

/** Where the kernel shows the tables. */
export const FOLDER = 'sys/firmware/acpi/tables'

/** What the reader makes of files by path, with the messages of its diagnostics. */
export function read(files: Readonly<Record<string, Uint8Array | string>>) {
  const tree = treeOf(
    Object.fromEntries(
      Object.entries(files).map(([path, content]) => [
        path,
        typeof content === 'string' ? content : asFile(content),
      ]),
    ),
  )
  const context = recordingContext()
  expect(acpiReader.sniff(tree)).toBe(true)
  const facts = acpiReader.read(tree, context)
  return { ...facts, problems: context.diagnostics.map(({ message }) => message) }
}

/** The same for one table in the kernel's folder. */
export function table(bytes: Uint8Array, name = 'TABLE') {
  return read({ [`${FOLDER}/${name}`]: bytes })
}

/** Objects without their sources, to compare what they say. */
export function plain<T extends { readonly sources: unknown }>(objects: readonly T[] | undefined) {
  return objects?.map(({ sources: _, ...rest }) => rest)
}
