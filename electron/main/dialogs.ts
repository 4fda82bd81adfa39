import { extname } from 'node:path'
import type { FileFilter } from 'electron'

/** Suffixes that a snapshot may have. The content decides; this only sorts the list in the dialog. */
export const OPEN_FILTERS: FileFilter[] = [
  {
    name: 'Snapshots and archives',
    extensions: ['folioscope', 'tar', 'gz', 'tgz', 'zst', 'bz2', 'xz', 'yaml', 'yml'],
  },
  { name: 'All files', extensions: ['*'] },
]

/** A name that a window suggests, as a plain file name in the folder that the user is shown. */
export function plainFileName(suggested: string): string {
  const name = suggested
    .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]+/gu, '-')
    .replace(/^[.\s-]+|[.\s]+$/g, '')
    .slice(0, 200)
  return name === '' ? 'folioscope' : name
}

/** The kind of file that is saved, then all files. */
export function saveFilters(fileName: string): FileFilter[] {
  const suffix = extname(fileName).slice(1)
  const all: FileFilter = { name: 'All files', extensions: ['*'] }
  return suffix === '' ? [all] : [{ name: suffix.toUpperCase(), extensions: [suffix] }, all]
}
