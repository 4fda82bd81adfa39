import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Summary, SummaryMemmapTotals } from '../../shared/summary/types'
import { loadSummary } from '../support/load-summary'
import { describeWithData, testDataFolder } from '../support/test-data'

/**
 * The truth beside each capture: what a walk of that kernel's own page tables found (shared/data/kernel/INDEX.md).
 * Who relies on it: everybody who believes a number of ours.
 */
interface Truth {
  readonly vmemmap: {
    readonly mapped_pages: number
    readonly backing_pages: number
    readonly pte_tables: number
    readonly backing_in: Readonly<Record<string, number>>
    readonly backing_node: Readonly<Record<string, number>>
  }
  readonly node_MemTotal: Readonly<Record<string, number>>
  readonly hugepages: readonly {
    readonly node: number
    readonly size: string
    readonly nr: number
    readonly free: number
    readonly surplus: number
  }[]
}

interface Capture {
  readonly name: string
  readonly path: string
  readonly truthPath: string
}

/** The truth was taken at the last of several moments of one machine; the earlier ones have none. */
function capturesIn(folder: string): readonly Capture[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.folioscope') && !file.endsWith('-before.folioscope'))
    .map((file) => ({
      name: file.replace(/\.folioscope$/, ''),
      path: join(folder, file),
      truthPath: join(folder, `${file.replace(/(-mix)?\.folioscope$/, '')}.truth/state.json`),
    }))
    .filter(({ truthPath }) => existsSync(truthPath))
}

const fixtures = capturesIn(resolve(import.meta.dirname, '../fixtures/kernel'))
const dataFolder = testDataFolder()
const otherCaptures =
  dataFolder === undefined
    ? []
    : capturesIn(join(dataFolder, 'kernel')).filter(
        ({ name }) => !fixtures.some((fixture) => fixture.name === name),
      )

/**
 * Tables that are not what dedup or HVO costs: this kernel has no PMD mappings for 16 KiB pages. And tables that an
 * earlier hugepage pool left behind, which no snapshot shows (CONTRACT, last paragraph).
 */
const OTHER_PTE_TABLES: Readonly<Record<string, 'more' | 'not-counted'>> = {
  'small-k73a16': 'not-counted',
  'hugeon-k61': 'more',
  'hugeon-k612': 'more',
  'hugeon-k618': 'more',
}

function memmapOf(summary: Summary): SummaryMemmapTotals {
  if (summary.memmap === undefined) throw new Error('the summary has no struct pages')
  return summary.memmap
}

function bytesByPlace(truth: Truth, pageBytes: number): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(truth.vmemmap.backing_node).map(([node, pages]) => [
      node === '-1' ? 'device' : node,
      pages * pageBytes,
    ]),
  )
}

function describeCapture({ name, path, truthPath }: Capture): void {
  describe(name, () => {
    let summary: Summary
    let pageBytes: number
    const truth = JSON.parse(readFileSync(truthPath, 'utf8')) as Truth

    beforeAll(async () => {
      summary = await loadSummary(path)
      pageBytes = summary.machine.basePageBytes ?? 0
    })

    it('has the resident struct pages, by node and on devices', () => {
      const memmap = memmapOf(summary)
      expect(memmap.residentBytes).toBe(truth.vmemmap.backing_pages * pageBytes)
      expect(memmap.fullBytes).toBe(truth.vmemmap.mapped_pages * pageBytes)
      expect(memmap.byNode).toEqual(bytesByPlace(truth, pageBytes))
      expect(memmap.ramBytes).toBe((truth.vmemmap.backing_in['System RAM'] ?? 0) * pageBytes)
      expect(memmap.ramBytes + memmap.deviceBytes).toBe(memmap.residentBytes)
      const { hvo, daxDedup } = memmap.savedBytes
      expect(memmap.fullBytes - hvo - daxDedup).toBe(memmap.residentBytes)
    })

    it('has the struct pages on each namespace', () => {
      const onNamespaces = Object.entries(truth.vmemmap.backing_in).filter(([place]) =>
        place.startsWith('namespace'),
      )
      const ours = summary.namespaces
        .filter(({ memmap }) => (memmap?.deviceBytes ?? 0) > 0)
        .filter(({ id }) => truth.vmemmap.backing_in[id] !== undefined)
      expect(Object.fromEntries(ours.map(({ id, memmap }) => [id, memmap?.deviceBytes]))).toEqual(
        Object.fromEntries(onNamespaces.map(([id, pages]) => [id, pages * pageBytes])),
      )
    })

    it('has the page tables that dedup and HVO cost', () => {
      const tables = memmapOf(summary).pageTableBytes / pageBytes
      switch (OTHER_PTE_TABLES[name]) {
        case undefined:
          expect(tables).toBe(truth.vmemmap.pte_tables)
          break
        case 'more':
          expect(tables).toBeGreaterThan(0)
          expect(tables).toBeLessThan(truth.vmemmap.pte_tables)
          expect(memmapOf(summary).certainty).not.toBe('exact')
          break
        case 'not-counted':
          expect(tables).toBe(0)
          break
      }
    })

    it('explains every byte by which the kernel’s own counters differ', () => {
      const { measured, residentBytes } = memmapOf(summary)
      if (measured === undefined) {
        // The counters are younger than 6.1.
        expect(summary.machine.kernelRelease).toMatch(/^6\.1\./)
        return
      }
      expect(measured.residentBytes - residentBytes).toBe(measured.differenceBytes)
      expect(measured.unexplainedBytes).toBe(0)
    })

    it('has the memory and the hugepage pools of each node', () => {
      const memory = summary.numaNodes
        .filter(({ id }) => truth.node_MemTotal[String(id)] !== undefined)
        .map(({ id, memoryBytes }) => [String(id), memoryBytes])
      expect(Object.fromEntries(memory)).toEqual(truth.node_MemTotal)
      const pools = summary.numaNodes.flatMap(({ id, hugepages }) =>
        (hugepages ?? [])
          .filter(({ total }) => total > 0)
          .map(({ sizeBytes, total, free, surplus }) => ({
            node: id,
            size: `${sizeBytes / 1024}kB`,
            nr: total,
            free,
            surplus,
          })),
      )
      const bySize = (a: { node: number; size: string }, b: { node: number; size: string }) =>
        a.node - b.node || a.size.localeCompare(b.size)
      expect([...pools].sort(bySize)).toEqual([...truth.hugepages].sort(bySize))
    })
  })
}

describe('captures of real kernels equal the walk of their page tables', () => {
  fixtures.forEach(describeCapture)
})

describeWithData('all other captures do, too', () => {
  it('finds them', () => {
    expect(otherCaptures.length).toBeGreaterThanOrEqual(20)
  })
  otherCaptures.forEach(describeCapture)
})
