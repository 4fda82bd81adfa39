import type { CxlDecoder, CxlMemdev, CxlPort, CxlRegion, CxlWindow } from '../model/cxl'
import type { Dimm, MemoryArray, Nvdimm } from '../model/memory-modules'
import type { ModelObject } from '../model/model-object'
import type {
  CpuPackage,
  DaxDevice,
  DistanceMatrix,
  FirmwareRange,
  InputKind,
  IomemRange,
  Machine,
  MemoryBlock,
  MemoryTier,
  Namespace,
  NumaNode,
  P2pProvider,
  PmemRegion,
  Zone,
} from '../model/topology'
import type { Diagnostic } from '../model/diagnostic'
import type { FormatErrorParts } from '../model/errors'
import type { Source } from '../model/source'
import type { ProximityFacts } from './proximity-facts'
import type { SourceTree, ReportProgress } from './source-tree'

/** What one reader learned from one input. Objects hold only the fields that this reader saw; `assemble` joins them by id. */
export interface Facts {
  readonly machine?: Machine
  readonly packages?: readonly CpuPackage[]
  readonly nodes?: readonly NumaNode[]
  readonly memoryArrays?: readonly MemoryArray[]
  readonly dimms?: readonly Dimm[]
  readonly nvdimms?: readonly Nvdimm[]
  readonly regions?: readonly PmemRegion[]
  readonly namespaces?: readonly Namespace[]
  readonly daxDevices?: readonly DaxDevice[]
  readonly memoryBlocks?: readonly MemoryBlock[]
  readonly memoryTiers?: readonly MemoryTier[]
  readonly cxlMemdevs?: readonly CxlMemdev[]
  readonly cxlPorts?: readonly CxlPort[]
  readonly cxlDecoders?: readonly CxlDecoder[]
  readonly cxlRegions?: readonly CxlRegion[]
  readonly cxlWindows?: readonly CxlWindow[]
  readonly p2pProviders?: readonly P2pProvider[]
  readonly firmwareRanges?: readonly FirmwareRange[]
  readonly distanceMatrices?: readonly DistanceMatrix[]
  readonly proximity?: ProximityFacts
  readonly iomem?: readonly IomemRange[]
  readonly zones?: readonly Zone[]
  readonly meminfo?: Readonly<Record<string, number>>
  readonly vmstat?: Readonly<Record<string, number>>
}

export interface ReaderContext {
  readonly report: ReportProgress
  diagnose(diagnostic: Diagnostic): void
  /**
   * A document that cannot be read at all: throws where it is the whole input, so that the person hears why;
   * elsewhere it becomes a diagnostic of severity `error` and the rest is shown.
   * @throws FormatError
   */
  refuse(parts: FormatErrorParts): void
}

/** One source format. Registered in registry.ts. */
export interface Reader {
  readonly id: string
  /** For `folioscope formats`: what a person would call it. */
  readonly title: string
  /** True when the tree holds something that this reader can read; looks at content, never at a file's suffix alone. */
  sniff(tree: SourceTree): boolean
  read(tree: SourceTree, context: ReaderContext): Facts
  /** What an input is called when this reader is the one that gives it its name. */
  readonly inputKind: InputKind
}

type Fields<T extends ModelObject> = Omit<T, 'id' | 'sources'>

/** Collects the known fields of one object, each with its source; an undefined value leaves the field absent. */
export class FactSheet<T extends ModelObject> {
  private readonly fields: Record<string, unknown> = {}
  private readonly sources: Record<string, Source> = {}

  constructor(readonly id: string) {}

  set<K extends keyof Fields<T> & string>(key: K, value: T[K] | undefined, source: Source): this {
    if (value !== undefined) {
      this.fields[key] = value
      this.sources[key] = source
    }
    return this
  }

  /** The object; `required` holds its identity fields, which need no source of their own. */
  finish(required: Partial<Fields<T>> = {}): T {
    return { id: this.id, ...required, ...this.fields, sources: this.sources } as unknown as T
  }
}
