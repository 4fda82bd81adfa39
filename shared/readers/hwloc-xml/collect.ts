import type { Diagnostic } from '../../model/diagnostic'
import {
  readXml,
  XmlMistake,
  type RefuseXml,
  type XmlElement,
  type XmlHandler,
} from '../xml/read-xml'
import { parseBitmap } from './bitmap'
import { MatrixCollector } from './collect-matrix'
import {
  addInfo,
  addPageType,
  cacheOf,
  openObject,
  type Attributes,
  surroundings,
  type Frame,
  type OpenHwlocObject,
} from './collect-object'
import { ValueCollector } from './collect-values'
import type { HwlocTopology } from './topology'

/** hwloc's own declaration is harmless: nobody loads the file that it names. */
const DOCTYPE = /^(?:topology|root) SYSTEM "hwloc\d?\.dtd"$/

/** Kept objects of each kind; the kernel has at most 1024 nodes. */
const MOST_OBJECTS = 4096
/** Ids in all sets that are kept, so that a hostile document cannot fill memory. */
const MOST_IDS = 4_000_000
const MOST_DIAGNOSTICS = 20

const IO_TYPES = new Set(['Bridge', 'PCIDev', 'OSDev', 'Misc'])
const KEPT_DEVICE = /^(?:dax\d{1,6}\.\d{1,6}|pmem\d{1,6}(?:\.\d{1,6})?s?|mem\d{1,6})$/

/**
 * Reads an hwloc XML of any generation (hwloc.dtd, hwloc2.dtd) and keeps what it says of memory.
 * @throws XmlMistake when the document is not well-formed, or no hwloc topology
 */
export function collectTopology(
  pieces: Iterable<Uint8Array>,
  path: string,
  diagnose: (diagnostic: Diagnostic) => void,
): HwlocTopology {
  const collector = new Collector(path, diagnose)
  readXml(pieces, collector, { doctype: DOCTYPE, leaf: collector.cpus })
  return collector.finish()
}

class Collector implements XmlHandler {
  private readonly frames: Frame[] = []
  private readonly kept: Record<
    'packages' | 'nodes' | 'devices' | 'memoryModules',
    OpenHwlocObject[]
  > = { packages: [], nodes: [], devices: [], memoryModules: [] }
  private readonly root: { readonly infos: Map<string, string>; subtype?: string } = {
    infos: new Map(),
  }
  private readonly matrices: MatrixCollector[] = []
  private readonly values = new ValueCollector((text, line) => this.parseSet(text, line))
  private machine: OpenHwlocObject | undefined
  private matrix: MatrixCollector | undefined
  /** A CPU of its own interests nobody, and large machines have some ten thousand. */
  readonly cpus = {
    start: '<object type="PU" ',
    count: (cpus: number) => void (this.cpuCount += cpus),
  }
  private generation = 1
  private cpuCount = 0
  private idCount = 0
  private diagnosticCount = 0

  constructor(
    private readonly path: string,
    private readonly diagnose: (diagnostic: Diagnostic) => void,
  ) {}

  open({ name, attributes, line }: XmlElement, refuse: RefuseXml): void {
    const parent = this.frames.at(-1)
    if (name === 'object') {
      this.frames.push(this.openObject(attributes, line, { parent, refuse }))
      return
    }
    if (parent === undefined) this.openRoot(name, attributes, { line, refuse })
    this.frames.push({ element: name })
    if (this.matrix !== undefined) this.matrix.open(name, attributes)
    else if (parent !== undefined) this.openDetail(name, attributes, { line, parent })
  }

  text(text: string): void {
    this.matrix?.addText(text)
  }

  close(name: string): void {
    const frame = this.frames.pop()
    if (frame?.object?.type === 'Misc') this.keepModule(frame.object)
    if (this.matrix === undefined) return
    if (name.startsWith('distances')) this.matrix = undefined
    else this.matrix.close(name)
  }

  /** @throws XmlMistake for a document without objects */
  finish(): HwlocTopology {
    if (this.machine === undefined && this.kept.nodes.length === 0 && this.cpuCount === 0) {
      throw new XmlMistake('there is no object in it', 1, 1)
    }
    const nodeMembers = this.kept.nodes.map(({ osIndex }) => `NUMANode:${osIndex ?? '?'}`)
    const matrices = this.matrices.flatMap((collector) => {
      const matrix = collector.finish(nodeMembers)
      if (matrix === undefined) this.warn(collector.where, 'this matrix of distances is left out')
      return matrix === undefined ? [] : [matrix]
    })
    return {
      generation: this.generation,
      infos: new Map([...(this.machine?.infos ?? []), ...this.root.infos]),
      ...this.kept,
      cpuCount: this.cpuCount,
      ...(this.machine === undefined ? {} : { machine: this.machine }),
      matrices,
      attributeValues: this.values.attributeValues,
      memoryTiers: this.values.memoryTiers,
    }
  }

