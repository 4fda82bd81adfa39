import type { Dimm, Nvdimm } from '../model/memory-modules'
import { formatBytes } from '../model/units'
import type { Box, Label } from './display-list'
import type { Row } from './strips'
import { describeModule } from './wording'

/** A memory module with its box. An NVDIMM that SMBIOS also lists has both records. */
export interface Module {
  readonly row: Row
  readonly box: Box
  readonly dimm?: Dimm
  readonly nvdimm?: Nvdimm
}

/** One label for each kind of module in a row: `DIMM_A1 … A6`, `6 × 32 GiB DDR4-2933`. */
export function moduleLabels(modules: readonly Module[]): readonly Label[] {
  const groups = new Map<string, Module[]>()
  for (const module of modules) {
    const key = `${module.row.id} ${module.box.paint} ${detailOf(module)}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [module])
    else group.push(module)
  }
  return [...groups.values()].flatMap((group): readonly Label[] => {
    const first = group[0]
    const middle = group[Math.floor(group.length / 2)]
    if (first === undefined || middle === undefined) return []
    const detail = detailOf(first)
    const { box } = middle
    return [
      {
        id: first.box.id,
        objectId: first.box.objectId ?? first.box.id,
        storey: 'hardware',
        anchor: { x: (box.x0 + box.x1) / 2, y: (box.y0 + box.y1) / 2, z: box.z1 },
        title: group.length === 1 ? nameOf(first) : rangeOfNames(group.map(nameOf)),
        ...(detail === '' ? {} : { detail: countedDetail(group.length, detail) }),
        priority: first.box.paint === 'empty-slot' ? 30 : 70,
        placement: 'leader',
      },
    ]
  })
}

const EMPTY = 'empty slot'

function nameOf(module: Module): string {
  return module.dimm?.locator ?? module.nvdimm?.id ?? module.box.objectId ?? ''
}

function detailOf(module: Module): string {
  if (module.box.paint === 'empty-slot') return EMPTY
  if (module.nvdimm === undefined)
    return module.dimm === undefined ? '' : describeModule(module.dimm)
  const size = module.dimm?.sizeBytes ?? module.nvdimm.mappedBytes
  return `${size === undefined ? '' : `${formatBytes(size)} `}NVDIMM`
}

function countedDetail(count: number, detail: string): string {
  if (count === 1) return detail
  return detail === EMPTY ? `${count} empty slots` : `${count} × ${detail}`
}

/** `DIMM_A1, B1` for two, `DIMM_A1 … A6` for more: the last name without what it has in common with the first, up to a separator. */
export function rangeOfNames(names: readonly string[]): string {
  const first = names[0] ?? ''
  const last = names.at(-1) ?? ''
  let common = 0
  while (common < first.length && first[common] === last[common]) common++
  const separator = Math.max(
    ...['_', ' ', '-', '.', ':'].map((sign) => first.slice(0, common).lastIndexOf(sign)),
  )
  return `${first}${names.length === 2 ? ', ' : ' … '}${last.slice(separator + 1)}`
}
