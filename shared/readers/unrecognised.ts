import { FormatError } from '../model/errors'
import { jsonBlocks, type JsonValue } from './json/json-blocks'
import type { OpenedTree, SourceTree } from './source-tree'

const HINT = 'try a snapshot, a folder with sys/ and proc/, or see `folioscope formats`'
/** Enough to see what a text is. */
const HEAD_CHARACTERS = 64 * 1024

/** Why no reader knows anything in the input: what it holds instead, in the words of a person, and what to try. */
export function nothingRecognised({ tree, name, origin }: OpenedTree): FormatError {
  const { what, hint } = origin === 'file' ? describeFile(tree) : describeFolder(tree)
  return new FormatError({ code: 'nothing-recognised', what, where: name, hint })
}

interface Description {
  readonly what: string
  readonly hint: string
}

function describeFolder(tree: SourceTree): Description {
  const entries = tree.list('')
  const some = entries.slice(0, 3).map(quoted).join(', ')
  const found =
    entries.length === 0 ? 'it is empty' : `it holds ${some}${entries.length > 3 ? ', …' : ''}`
  return { what: `nothing recognised: ${found}`, hint: HINT }
}

function describeFile(tree: SourceTree): Description {
  const [path = ''] = tree.list('')
  const text = (tree.text(path) ?? '').slice(0, HEAD_CHARACTERS).trim()
  return (
    describeJson(text) ??
    describeXml(text) ??
    describeYaml(text) ?? { what: 'not a format that Folioscope reads', hint: HINT }
  )
}

function describeJson(text: string): Description | undefined {
  if (!/^[{[]/.test(text)) return undefined
  if (/^(?:\[\s*\]|\{\s*\})$/.test(text)) {
    return {
      what: 'this is an empty list: the tool found nothing on that machine',
      hint: 'give the output of another tool, or `folioscope info live`',
    }
  }
  const [block] = jsonBlocks(text)
  if (block !== undefined && 'mistake' in block) {
    return {
      what: `this begins like JSON, but ${block.mistake} (line ${block.line})`,
      hint: 'save the output of the tool again',
    }
  }
  const keys = block !== undefined && 'value' in block ? keysOf(block.value) : []
  const which = keys.length === 0 ? '' : ` (its keys: ${listed(keys)})`
  return {
    what: `this is JSON, but of no tool that Folioscope reads${which}`,
    hint: 'save the output of `ndctl list -vvv`, `daxctl list -iDR`, `cxl list -vvv` or `lsmem -J`; a specification begins with "folioscope-spec": 1',
  }
}

function keysOf(value: JsonValue): readonly string[] {
  const first: JsonValue | undefined = Array.isArray(value)
    ? (value as readonly JsonValue[])[0]
    : value
  return typeof first === 'object' && first !== null && !Array.isArray(first)
    ? Object.keys(first)
    : []
}

function describeXml(text: string): Description | undefined {
  const root =
    /^(?:<\?xml[^>]{0,200}\?>)?(?:\s{0,40}<!--[^>]{0,400}-->)?(?:\s{0,40}<!DOCTYPE[^>]{0,200}>)?\s{0,40}<([A-Za-z][\w:.-]{0,60})[\s/>]/.exec(
      text,
    )?.[1]
  return root === undefined
    ? undefined
    : {
        what: `this is XML that begins with <${root}>, not the topology of hwloc`,
        hint: 'save it with `lstopo machine.xml`, or ipmctl with `-o nvmxml`',
      }
}

const YAML_KEY = /^([A-Za-z_][\w.-]{0,60}):(?:\s|$)/
const YAML_OTHER = /^(?:\s|$|#|---|\.\.\.|- |[\]}])/

/** A text whose lines are a mapping, as far as can be told without reading it: a stranger's YAML may be a bomb. */
function describeYaml(text: string): Description | undefined {
  const lines = text.split('\n')
  if (!lines.every((line) => YAML_KEY.test(line) || YAML_OTHER.test(line))) return undefined
  const keys = lines.flatMap((line) => YAML_KEY.exec(line)?.[1] ?? [])
  return keys.length === 0
    ? undefined
    : {
        what: `this is YAML, but no specification of a machine (its keys: ${listed(keys)})`,
        hint: 'a specification begins with the line folioscope-spec: 1 (docs/specification.md)',
      }
}

function listed(keys: readonly string[]): string {
  const some = keys.slice(0, 4).map(quoted).join(', ')
  return keys.length > 4 ? `${some}, …` : some
}

/** Names from a stranger, on one line and not too long. */
function quoted(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}]/gu, '?').slice(0, 40)
}
