import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { demoText, demos } from '../../host/demos/demos'
import { openBytes } from '../../host/open/open-bytes'
import { accountMemmap } from '../../shared/memmap/account'
import type { Topology } from '../../shared/model/topology'
import { loadTopology } from '../../shared/readers/load'
import { writeSpec } from '../../shared/readers/spec/write-spec'
import { loadCapture } from '../support/load-summary'
import { describeWithData, testDataFolder } from '../support/test-data'

const ignore = () => undefined
const fixtures = resolve(import.meta.dirname, '../fixtures/kernel')

async function reopened(topology: Topology): Promise<Topology> {
  const bytes = new TextEncoder().encode(writeSpec(topology).yaml)
  return loadTopology(await openBytes('plan.yaml', bytes, { report: ignore }), ignore)
}

/** What must not change: everything but page tables and certainty, which rest on evidence that a specification has not. */
function costOf(topology: Topology) {
  const { pageTableBytes: _, certainty: __, ...totals } = accountMemmap(topology).totals
  return totals
}

async function expectSame(topology: Topology): Promise<void> {
  const again = await reopened(topology)
  expect(costOf(again)).toEqual(costOf(topology))
  expect(
    again.namespaces.map(({ mode, map, rawBytes, startAddress }) => [
      mode,
      map,
      rawBytes,
      startAddress,
    ]),
  ).toEqual(
    [...topology.namespaces]
      .filter(({ rawBytes = 0 }) => rawBytes > 0)
      .map(({ mode, map, rawBytes, startAddress }) => [mode, map, rawBytes, startAddress]),
  )
}

describe('a specification written of a demo opens with the same cost', () => {
  it.each(demos.map(({ name }) => name))('%s', async (name) => {
    const bytes = new TextEncoder().encode(demoText(name))
    await expectSame(
      loadTopology(await openBytes(`${name}.yaml`, bytes, { report: ignore }), ignore),
    )
  })
})

function captures(folder: string | undefined): readonly string[] {
  if (folder === undefined) return []
  return readdirSync(folder).filter((name) => name.endsWith('.folioscope'))
}

describe('a specification written of a fixture opens with the same cost', () => {
  it.each(captures(fixtures))('%s', async (name) => {
    await expectSame((await loadCapture(join(fixtures, name))).topology)
  })
})

describeWithData('a specification written of a capture opens with the same cost', () => {
  const data = testDataFolder()
  const folder = data === undefined ? undefined : join(data, 'kernel')
  it.each(captures(folder))('%s', async (name) => {
    await expectSame((await loadCapture(join(folder ?? '', name))).topology)
  })
})

it('says what it states though the machine does not know it', async () => {
  const { topology } = await loadCapture(join(fixtures, 'twosocket-k61.folioscope'))
  const namespaces = topology.namespaces.map(({ mode: _, ...namespace }) => namespace)
  expect(writeSpec({ ...topology, namespaces }).yaml).toContain(
    '# Not in this specification: that the mode of some namespaces is not known; they are given as raw.',
  )
  expect(writeSpec(topology).yaml).not.toContain('given as raw')
})
