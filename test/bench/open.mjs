import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { projectFolder } from '../../build/run-steps.mjs'
import { hasProgram, runQuietly } from './commands.mjs'
import { printRace, race } from './measure.mjs'

export const title = 'open a .tar.bz2 of 16 000 members, against unpacking it and lstopo'

const archive = 'hwloc/256ppc-8n8s4t.tar.bz2'

/** @param {{ dataFolder: string | undefined }} context */
export async function run({ dataFolder }) {
  const file = dataFolder === undefined ? undefined : join(dataFolder, archive)
  if (file === undefined || !existsSync(file)) {
    console.log(`  skipped: ${archive} of the test data is not here (FOLIOSCOPE_TEST_DATA)`)
    return
  }
  const scratch = mkdtempSync(join(tmpdir(), 'folioscope-bench-'))
  const unpack = () => {
    const target = mkdtempSync(join(scratch, 'tar-'))
    runQuietly('tar', ['-xjf', file, '-C', target])
    return target
  }
  const hasLstopo = hasProgram('lstopo')
  const withLstopo = () => {
    const target = unpack()
    const root = join(target, basename(archive, '.tar.bz2'))
    runQuietly('lstopo', ['--if', 'fsroot', '-i', root, '--of', 'console'])
  }
  const folioscope = [join(projectFolder, 'host/folioscope.mjs'), 'info', file, '--json']
  try {
    // Both read the file from the page cache.
    readFileSync(file)
    printRace(
      await race(
        [
          { name: 'folioscope info', run: () => runQuietly(process.execPath, folioscope) },
          { name: 'tar xjf', run: unpack },
          ...(hasLstopo ? [{ name: 'tar xjf, lstopo', run: withLstopo }] : []),
        ],
        3,
      ),
    )
    if (!hasLstopo) console.log('  lstopo is not installed (package hwloc), so it is not compared')
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}
