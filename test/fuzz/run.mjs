import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'vite'
import { projectFolder } from '../../build/run-steps.mjs'

/**
 * Changes every fixture and every file of the test data in thousands of ways and opens the results:
 * `npm run fuzz -- --cases 20000 --seed 1 --only smbios,acpi`; `--replay 1:json:17` runs one case again.
 */
const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', multiple: true, default: [] },
    replay: { type: 'string', multiple: true, default: [] },
    workers: { type: 'string', default: '2' },
  },
})

const folder = import.meta.dirname
// As deep as test/fuzz: modules find the project two folders above their own.
const outFolder = join(projectFolder, 'out/fuzz')
await build({
  configFile: false,
  root: projectFolder,
  logLevel: 'warn',
  build: {
    ssr: true,
    outDir: outFolder,
    emptyOutDir: true,
    sourcemap: true,
    target: 'node22',
    rolldownOptions: {
      input: { main: join(folder, 'main.ts'), child: join(folder, 'child.ts') },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
    },
  },
})
/** @type {typeof import('./main')} */
const { formatsNamed, fuzz } = await import(pathToFileURL(join(outFolder, 'main.js')).href)

const formats = formatsNamed(values.only.flatMap((list) => list.split(',')))
const cases = Number(values.cases)
const workers = Number(values.workers)
if (formats === undefined || !(cases > 0) || !(workers > 0)) {
  console.error(
    'usage: npm run fuzz -- [--cases N] [--seed TEXT] [--only FORMAT,…] [--replay CASE]',
  )
  process.exit(2)
}
const findings = await fuzz({
  cases,
  seed: values.seed,
  formats,
  replay: values.replay,
  workers,
  script: join(outFolder, 'child.js'),
  findingsFolder: join(folder, 'findings'),
})
process.exit(findings > 0 ? 1 : 0)
