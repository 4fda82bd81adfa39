import type { Facts, Reader, ReaderContext } from '../facts'
import { documentPathsOf } from '../documents'
import type { SourceTree } from '../source-tree'
import { XmlMistake } from '../xml/read-xml'
import { collectTopology } from './collect'
import { deviceFacts } from './device-facts'
import { machineFacts, packageFacts } from './machine-facts'
import { matrixFacts } from './matrix-facts'
import { moduleFacts } from './module-facts'
import { nodeFacts } from './node-facts'
import { Place, READER_ID } from './place'
import type { HwlocTopology } from './topology'

/** The topmost element, or the declaration before it, is among the first characters. */
const HEAD_BYTES = 4096
/** Four times as much takes twice as long: strings of that size are costly to collect (measured on 183 MB, Node 24). */
const PIECE_BYTES = 1 << 18

/** Comments and an XML declaration may come first. <root> is what 0.9 and 1.0 had. */
const START =
  /^\s*(?:<\?xml [^>]*>\s*)?(?:<!--(?:(?!-->)[\s\S])*-->\s*)*(?:<!DOCTYPE\s+(?:topology|root)\b|<topology[\s>]|<root>\s*<object\s)/

/** hwloc XML of hwloc 0.9 to 3 (`lstopo FILE.xml`), read as a stream: such files grow with the square of the CPUs. */
export const hwlocXmlReader: Reader = {
  id: READER_ID,
  title: 'hwloc XML 1.x, 2.x and 3.x (lstopo topology.xml)',
  inputKind: 'hwloc-xml',
  sniff: (tree) => documentPathsOf(tree).some((path) => isHwlocXml(tree, path)),
  read(tree, context): Facts {
    const paths = documentPathsOf(tree).filter((path) => isHwlocXml(tree, path))
    return joinFacts(paths.map((path) => readDocument(tree, path, context)))
  },
}

function isHwlocXml(tree: SourceTree, path: string): boolean {
  for (const piece of tree.pieces(path, HEAD_BYTES)) {
    const head = String.fromCharCode(...piece.subarray(0, HEAD_BYTES)).replace(/^\xef\xbb\xbf/, '')
    return START.test(head)
  }
  return false
}

function readDocument(tree: SourceTree, path: string, context: ReaderContext): Facts {
  try {
    const topology = collectTopology(tree.pieces(path, PIECE_BYTES), path, context.diagnose)
    return topologyFacts(topology, new Place(path))
  } catch (error) {
    if (!(error instanceof XmlMistake)) throw error
    context.refuse({
      code: 'hwloc-xml-mistake',
      what: `not a complete hwloc XML: ${error.mistake}`,
      where: `${path}:${error.line}:${error.column}`,
      hint: 'export it again with `lstopo FILE.xml`',
    })
    return {}
  }
}

function topologyFacts(topology: HwlocTopology, place: Place): Facts {
  const { distances, matrices } = matrixFacts(topology, place)
  const { memoryModules } = topology
  return {
    machine: machineFacts(topology, place),
    packages: packageFacts(topology, place),
    nodes: nodeFacts(topology, place, distances),
    ...deviceFacts(topology, place),
    ...(memoryModules.length > 0 && { dimms: moduleFacts(memoryModules, place) }),
    ...(matrices.length > 0 && { distanceMatrices: matrices }),
  }
}

/** Several files of one machine; `assemble` joins the objects of one id. The first file speaks for the machine. */
function joinFacts(all: readonly Facts[]): Facts {
  const lists = new Map<string, unknown[]>()
  let machine: Facts['machine']
  for (const facts of all) {
    machine ??= facts.machine
    for (const [key, value] of Object.entries(facts)) {
      if (Array.isArray(value)) lists.set(key, [...(lists.get(key) ?? []), ...value])
    }
  }
  return { ...Object.fromEntries(lists), ...(machine === undefined ? {} : { machine }) }
}
