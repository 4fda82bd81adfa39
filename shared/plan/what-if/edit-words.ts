import { assertNever } from '../../model/errors'
import { formatBytes, formatCount } from '../../model/units'
import type { PlanEdit } from './edit'

/** One edit in words: `namespace0.1 becomes devdax, map=mem, align 1 GiB`. */
export function describeEdit(edit: PlanEdit): string {
  switch (edit.kind) {
    case 'kernel':
      return `Linux ${edit.release}`
    case 'page-size':
      return `base pages of ${formatBytes(edit.bytes)}`
    case 'hvo':
      return `HVO ${edit.isOn ? 'on' : 'off'}`
    case 'memmap-on-memory':
      return `memmap_on_memory ${edit.isOn ? 'on' : 'off'}`
    case 'hugepages':
      return `node${edit.nodeId}: ${formatCount(edit.count)} hugepages of ${formatBytes(edit.sizeBytes)}`
    case 'namespace':
      return `${edit.id} becomes ${shapeWords(edit)}`
    case 'add-namespace':
      return `${edit.regionId} gets ${formatBytes(edit.rawBytes)} of ${shapeWords(edit)}`
    case 'dax-mode':
      return `${edit.id} becomes ${edit.mode}`
    case 'add-dimm':
      return `node${edit.nodeId} gets a DIMM of ${formatBytes(edit.sizeBytes)}`
    case 'struct-page': {
      const folios =
        edit.folioBytes === undefined
          ? ''
          : `, ${edit.folioBytes} B for each folio of order ${edit.folioOrder ?? 0}`
      return `hypothetical: struct pages of ${edit.bytes} B${folios}`
    }
    default:
      return assertNever(edit)
  }
}

function shapeWords(shape: {
  readonly mode: string
  readonly map?: string
  readonly alignBytes?: number
  readonly sectorBytes?: number
}): string {
  const isMapped = shape.mode === 'fsdax' || shape.mode === 'devdax'
  return [
    shape.mode,
    isMapped && shape.map !== undefined ? `map=${shape.map}` : undefined,
    isMapped && shape.alignBytes !== undefined
      ? `align ${formatBytes(shape.alignBytes)}`
      : undefined,
    shape.mode === 'sector' && shape.sectorBytes !== undefined
      ? `sector ${formatBytes(shape.sectorBytes)}`
      : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(', ')
}

/** What an edit is about: a later edit of the same subject replaces it. Additions never replace each other. */
export function editSubject(edit: PlanEdit): string | undefined {
  switch (edit.kind) {
    case 'hugepages':
      return `hugepages ${edit.nodeId} ${edit.sizeBytes}`
    case 'namespace':
    case 'dax-mode':
      return `${edit.kind} ${edit.id}`
    case 'add-namespace':
    case 'add-dimm':
      return undefined
    default:
      return edit.kind
  }
}
