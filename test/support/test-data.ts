import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe } from 'vitest'
import { skipAloud } from './skip'

const projectFolder = resolve(import.meta.dirname, '../..')

/**
 * Absolute path of the folder with real captures: FOLIOSCOPE_TEST_DATA (relative to the project), else
 * `../shared/data`. Undefined when it is not there, which is the normal case on a user's machine.
 */
export function testDataFolder(): string | undefined {
  const chosen = process.env['FOLIOSCOPE_TEST_DATA']
  const folder = resolve(
    projectFolder,
    chosen === undefined || chosen === '' ? '../shared/data' : chosen,
  )
  return existsSync(folder) && statSync(folder).isDirectory() ? folder : undefined
}

/** Absolute path of a file or folder of the test data; throws when it is missing, so call it inside tests only. */
export function testDataPath(relativePath: string): string {
  const folder = testDataFolder()
  if (folder === undefined) throw new Error('there is no test data; set FOLIOSCOPE_TEST_DATA')
  const path = join(folder, relativePath)
  if (!existsSync(path)) throw new Error(`${path}: missing from the test data`)
  return path
}

/**
 * A `describe` for tests on real captures. Without test data its tests count as skipped and a line on
 * stderr says so; with FOLIOSCOPE_FORBID_SKIP=1 it throws instead. The body runs either way (vitest
 * collects skipped tests too): take paths from {@link testDataPath} inside the tests.
 */
export function describeWithData(name: string, body: () => void): void {
  if (testDataFolder() === undefined) {
    skipAloud('data', `${name}: there is no test data (FOLIOSCOPE_TEST_DATA)`)
    describe.skip(name, body)
    return
  }
  describe(name, body)
}
