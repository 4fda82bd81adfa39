import { expect, it } from 'vitest'
import type { Diagnostic } from '../../model/diagnostic'
import type { Dimm } from '../../model/memory-modules'
import { assemble } from './assemble'

const input = { name: 'test', kind: 'sysfs' } as const

function slot(handle: number, locator: string, bank?: string): Dimm {
  const id = `dimm:0x${handle.toString(16)}`
  const source = { kind: 'read', reader: 'smbios', path: 'DMI' } as const
  return {
    id,
    handle,
    locator,
    ...(bank !== undefined && { bank }),
    sources: { handle: source, locator: source, bank: source },
  }
}

function edac(name: string, locator: string, correctableErrors: number): Dimm {
  const source = { kind: 'read', reader: 'edac', path: `mc0/${name}` } as const
  return {
    id: `dimm:mc0/${name}`,
    locator,
    edacLocation: `mc0 ${name}`,
    correctableErrors,
    uncorrectableErrors: 0,
    sources: { locator: source, edacLocation: source, correctableErrors: source },
  }
}

function placed(slots: readonly Dimm[], modules: readonly Dimm[]) {
  const { dimms, diagnostics } = assemble([{ dimms: slots }, { dimms: modules }], {
    input,
    diagnostics: [],
  })
  return { dimms, diagnostics: diagnostics satisfies readonly Diagnostic[] }
}

it('gives counters to the slot with the same locator, or the same bank and locator', () => {
  const { dimms, diagnostics } = placed(
    [slot(1, 'DIMM_A1', 'NODE 0'), slot(2, 'DIMM 0', 'BANK 0'), slot(3, 'DIMM 0', 'BANK 1')],
    [edac('dimm0', 'dimm_a1', 1), edac('dimm1', 'BANK 1 DIMM 0', 2)],
  )
  expect(
    dimms.map(({ id, locator, edacLocation, correctableErrors }) => [
      id,
      locator,
      edacLocation,
      correctableErrors,
    ]),
  ).toEqual([
    ['dimm:0x1', 'DIMM_A1', 'mc0 dimm0', 1],
    ['dimm:0x2', 'DIMM 0', undefined, undefined],
    ['dimm:0x3', 'DIMM 0', 'mc0 dimm1', 2],
  ])
  expect(diagnostics).toEqual([])
})

it('does not count a module twice that no slot can be told to be', () => {
  const { dimms, diagnostics } = placed(
    [slot(1, 'A1'), slot(2, 'B1')],
    [
      edac('dimm0', 'CPU_SrcID#0_MC#0_Chan#0_DIMM#0', 7),
      edac('dimm1', 'CPU_SrcID#0_MC#0_Chan#1_DIMM#0', 0),
    ],
  )
  expect(dimms.map(({ id }) => id)).toEqual(['dimm:0x1', 'dimm:0x2'])
  expect(diagnostics).toEqual([
    {
      severity: 'warning',
      code: 'unplaced-edac',
      where: 'mc0/dimm0',
      message:
        'EDAC counts 2 modules whose label no slot has: mc0 dimm0 "CPU_SrcID#0_MC#0_Chan#0_DIMM#0" (7 corrected, 0 uncorrected errors)',
    },
  ])
})

it('keeps EDAC’s modules where nobody else names any', () => {
  expect(placed([], [edac('dimm0', 'A1', 0)]).dimms.map(({ id }) => id)).toEqual(['dimm:mc0/dimm0'])
})
