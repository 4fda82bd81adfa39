import type { Dimm } from '../model/memory-modules'
import { formatBytes } from '../model/units'
import type { Box, Label } from './display-list'
import type { Member } from './interleave-sets'
import type { Row } from './strips'
import { describeModule, dotted } from './wording'

/** A memory module with its box. An NVDIMM that SMBIOS also lists has both records. */
export interface Module extends Plugged {
  readonly row: Row
  readonly box: Box
}

/** What stands in a slot. */
export interface Plugged {
  readonly kind: Member['kind'] | 'dimm' | 'empty-slot'
  readonly dimm?: Dimm
  readonly member?: Member
}

/** The line for hovering: `nmem0 · DIMM_B1 · 128 GiB`, `mem1 · 1 GiB CXL device`, `DIMM_A2 · empty slot`. */
export function moduleTitle(plugged: Plugged): string {
  const { dimm, member } = plugged
  return dotted(
    member?.id,
    dimm?.locator ?? (member === undefined ? dimm?.id : undefined),
    detailOf(plugged),
  )
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
        title: group.length === 1 ? nameOf(first) : namesOfGroup(group.map(nameOf)),
        ...(detail === '' ? {} : { detail: countedDetail(group.length, detail) }),
        priority: first.box.paint === 'empty-slot' ? 30 : 70,
        placement: 'leader',
      },
    ]
  })
}

const EMPTY = 'empty slot'

function nameOf({ dimm, member }: Plugged): string {
  return dimm?.locator ?? member?.id ?? dimm?.id ?? ''
}

function detailOf({ kind, dimm, member }: Plugged): string {
  if (kind === 'empty-slot') return EMPTY
  if (member === undefined) return dimm === undefined ? '' : describeModule(dimm)
  if (member.kind === 'nvdimm') {
    return sizedNoun(
      dimm?.sizeBytes ?? member.nvdimm.sizeBytes ?? member.nvdimm.mappedBytes,
      'NVDIMM',
    )
  }
  const { ramBytes, pmemBytes } = member.memdev
  const isKnown = ramBytes !== undefined || pmemBytes !== undefined
  return sizedNoun(isKnown ? (ramBytes ?? 0) + (pmemBytes ?? 0) : undefined, 'CXL device')
}

function sizedNoun(sizeBytes: number | undefined, noun: string): string {
  return sizeBytes === undefined ? noun : `${formatBytes(sizeBytes)} ${noun}`
}

function countedDetail(count: number, detail: string): string {
  if (count === 1) return detail
  return detail === EMPTY ? `${count} empty slots` : `${count} × ${detail}`
}

/** Beyond so many names that are no run, a label shows the first and the last. */
const MOST_NAMES = 4

/** `DIMM_A1 … F1` for a run, `DIMM_A2, B1, D2, E1` for what has gaps: all but the first without what they have in common. */
export function namesOfGroup(names: readonly string[]): string {
  const [first = '', ...others] = names
  const last = others.at(-1)
  if (last === undefined) return first
  const start = commonStart(names)
  const isRun = others.every((name, index) => follows(names[index] ?? '', name))
  if (names.length > 2 && (isRun || names.length > MOST_NAMES)) {
    return `${first} … ${last.slice(start)}`
  }
  return [first, ...others.map((name) => name.slice(start))].join(', ')
}

/** Length of what all names begin with, up to a separator. */
function commonStart(names: readonly string[]): number {
  const [first = '', ...others] = names
  let common = first.length
  for (const name of others) {
    let same = 0
    while (same < common && first[same] === name[same]) same++
    common = same
  }
  const shared = first.slice(0, common)
  return Math.max(...['_', ' ', '-', '.', ':'].map((sign) => shared.lastIndexOf(sign))) + 1
}

/** True where one number or one letter of a name is the next one in the other. */
function follows(name: string, next: string): boolean {
  const before = name.match(/\d+|\D/g) ?? []
  const after = next.match(/\d+|\D/g) ?? []
  const changed = before.flatMap((part, index) => (part === after[index] ? [] : [index]))
  const [at] = changed
  if (before.length !== after.length || changed.length !== 1 || at === undefined) return false
  const [from = '', to = ''] = [before[at], after[at]]
  if (/^\d/.test(from)) return Number(to) === Number(from) + 1
  return to.charCodeAt(0) === from.charCodeAt(0) + 1
}
