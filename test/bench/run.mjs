import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { buildIfStale } from '../../build/build-if-stale.mjs'
import { projectFolder } from '../../build/run-steps.mjs'
import * as hwlocXml from './hwloc-xml.mjs'
import * as load from './load.mjs'
import * as open from './open.mjs'

/** Every bench compares things side by side in one run; absolute times depend on the machine. */
const benches = { load, open, 'hwloc-xml': hwlocXml }

const chosen = process.argv.slice(2)
const unknown = chosen.filter((name) => !(name in benches))
if (unknown.length > 0) {
  console.error(
    `${unknown.join(', ')}: no such bench; there are ${Object.keys(benches).join(', ')}`,
  )
  process.exit(2)
}
await buildIfStale()

const data = resolve(projectFolder, process.env['FOLIOSCOPE_TEST_DATA'] ?? '../shared/data')
const dataFolder = existsSync(data) ? data : undefined
for (const [name, bench] of Object.entries(benches)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue
  console.log(`${name}: ${bench.title}`)
  await bench.run({ dataFolder })
}
