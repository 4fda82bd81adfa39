import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { build } from './build-if-stale.mjs'
import { writeElectronStub } from './electron-stub.mjs'
import { findElectron } from './find-electron.mjs'
import { nodeArguments, projectFolder } from './run-steps.mjs'
import { verifyPackage } from './verify-package.mjs'

const distFolder = join(projectFolder, 'dist')

/** @param {readonly string[]} options */
function runBuilder(options) {
  const config = ['--config', 'build/electron-builder.yml', '--publish', 'never']
  const { status } = spawnSync(
    process.execPath,
    nodeArguments(['electron-builder', ...config, ...options]),
    { cwd: projectFolder, stdio: 'inherit' },
  )
  return status === 0
}

/** Packs with the real Electron where it is, else shows with a stand-in what a package would contain. */
function pack() {
  const program = findElectron()
  if (program !== undefined) {
    const folder =
      process.platform === 'darwin' ? join(dirname(program), '../../..') : dirname(program)
    return runBuilder([`-c.electronDist=${folder}`])
  }
  console.log(
    "Electron's program is not here (npx install-electron gets it): packing a stand-in, unpacked only.",
  )
  const stub = mkdtempSync(join(tmpdir(), 'folioscope-electron-stub-'))
  try {
    writeElectronStub(stub)
    return runBuilder(['--linux', '--dir', `-c.electronDist=${stub}`])
  } finally {
    rmSync(stub, { recursive: true, force: true })
  }
}

await build()
rmSync(distFolder, { recursive: true, force: true })
if (!pack()) process.exit(1)

const { checked, problems } = verifyPackage(distFolder)
for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exit(1)
for (const folder of checked) console.log(`${folder}: contents and fuses are as they should be`)
