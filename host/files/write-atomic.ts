import { randomUUID } from 'node:crypto'
import { open, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

export interface FileToWrite {
  readonly path: string
  readonly bytes: Uint8Array
  /** True for what only its owner may read: it tells of addresses and serials. */
  readonly isPrivate?: true
}

interface PreparedFile {
  readonly temporary: string
  readonly target: string
}

/**
 * Replaces a file only when the new one is complete on disk: writes beside it, flushes, renames. Throws as the
 * file system does, and then the old file is untouched and nothing is left behind. A symbolic link stays a link.
 */
export async function writeAtomic(path: string, bytes: Uint8Array): Promise<void> {
  await writeAllAtomic([{ path, bytes }])
}

/** The same for several files: none is replaced before all are complete on disk. */
export async function writeAllAtomic(files: readonly FileToWrite[]): Promise<void> {
  const prepared: PreparedFile[] = []
  try {
    for (const file of files) await prepare(file, prepared)
    for (const { temporary, target } of prepared) await rename(temporary, target)
  } catch (error) {
    for (const { temporary } of prepared) await rm(temporary, { force: true })
    throw error
  }
}

async function prepare(
  { path, bytes, isPrivate }: FileToWrite,
  prepared: PreparedFile[],
): Promise<void> {
  const target = await realpath(path).catch(() => path)
  const existing = await stat(target).catch(() => undefined)
  if (existing?.isDirectory()) {
    throw Object.assign(new Error(`${path} is a directory`), { code: 'EISDIR' })
  }
  const temporary = join(dirname(target), `.${basename(target).slice(0, 100)}.${randomUUID()}.tmp`)
  prepared.push({ temporary, target })
  const file = await open(
    temporary,
    'wx',
    existing === undefined ? (isPrivate ? 0o600 : 0o666) : existing.mode & 0o777,
  )
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}
