import type { MemmapAccount } from '../memmap/types'
import type { Topology } from '../model/topology'
import { formatBytes } from '../model/units'
import type { DisplayList, PaintId } from './display-list'
import type { PlacedPlan } from './plan'
import { dotted } from './wording'

/** The host's name, or the input's. */
export function titleOf(topology: Topology): string {
  return topology.machine.hostname ?? topology.input.name
}

/** `384 GiB DRAM · 1.5 TiB PMEM · Linux 6.12 · 4 KiB pages`, as much of it as is known. */
export function subtitleOf(topology: Topology, plan: PlacedPlan): string {
  const { kernelRelease, basePageBytes } = topology.machine
  const version = kernelRelease === undefined ? undefined : /^\d+\.\d+/.exec(kernelRelease)?.[0]
  const pmem = topology.regions.reduce((sum, region) => sum + (region.sizeBytes ?? 0), 0)
  return dotted(
    amount(bytesOf(plan, ['dram', 'dram-offline', 'struct-page']), 'DRAM'),
    amount(bytesOf(plan, ['hbm']), 'HBM'),
    amount(bytesOf(plan, ['cxl']), 'CXL'),
    amount(bytesOf(plan, ['gpu']), 'GPU memory'),
    amount(pmem, 'PMEM'),
    version === undefined ? undefined : `Linux ${version}`,
    basePageBytes === undefined ? undefined : `${formatBytes(basePageBytes)} pages`,
  )
}

function amount(bytes: number, name: string): string | undefined {
  return bytes > 0 ? `${formatBytes(bytes)} ${name}` : undefined
}

/** RAM that is drawn in these paints, without what lies on PMEM regions. */
function bytesOf(plan: PlacedPlan, paints: readonly PaintId[]): number {
  let bytes = 0
  for (const row of plan.rows) {
    for (const strip of row.strips) {
      if (strip.kind === 'region') continue
      for (const piece of strip.pieces) {
        if (piece.paint !== undefined && paints.includes(piece.paint)) {
          bytes += piece.end - piece.start
        }
      }
    }
  }
  return bytes
}

/** The one number, and where it is. */
export function headlineOf(account: MemmapAccount): DisplayList['headline'] {
  const { residentBytes, ramBytes, deviceBytes, savedBytes, certainty } = account.totals
  const saved = savedBytes.hvo + savedBytes.daxDedup
  return {
    caption: certainty === 'exact' ? 'struct pages' : `struct pages, ${CERTAINTY[certainty]}`,
    value: formatBytes(residentBytes),
    detail: dotted(
      `${formatBytes(ramBytes)} in RAM`,
      deviceBytes > 0 ? `${formatBytes(deviceBytes)} on devices` : undefined,
      saved > 0 ? `${formatBytes(saved)} saved` : undefined,
    ),
  }
}

const CERTAINTY = { exact: '', 'upper-bound': 'at most', estimated: 'estimated' } as const
