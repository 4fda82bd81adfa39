import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { itWith } from '../../host/capture/testing/shells'
import { captureScript } from '../../shared/capture/script'
import type { Summary } from '../../shared/summary/types'
import { loadSummary } from '../support/load-summary'
import { describeWithData, testDataPath } from '../support/test-data'

/**
 * Nothing that a number rests on is missing from what a capture takes: the capture of a tree says the same as the tree,
 * and that of this machine the same as the machine. Who relies on it: everybody who sends a snapshot in place of a machine.
 */
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'folioscope-contract-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function runCapture(args: readonly string[], output: string): void {
  const { status, stdout, stderr } = spawnSync('sh', ['-s', '--', ...args], {
    input: captureScript('1.2.3'),
    maxBuffer: 2 ** 30,
  })
  expect({ status, errors: stderr.toString() }).toMatchObject({ status: 0 })
  writeFileSync(output, stdout)
}

/** Unpacks an archive, captures what it held, and returns the Summary of both but for their names. */
async function captureAgain(
  archive: string,
  ...unpackOptions: readonly string[]
): Promise<readonly Omit<Summary, 'input'>[]> {
  const tree = mkdtempSync(join(folder, 'tree-'))
  mkdirSync(join(tree, 'root'))
  const unpack = ['-xf', archive, '-C', join(tree, 'root'), ...unpackOptions]
  expect(spawnSync('tar', unpack).status).toBe(0)
  const output = join(tree, 'again.folioscope')
  runCapture(['--pages', '--root', join(tree, 'root')], output)
  const summaries = [await loadSummary(archive), await loadSummary(output)]
  expect(summaries[1]?.input.kind).toBe('folioscope')
  return summaries.map(({ input: _, ...rest }) => rest)
}

const fixture = resolve(import.meta.dirname, '../fixtures/kernel/small-k61.folioscope')

it('the capture of an unpacked fixture says the same', async () => {
  const [expected, actual] = await captureAgain(fixture)
  expect(actual).toEqual(expected)
})

describeWithData('the capture of an unpacked capture says the same', () => {
  it.each([
    'cxl-k612',
    'cxlpmem-k612',
    'dimms-k61',
    'hmat-k612',
    'hugearm-k73a',
    'kmem-k612',
    'thp-k612-mix',
    'twosocket-k61',
  ])('%s', async (name) => {
    const [expected, actual] = await captureAgain(testDataPath(`kernel/${name}.folioscope`))
    expect(actual).toEqual(expected)
  })
})

describeWithData('the capture of a tree of hwloc-gather-topology says the same', () => {
  const names = ['fakeheteromemtiers', 'lsmem-aarch64_16K_16g']
  for (const name of names) {
    itWith(['bzip2'], name, async () => {
      const archive = testDataPath(`hwloc/${name}.tar.bz2`)
      const [expected, actual] = await captureAgain(archive, '--strip-components=1')
      expect(actual).toEqual(expected)
    })
  }
})

describe.runIf(process.platform === 'linux')('this machine', () => {
  it('says the same live and captured', async () => {
    const output = join(folder, 'machine.folioscope')
    runCapture([], output)
    const { input: _live, ...live } = await loadSummary('live')
    const { input: _captured, ...captured } = await loadSummary(output)
    expect(captured).toEqual(live)
    expect(live.numaNodes.length).toBeGreaterThan(0)
  })
})
