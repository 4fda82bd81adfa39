import { readXml, XmlMistake } from '../xml/read-xml'
import type { IpmctlRecord } from './records'

/** Root elements of `-o nvmxml` that are read here; the output may be pasted behind lines of a shell. */
const ROOT = /<(?:DimmList|RegionList|DimmTopologyList|MemoryResourcesList)(?=[\s>])/
/** A person pastes a handful. */
const MOST_DOCUMENTS = 64
const MOST_RECORDS = 4096
const MOST_FIELDS = 128

/** Every runtime has it, but it is no part of the language. */
declare class TextEncoder {
  encode(text: string): Uint8Array
}

/** True where a text holds XML of ipmctl. */
export function isNvmxml(text: string): boolean {
  return ROOT.test(text)
}

/**
 * The records of every `ipmctl show -o nvmxml …` in a text: each element whose children hold only text. What its ancestors
 * say (the socket above a module) counts for it, too.
 * @returns records, and for each document that is not well-formed its mistake and the line of the text
 */
export function xmlRecords(text: string): {
  readonly records: readonly IpmctlRecord[]
  readonly mistakes: readonly { readonly line: number; readonly mistake: string }[]
} {
  const records: IpmctlRecord[] = []
  const mistakes: { line: number; mistake: string }[] = []
  const root = new RegExp(ROOT.source, 'g')
  let documents = 0
  for (let match = root.exec(text); match !== null; match = root.exec(text)) {
    if (documents++ >= MOST_DOCUMENTS || records.length >= MOST_RECORDS) break
    const linesBefore = text.slice(0, match.index).split('\n').length - 1
    const end = documentEnd(text, match)
    try {
      readDocument(text.slice(match.index, end), ({ fields, line }) => {
        if (records.length < MOST_RECORDS) records.push({ fields, line: linesBefore + line })
      })
    } catch (error) {
      if (!(error instanceof XmlMistake)) throw error
      mistakes.push({ line: linesBefore + error.line, mistake: error.mistake })
    }
    root.lastIndex = end
  }
  return { records, mistakes }
}

function readDocument(document: string, add: (record: IpmctlRecord) => void): void {
  const open: Record<string, string>[] = []
  let content = ''
  let hasChildren = false
  let line = 1
  readXml([new TextEncoder().encode(document)], {
    open(element) {
      open.push({ ...open.at(-1) })
      content = ''
      hasChildren = false
      line = element.line
    },
    text(piece) {
      content = (content + piece).slice(0, 400)
    },
    close(name) {
      const own = open.pop() ?? {}
      const parent = open.at(-1)
      if (hasChildren) add({ fields: own, line })
      else if (parent !== undefined && Object.keys(parent).length < MOST_FIELDS) {
        parent[name] = content.trim()
      }
      hasChildren = true
      content = ''
    },
  })
}

/** Index behind the root element; a document that lacks its end reaches to the end of the text. */
function documentEnd(text: string, { 0: begin, index }: RegExpExecArray): number {
  const closing = `</${/<(\w+)$/.exec(begin)?.[1] ?? ''}>`
  const at = text.indexOf(closing, index)
  return at === -1 ? text.length : at + closing.length
}
