import { isJsonObject, type JsonValue } from '../json/json-blocks'

/** What lscpu prints in `Field: value` lines, or as a list of fields with `-J`. */
export type LscpuFields = ReadonlyMap<string, string>

const FIELD = /^([^:]{1,60}):\s+(\S.{0,65535})?$/
const MOST_FIELDS = 2048
const MOST_DEPTH = 4

/**
 * The fields of `lscpu`; undefined where the text has none of those that tell it from other lists.
 * The fields are English only under LC_ALL=C, which capture scripts set; in other languages they stay unknown.
 */
export function textFields(text: string): LscpuFields | undefined {
  if (!/^[ \t]*(Architecture|CPU\(s\)|NUMA node\d+ CPU\(s\)):/m.test(text)) return undefined
  const fields = new Map<string, string>()
  for (const line of text.split('\n')) {
    // A line may end behind the colon: the CPUs of a node without CPUs.
    const [, key, value = ''] = FIELD.exec(`${line.trim()} `) ?? []
    if (key !== undefined && fields.size < MOST_FIELDS && !fields.has(key)) {
      fields.set(key, value.trim())
    }
  }
  return isLscpu(fields) ? fields : undefined
}

/** The fields of `lscpu -J`; those of newer versions are nested in groups. */
export function jsonFields(value: JsonValue): LscpuFields | undefined {
  if (!isJsonObject(value)) return undefined
  const fields = new Map<string, string>()
  collect(value['lscpu'], fields, 0)
  return isLscpu(fields) ? fields : undefined
}

function collect(list: JsonValue | undefined, fields: Map<string, string>, depth: number): void {
  if (!Array.isArray(list) || depth > MOST_DEPTH) return
  for (const item of list as readonly JsonValue[]) {
    if (!isJsonObject(item) || fields.size >= MOST_FIELDS) continue
    const { field, data, children } = item
    if (typeof field === 'string' && (typeof data === 'string' || data === null)) {
      fields.set(field.replace(/:$/, ''), data ?? '')
    }
    collect(children, fields, depth + 1)
  }
}

function isLscpu(fields: LscpuFields): boolean {
  return (
    (fields.has('Architecture') && fields.has('CPU(s)')) ||
    [...fields.keys()].some((key) => NODE_CPUS.test(key))
  )
}

/** The number of the node is in the name of the field. */
export const NODE_CPUS = /^NUMA node(\d{1,7}) CPU\(s\)$/
