import { FormatError } from '../../shared/model/errors'
import { writeAllAtomic, type FileToWrite } from '../files/write-atomic'
import { printable } from '../open/printable'
import { systemErrorCode } from '../open/unreadable'

const REASONS: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  EACCES: ['permission denied', 'write to another directory'],
  EPERM: ['permission denied', 'write to another directory'],
  EROFS: ['the file system is read-only', 'write to another directory'],
  ENOENT: ['the directory does not exist', 'make it first'],
  ENOTDIR: ['the directory does not exist', 'make it first'],
  EISDIR: ['this is a directory', 'give the name of a file'],
  ENOSPC: ['the disk is full', 'make room or write elsewhere'],
  EDQUOT: ['the disk quota is used up', 'make room or write elsewhere'],
}

/** Writes all files or none. What the file system refuses becomes a FormatError. */
export async function writeFiles(files: readonly FileToWrite[]): Promise<void> {
  try {
    await writeAllAtomic(files)
  } catch (error) {
    const code = systemErrorCode(error)
    if (code === undefined) throw error
    const [what, hint] = REASONS[code] ?? [`it cannot be written (${code})`, 'write elsewhere']
    const where = files.map(({ path }) => printable(path)).join(', ')
    throw new FormatError({ code: 'not-writable', what, where, hint })
  }
}
