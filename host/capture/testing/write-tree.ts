import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Writes files below a folder: a text by path, or `-> target` for a symbolic link, or undefined for a directory. */
export function writeTree(
  folder: string,
  files: Readonly<Record<string, string | undefined>>,
): string {
  for (const [path, content] of Object.entries(files)) {
    const place = join(folder, path)
    mkdirSync(content === undefined ? place : dirname(place), { recursive: true })
    if (content?.startsWith('-> ')) symlinkSync(content.slice('-> '.length), place)
    else if (content !== undefined) writeFileSync(place, content)
  }
  return folder
}
