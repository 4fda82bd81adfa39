import type { MemmapAccount } from '../memmap/types'
import { isBasePageGuessed } from '../model/base-page'
import type { Topology } from '../model/topology'
import { formatBytes } from '../model/units'
import type { Headline } from './display-list'
import { bytesByPaint } from './memory-paint'
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
  const strips = plan.rows.flatMap((row) => row.strips)
  const bytes = bytesByPaint(strips.filter(({ kind }) => kind !== 'region'))
  const ram = (bytes.get('dram') ?? 0) + (bytes.get('dram-offline') ?? 0)
  return dotted(
    amount(ram, 'DRAM'),
    amount(bytes.get('hbm'), 'HBM'),
    amount(bytes.get('cxl'), 'CXL'),
    amount(bytes.get('gpu'), 'GPU memory'),
    amount(pmem, 'PMEM'),
    version === undefined ? undefined : `Linux ${version}`,
    basePageBytes === undefined || isBasePageGuessed(topology.machine)
      ? undefined
      : `${formatBytes(basePageBytes)} pages`,
  )
}

function amount(bytes: number | undefined, name: string): string | undefined {
  return bytes !== undefined && bytes > 0 ? `${formatBytes(bytes)} ${name}` : undefined
}

/** The one number, and where it is; undefined where nothing is known of the memory that struct pages describe. */
export function headlineOf(account: MemmapAccount): Headline | undefined {
  if (account.extents.length === 0) return undefined
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
