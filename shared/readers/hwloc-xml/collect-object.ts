import { parseDecimal } from '../../model/units'
import { parseQuantity } from '../tree-files'
import type { HwlocCache, HwlocObject, HwlocPageType } from './topology'
import { parseIndex, parseKib, parseKnownSize } from './values'

export type Attributes = Readonly<Record<string, string>>

/** More than lstopo writes for any object. */
const MOST_INFOS = 256
const MOST_PAGE_TYPES = 32
const MOST_CACHES = 8

/** An object while its element is open: info attributes and page types come after its own attributes. */
export type OpenHwlocObject = HwlocObject & {
  subtype?: string
  readonly infos: Map<string, string>
  readonly pageTypes: HwlocPageType[]
}

/** What the objects around tell of one. */
export interface Surroundings {
  readonly caches: readonly HwlocCache[]
  readonly nodeset: string | undefined
  readonly pciAddress: string | undefined
}

/** An element that is open. */
export interface Frame {
  readonly element: string
  /** Type of an `<object>`. */
  readonly type?: string
  readonly object?: OpenHwlocObject
  readonly cache?: HwlocCache
  readonly nodeset?: string
  readonly pciAddress?: string
}

/** What the open elements tell of an object inside them. */
export function surroundings(frames: readonly Frame[]): Surroundings {
  const outwards = [...frames].reverse()
  return {
    caches: outwards.flatMap(({ cache }) => (cache === undefined ? [] : [cache])),
    nodeset: outwards.find(({ nodeset }) => nodeset !== undefined)?.nodeset,
    pciAddress: outwards.find(({ pciAddress }) => pciAddress !== undefined)?.pciAddress,
  }
}

/** Takes what is needed out of an `<object>`. `parseSet` reads a set of CPUs or nodes. */
export function openObject(
  type: string,
  attributes: Attributes,
  context: {
    readonly line: number
    readonly around: Surroundings
    readonly parseSet: (text: string | undefined) => readonly number[] | undefined
  },
): OpenHwlocObject {
  const { line, around, parseSet } = context
  const isDevice = type === 'OSDev'
  const optional = {
    osIndex: parseIndex(attributes['os_index']),
    gpIndex: attributes['gp_index'] ?? attributes['id']?.replace(/^obj/, ''),
    name: attributes['name'],
    subtype: attributes['subtype'],
    cpuIds: parseSet(attributes['cpuset']),
    nodeIds: parseSet(attributes['nodeset']),
    localBytes: parseKnownSize(attributes['local_memory']) ?? parseKib(attributes['memory_kB']),
    localNodeIds: isDevice ? parseSet(around.nodeset) : undefined,
    pciAddress: isDevice ? around.pciAddress : undefined,
  }
  return {
    type,
    line,
    pageTypes: [],
    infos: new Map(),
    caches: around.caches.slice(0, MOST_CACHES),
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  }
}

/** A memory-side cache; undefined without a size. */
export function cacheOf(attributes: Attributes): HwlocCache | undefined {
  const sizeBytes = parseKnownSize(attributes['cache_size'])
  if (sizeBytes === undefined) return undefined
  const depth = parseDecimal(attributes['depth'] ?? '')
  const lineBytes = parseKnownSize(attributes['cache_linesize'])
  return {
    sizeBytes,
    ...(depth === undefined || depth > 64 ? {} : { depth }),
    ...(lineBytes === undefined ? {} : { lineBytes }),
  }
}

/** Adds `<info>`; 1.x has the subtype among them. */
export function addInfo(
  target: { readonly infos: Map<string, string>; subtype?: string },
  { name, value }: Attributes,
  generation: number,
): void {
  if (name === undefined || value === undefined || value.trim() === '') return
  if (generation < 2 && (name === 'Type' || name === 'CoProcType')) target.subtype ??= value
  if (target.infos.size < MOST_INFOS && !target.infos.has(name)) target.infos.set(name, value)
}

/** Adds `<page_type>`. */
export function addPageType(object: OpenHwlocObject, attributes: Attributes): void {
  const sizeBytes = parseQuantity(attributes['size'] ?? '')
  const count = parseQuantity(attributes['count'] ?? '')
  if (sizeBytes === undefined || sizeBytes === 0 || count === undefined) return
  if (object.pageTypes.length < MOST_PAGE_TYPES) object.pageTypes.push({ sizeBytes, count })
}
