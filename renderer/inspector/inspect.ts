import type { Diagnostic } from '../../shared/model/diagnostic'
import { describeSource, type Source } from '../../shared/model/source'
import type { ObjectEntry } from '../document/object-index'
import { kindTitle, objectDetail, objectName } from '../document/object-words'
import type { OpenDocument } from '../document/open-document'
import { decodeRow } from './cxl-decode'
import type { RuleUse } from '../../shared/memmap/kernel-rules'
import type { MemmapAccount } from '../../shared/memmap/types'
import { formatBytes } from '../../shared/model/units'
import { fieldOrder, fieldStyle } from './fact-fields'
import { factValue, type FactValue } from './fact-values'
import { relatedObjects, type RelatedGroup } from './related'
import { structPagesOf, type StructPagesModel } from './struct-pages'

/** One fact of the selected object. */
export interface FactRow extends FactValue {
  readonly field: string
  readonly label: string
  /** Where it came from; absent for identity fields, which have no source of their own. */
  readonly source?: string
  readonly sourceKind?: Source['kind']
}

/** Everything that the inspector shows of one object. */
export interface InspectorModel {
  readonly objectId: string
  readonly name: string
  readonly kind: string
  readonly detail?: string
  readonly structPages?: StructPagesModel
  readonly facts: readonly FactRow[]
  /** Rules of the machine's kernel; empty for other objects. */
  readonly rules: readonly FactRow[]
  readonly related: readonly RelatedGroup[]
  readonly diagnostics: readonly Diagnostic[]
}

/** What is known of an object; undefined when the document has no such object. */
export function inspect(document: OpenDocument, objectId: string): InspectorModel | undefined {
  const entry = document.objects.get(objectId)
  if (entry === undefined) return undefined
  const detail = objectDetail(entry)
  const structPages = structPagesOf(document, entry)
  return {
    objectId,
    name: objectName(entry),
    kind: kindTitle(entry.kind),
    ...(detail !== undefined && { detail }),
    ...(structPages !== undefined && { structPages }),
    facts: [...factRows(entry), ...computedRows(entry, document)],
    rules: entry.kind === 'machine' ? ruleRows(document.account) : [],
    related: relatedObjects(document, entry),
    diagnostics: diagnosticsOf(document, objectId),
  }
}

/** Facts that follow from several objects and so stand in none of them. */
function computedRows(entry: ObjectEntry, { topology }: OpenDocument): readonly FactRow[] {
  if (entry.kind !== 'cxl-region') return []
  const row = decodeRow(entry.object, topology)
  return row === undefined ? [] : [row]
}

const BASES: Readonly<Record<RuleUse['basis'], Source['kind']>> = {
  evidence: 'read',
  release: 'derived',
  'nearest-release': 'default',
  assumed: 'default',
}

/** Each kernel rule with its value and what decided it. */
function ruleRows({ rules }: MemmapAccount): readonly FactRow[] {
  return rules.map(({ rule, title, value, basis, source }) => ({
    field: `rule-${rule}`,
    label: title,
    lines: [ruleValue(rule, value)],
    source: `${BASIS_WORDS[basis]} · ${source}`,
    sourceKind: BASES[basis],
  }))
}

const BASIS_WORDS: Readonly<Record<RuleUse['basis'], string>> = {
  evidence: 'seen',
  release: 'by the release',
  'nearest-release': 'by the nearest release that is known',
  assumed: 'assumed',
}

function ruleValue(rule: RuleUse['rule'], value: RuleUse['value']): string {
  if (value === undefined) return 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'number' && rule.endsWith('Bytes') ? formatBytes(value) : String(value)
}

function factRows({ object }: ObjectEntry): readonly FactRow[] {
  return Object.entries(object)
    .filter(([field]) => field !== 'id' && field !== 'sources')
    .toSorted(([left], [right]) => fieldOrder(left) - fieldOrder(right))
    .map(([field, value]: [string, unknown]) => {
      const source = object.sources[field]
      return {
        field,
        label: fieldStyle(field, value).label,
        ...withoutLinkToItself(factValue(field, value), object.id),
        ...(source !== undefined && {
          source: describeSource(source),
          sourceKind: source.kind,
        }),
      }
    })
}

function withoutLinkToItself({ objectId, ...value }: FactValue, ownId: string): FactValue {
  return objectId === undefined || objectId === ownId ? value : { ...value, objectId }
}

function diagnosticsOf(document: OpenDocument, objectId: string): readonly Diagnostic[] {
  return document.topology.diagnostics.filter(
    ({ where }) => where === objectId || where.split(/[/ ·:]/).includes(objectId),
  )
}

/** The inspector's facts as tab-separated lines: name, value, exact value, source. */
export function factsAsText(model: InspectorModel): string {
  const lines = model.facts.map((fact) =>
    [fact.label, fact.lines.join('; '), fact.exact ?? '', fact.source ?? ''].join('\t'),
  )
  const structPages = (model.structPages?.rows ?? []).map((row) =>
    [`struct pages: ${row.label}`, row.lines.join('; '), row.exact ?? '', ''].join('\t'),
  )
  return [`${model.objectId}\t${model.kind}`, ...structPages, ...lines]
    .map((line) => line.trimEnd())
    .join('\n')
}
