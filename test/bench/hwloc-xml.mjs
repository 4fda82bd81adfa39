import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectFolder } from '../../build/run-steps.mjs'
import { hasProgram, runQuietly } from './commands.mjs'
import { printRace, race } from './measure.mjs'

export const title = 'summary of an hwloc XML with 65 536 PUs in 512 nodes, against lstopo'

const machine = 'pack:8 numa:64 core:32 pu:4'

export async function run() {
  if (!hasProgram('lstopo')) {
    console.log('  skipped: lstopo, which makes the XML, is not installed (package hwloc)')
    return
  }
  const scratch = mkdtempSync(join(tmpdir(), 'folioscope-bench-'))
  const file = join(scratch, 'machine.xml')
  const folioscope = [join(projectFolder, 'host/folioscope.mjs'), 'info', file, '--json']
  try {
    runQuietly('lstopo', ['-i', machine, '--of', 'xml', file])
    printRace(
      await race(
        [
          { name: 'folioscope info', run: () => runQuietly(process.execPath, folioscope) },
          {
            name: 'lstopo --of console',
            run: () => runQuietly('lstopo', ['-i', file, '--of', 'console']),
          },
        ],
        3,
      ),
    )
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}
