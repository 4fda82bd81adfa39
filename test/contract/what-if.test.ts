import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Namespace, Topology } from '../../shared/model/topology'
import { whatIf } from '../../shared/plan/what-if/what-if'
import { loadCapture } from '../support/load-summary'
import { describeWithData, testDataFolder } from '../support/test-data'

const fixtures = resolve(import.meta.dirname, '../fixtures/kernel')

function capturesIn(folder: string | undefined): readonly string[] {
  if (folder === undefined) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.folioscope'))
    .map((name) => join(folder, name))
}

/** Namespaces that the kernel laid out itself: not by an older kernel's rules, and not without an info block. */
function plannable({
  namespaces,
}: Topology): readonly (Namespace & { readonly mode: 'fsdax' | 'devdax' })[] {
  return namespaces.flatMap((namespace) => {
    const { mode, claim, dataStartAddress, map } = namespace
    if (claim === undefined || dataStartAddress === undefined || map === 'none') return []
    return mode === 'fsdax' || mode === 'devdax' ? [{ ...namespace, mode }] : []
  })
}

/** A namespace planned as it was captured has the captured sizes and costs what was captured. */
function describeCaptures(paths: readonly string[]): void {
  it.each(paths.map((path) => [path.split('/').at(-1) ?? path, path]))('%s', async (_, path) => {
    const { topology, account } = await loadCapture(path)
    for (const { id, mode, map, alignBytes, usableBytes, dataStartAddress } of plannable(
      topology,
    )) {
      const dax = topology.daxDevices.find(({ namespaceId }) => namespaceId === id)
      // Bound to kmem or fsdev: not what creating the namespace gives.
      if (mode === 'devdax' && dax?.mode !== 'devdax') continue
      const planned = whatIf(topology, [
        {
          kind: 'namespace',
          id,
          mode,
          ...(map === 'mem' || map === 'dev' ? { map } : {}),
          ...(alignBytes === undefined ? {} : { alignBytes }),
        },
      ])
      expect(planned.refused, id).toEqual([])
      expect(planned.topology.namespaces.find((item) => item.id === id)).toMatchObject({
        usableBytes,
        dataStartAddress,
      })
      const { measured: _measured, ...before } = account
      expect(planned.account.totals, id).toEqual(before.totals)
    }
  })
}

describe('namespaces of the fixtures planned as captured', () => {
  it('are several: this test compares something', async () => {
    const { topology } = await loadCapture(join(fixtures, 'twosocket-k61.folioscope'))
    expect(plannable(topology).length).toBeGreaterThan(5)
  })

  describeCaptures(capturesIn(fixtures))
})

describeWithData('namespaces of all captures planned as captured', () => {
  const folder = testDataFolder()
  describeCaptures(capturesIn(folder === undefined ? undefined : join(folder, 'kernel')))
})
