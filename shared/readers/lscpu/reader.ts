import { documentsOf, type SourceDocument } from '../documents'
import type { Facts, Reader } from '../facts'
import { jsonBlocks } from '../json/json-blocks'
import { reportBrokenJson, type BrokenJson } from '../json/report-broken'
import { jsonCpus, textCpus } from './cpu-table'
import { factsOfCpus, factsOfFields } from './lscpu-facts'
import { jsonFields, textFields } from './summary'

/** Cheap, so that not every document is taken apart. */
const HINT = /CPU\(s\)|^[ \t]*CPU .*(NODE|SOCKET)|^# ?CPU,|"cpus"|"lscpu"/im

/** Output of lscpu: architecture, CPUs, their nodes and packages; the summary and the tables `-e` and `-p`, also with `-J`. */
export const lscpuReader: Reader = {
  id: 'lscpu',
  title: 'lscpu (text, -J, -e, -p)',
  inputKind: 'tool-output',
  sniff: (tree) =>
    documentsOf(tree).some(
      (document) => readDocument(document) !== undefined || brokenOutput(document) !== undefined,
    ),
  read(tree, context): Facts {
    for (const document of documentsOf(tree)) {
      const broken = brokenOutput(document)
      if (broken !== undefined) reportBrokenJson(broken, context)
    }
    const all = documentsOf(tree).flatMap((document) => readDocument(document) ?? [])
    const first = <K extends keyof Facts>(key: K) => all.find((facts) => facts[key])?.[key]
    const [machine, nodes, packages] = [first('machine'), first('nodes'), first('packages')]
    return {
      ...(machine && { machine }),
      ...(nodes && { nodes }),
      ...(packages && { packages }),
    }
  },
}

/** JSON of lscpu that is not well-formed any more. */
function brokenOutput({ path, text }: SourceDocument): BrokenJson | undefined {
  if (!/^\s*\{\s*"(?:lscpu|cpus)"/.test(text)) return undefined
  const [block] = jsonBlocks(text)
  return block !== undefined && 'mistake' in block ? { ...block, path, isAlone: true } : undefined
}

function readDocument({ path, text }: SourceDocument): Facts | undefined {
  if (!HINT.test(text)) return undefined
  const fields = textFields(text)
  if (fields !== undefined) return factsOfFields(fields, path)
  const cpus = textCpus(text)
  if (cpus.length > 0) return factsOfCpus(cpus, path)
  for (const block of jsonBlocks(text)) {
    if (!('value' in block)) continue
    const nested = jsonFields(block.value)
    if (nested !== undefined) return factsOfFields(nested, path)
    const listed = jsonCpus(block.value)
    if (listed.length > 0) return factsOfCpus(listed, path)
  }
  return undefined
}
