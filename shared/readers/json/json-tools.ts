import { MIB } from '../../model/units'
import type { ReaderContext } from '../facts'
import { documentsOf } from '../documents'
import type { SourceTree } from '../source-tree'
import { isJsonObject, jsonBlocks, type JsonObject, type JsonValue } from './json-blocks'
import { reportBrokenJson, type BrokenJson } from './report-broken'

/** The three tools of the ndctl project, which all print objects of the kernel by the kernel's names. */
export type JsonTool = 'ndctl' | 'daxctl' | 'cxl-list'

/** One JSON document of a text, as one tool printed it. */
export interface ToolOutput {
  readonly tool: JsonTool
  readonly path: string
  readonly value: JsonValue
}

interface BrokenOutput extends BrokenJson {
  readonly tool: JsonTool
}

/** Of all documents of an input: no folder of outputs comes near it. */
const MOST_CHARACTERS = 16 * MIB

interface Outputs {
  readonly whole: readonly ToolOutput[]
  readonly broken: readonly BrokenOutput[]
}

const known = new WeakMap<SourceTree, Outputs>()

function outputsOf(tree: SourceTree): Outputs {
  const cached = known.get(tree)
  if (cached !== undefined) return cached
  const whole: ToolOutput[] = []
  const broken: BrokenOutput[] = []
  let characters = 0
  for (const { path, text } of documentsOf(tree)) {
    const tool = toolOfText(text)
    if (tool === undefined) continue
    characters += text.length
    if (characters > MOST_CHARACTERS) {
      const mistake = `more than ${MOST_CHARACTERS / MIB} MiB of JSON in all`
      const isAlone = whole.length === 0
      broken.push({ tool, path, line: 1, column: 1, mistake, isTooLarge: true, isAlone })
      continue
    }
    const blocks = jsonBlocks(text)
    const isAlone = !blocks.some((block) => 'value' in block && toolOf(block.value) !== undefined)
    for (const block of blocks) {
      if ('value' in block) {
        const author = toolOf(block.value)
        if (author !== undefined) whole.push({ tool: author, path, value: block.value })
      } else {
        broken.push({ ...block, tool, path, isAlone })
      }
    }
  }
  const outputs = { whole, broken }
  known.set(tree, outputs)
  return outputs
}

/** True when some document of the input is output of the tool, well-formed or not. */
export function hasToolOutput(tree: SourceTree, tool: JsonTool): boolean {
  const { whole, broken } = outputsOf(tree)
  return [...whole, ...broken].some((output) => output.tool === tool)
}

/** All that the tool printed, in the order of the documents; what is not well-formed is refused, or diagnosed beside others. */
export function toolOutputs(
  tree: SourceTree,
  tool: JsonTool,
  context: ReaderContext,
): readonly ToolOutput[] {
  const { whole, broken } = outputsOf(tree)
  for (const output of broken) {
    if (output.tool === tool) reportBrokenJson(output, context)
  }
  return whole.filter((output) => output.tool === tool)
}

/**
 * What tells the tools apart: an object is named by one of these keys, its name is one that the kernel gives, and one of
 * the tool's other keys stands beside it (DOMAIN §6.8, §7, §8).
 */
const SIGNATURES: readonly (readonly [tool: JsonTool, key: string, name: RegExp])[] = [
  ['ndctl', 'dev', /^(?:(?:ndbus|nmem|region)\d{1,9}|namespace\d{1,9}\.\d{1,9})$/],
  ['daxctl', 'chardev', /^dax\d{1,9}\.\d{1,9}$/],
  ['daxctl', 'path', /\/(?:dax_region\d+|hmem\.\d+|dax\d+\.\d+)$/],
  ['cxl-list', 'memdev', /^mem\d{1,9}$/],
  ['cxl-list', 'bus', /^root\d{1,9}$/],
  ['cxl-list', 'port', /^(?:root|port)\d{1,9}$/],
  ['cxl-list', 'endpoint', /^endpoint\d{1,9}$/],
  ['cxl-list', 'decoder', /^decoder\d{1,9}\.\d{1,9}$/],
  ['cxl-list', 'region', /^region\d{1,9}$/],
]
const COMPANIONS: Readonly<Record<JsonTool, RegExp>> = {
  ndctl:
    /^(?:provider|scrub_state|id|handle|phys_id|health|firmware|size|type|mode|state|uuid|signature|index|label|security|namespaces|regions|dimms|mappings)$/,
  daxctl: /^(?:size|id|align|mode|target_node|devices|state)$/,
  'cxl-list':
    /^(?:provider|host|depth|nr_dports|dports|state|ram_size|pmem_size|serial|numa_node|health|partition_info|firmware|resource|size|interleave_ways|interleave_granularity|decode_state|mappings|nr_targets|targets|mode)$/,
}

/** Groups around the first object are few. */
const MOST_LOOKED_AT = 256

/** The tool that printed a document, by the first object in it that one of them could have printed. */
function toolOf(value: JsonValue): JsonTool | undefined {
  const queue: JsonValue[] = [value]
  for (let index = 0; index < Math.min(queue.length, MOST_LOOKED_AT); index++) {
    const item = queue[index]
    if (isJsonObject(item)) {
      const tool = toolOfObject(item)
      if (tool !== undefined) return tool
      queue.push(...Object.values(item).slice(0, MOST_LOOKED_AT))
    } else if (Array.isArray(item)) {
      queue.push(...(item as readonly JsonValue[]).slice(0, MOST_LOOKED_AT))
    }
  }
  return undefined
}

function toolOfObject(object: JsonObject): JsonTool | undefined {
  const keys = Object.keys(object)
  const signature = SIGNATURES.find(([tool, key, name]) => {
    const value = keys.includes(key) ? object[key] : undefined
    return (
      typeof value === 'string' &&
      name.test(value) &&
      keys.some((other) => other !== key && COMPANIONS[tool].test(other))
    )
  })
  return signature?.[0]
}

/** Cheaper than parsing, and all there is to go by where the text cannot be parsed. */
const MARKS: readonly (readonly [JsonTool, RegExp])[] = [
  ['ndctl', /"dev"\s*:\s*"(?:ndbus|nmem|region|namespace)\d/],
  [
    'cxl-list',
    /"(?:memdev|bus|port|endpoint|decoder|region)"\s*:\s*"(?:mem|root|port|endpoint|decoder|region)\d/,
  ],
  ['daxctl', /"chardev"\s*:\s*"dax\d|"path"\s*:\s*"[^"\n]*(?:dax|hmem)/],
]

function toolOfText(text: string): JsonTool | undefined {
  return MARKS.find(([, mark]) => mark.test(text))?.[0]
}