  private openRoot(
    name: string,
    attributes: Attributes,
    { line, refuse }: { readonly line: number; readonly refuse: RefuseXml },
  ): void {
    // 0.9 and 1.0 had <root>.
    if (name !== 'topology' && name !== 'root')
      refuse(`<${name.slice(0, 40)}> is no hwloc topology`)
    const version = /^(\d{1,3})\.\d/.exec(attributes['version'] ?? '')?.[1]
    this.generation = version === undefined ? 1 : Number(version)
    if (this.generation > 3) this.warn(line, 'this version of the format is newer than known')
  }

  private openObject(
    attributes: Attributes,
    line: number,
    { parent, refuse }: { readonly parent: Frame | undefined; readonly refuse: RefuseXml },
  ): Frame {
    const { type, nodeset } = attributes
    if (type === undefined) return refuse('an object without a type')
    if (parent === undefined) return refuse('an object without a topology around it')
    if (!['object', 'topology', 'root'].includes(parent.element)) {
      refuse(`an object inside <${parent.element.slice(0, 40)}>`)
    }
    if (parent.type !== undefined && IO_TYPES.has(parent.type) && !IO_TYPES.has(type)) {
      refuse(`an object of type ${type.slice(0, 40)} inside one of type ${parent.type}`)
    }
    const frame = {
      element: 'object',
      type,
      ...(nodeset === undefined || nodeset === '' ? {} : { nodeset }),
      ...(type === 'PCIDev' && { pciAddress: attributes['pci_busid'] ?? '' }),
    }
    if (type === 'PU') this.cpuCount++
    if (type === 'MemCache') {
      const cache = cacheOf(attributes)
      return cache === undefined ? frame : { ...frame, cache }
    }
    if (!this.isWanted(type, attributes)) return frame
    const object = openObject(type, attributes, {
      line,
      around: surroundings(this.frames),
      parseSet: (text) => this.parseSet(text, line),
    })
    this.keep(object, line)
    return { ...frame, object }
  }

  private isWanted(type: string, { name }: Attributes): boolean {
    if (type === 'OSDev') return KEPT_DEVICE.test(name ?? '')
    return ['Machine', 'System', 'Package', 'Socket', 'NUMANode', 'Misc'].includes(type)
  }

  private keep(object: OpenHwlocObject, line: number): void {
    switch (object.type) {
      case 'Package':
      case 'Socket':
        return this.add('packages', object, line)
      case 'NUMANode':
        return this.add('nodes', object, line)
      case 'OSDev':
        return this.add('devices', object, line)
      case 'Misc':
        return
      default:
        this.machine ??= object
    }
  }

  /** 1.x tells only in an info attribute what a Misc object is. */
  private keepModule(object: OpenHwlocObject): void {
    if (object.subtype === 'MemoryModule' || object.name === 'MemoryModule') {
      this.add('memoryModules', object, object.line)
    }
  }

  private add(list: keyof Collector['kept'], object: OpenHwlocObject, line: number): void {
    if (this.kept[list].length < MOST_OBJECTS) this.kept[list].push(object)
    else if (this.kept[list].length === MOST_OBJECTS) {
      this.warn(line, `only ${MOST_OBJECTS} objects of type ${object.type} are read`)
    }
  }

  private parseSet(text: string | undefined, line: number): readonly number[] | undefined {
    if (text === undefined || text === '' || this.idCount > MOST_IDS) return undefined
    const ids = parseBitmap(text)
    if (ids === undefined) {
      if (!text.startsWith('0xf...f'))
        this.warn(line, `"${text.slice(0, 60)}" is no set of hwloc’s`)
      return undefined
    }
    this.idCount += ids.length
    if (this.idCount > MOST_IDS)
      this.warn(line, 'more sets of CPUs than can be kept; they are left out')
    return this.idCount > MOST_IDS ? undefined : ids
  }

  /** Everything that is no object: it belongs to the element around it. */
  private openDetail(
    name: string,
    attributes: Attributes,
    { line, parent }: { readonly line: number; readonly parent: Frame },
  ): void {
    switch (name) {
      case 'info':
        if (parent.object !== undefined) addInfo(parent.object, attributes, this.generation)
        else if (parent.element === 'topology') addInfo(this.root, attributes, this.generation)
        return
      case 'page_type':
        if (parent.object !== undefined) addPageType(parent.object, attributes)
        return
      case 'distances':
      case 'distances2':
      case 'distances2hetero':
        this.matrix = new MatrixCollector(line, name, attributes)
        if (this.matrices.length < MOST_OBJECTS) this.matrices.push(this.matrix)
        return
      default:
        this.values.open(name, attributes, line)
    }
  }

  private warn(line: number, message: string): void {
    if (this.diagnosticCount++ >= MOST_DIAGNOSTICS) return
    this.diagnose({
      severity: 'warning',
      code: 'malformed-value',
      where: `${this.path}:${line}`,
      message,
    })
  }
}
