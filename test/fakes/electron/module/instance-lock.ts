import { randomUUID } from 'node:crypto'
import { readFileSync, readdirSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const LOCK = 'SingletonLock'
const MESSAGE = '.singleton-message'

/**
 * The first process in a folder gets the lock and hears from the later ones. Synchronous as Electron's is,
 * so the message travels as a file; what crosses is JSON, as there.
 */
export function lockInstance(
  folder: string,
  additionalData: unknown,
  onSecondInstance: (theirData: unknown) => void,
): boolean {
  try {
    writeFileSync(join(folder, LOCK), String(process.pid), { flag: 'wx' })
  } catch {
    const message = join(folder, randomUUID())
    writeFileSync(message, JSON.stringify(additionalData ?? {}))
    renameSync(message, `${message}${MESSAGE}`)
    return false
  }
  const collect = () => {
    for (const name of readdirSync(folder).filter((file) => file.endsWith(MESSAGE))) {
      const text = readFileSync(join(folder, name), 'utf8')
      rmSync(join(folder, name))
      onSecondInstance(JSON.parse(text))
    }
  }
  const watcher = watch(folder, collect)
  process.on('exit', () => {
    watcher.close()
    rmSync(join(folder, LOCK), { force: true })
  })
  return true
}
