import { parseDecimal } from '../../model/units'
import type { HwlocMatrix } from './topology'

type Attributes = Readonly<Record<string, string>>

/** A matrix of that many objects has a million values; hostile ones would fill memory. */
const MOST_MEMBERS = 1024

/** HWLOC_DISTANCES_KIND_FROM_OS | _MEANS_LATENCY: what hwloc itself takes 1.x matrices for. */
const LATENCY_FROM_OS = 5

/** Takes one `<distances2>`, `<distances2hetero>` (2.x and later) or `<distances>` (1.x) element by element. */
export class MatrixCollector {
  private readonly memberCount: number
  private readonly members: string[] = []
  private readonly values: number[] = []
  private text: string | undefined
  private isBroken = false

  /** `line` is where the matrix begins. */
  constructor(
    private readonly line: number,
    private readonly element: string,
    private readonly attributes: Attributes,
  ) {
    this.memberCount = parseDecimal(attributes['nbobjs'] ?? '') ?? 0
    if (this.memberCount > MOST_MEMBERS) this.isBroken = true
  }

  open(name: string, attributes: Attributes): void {
    if (name === 'indexes' || name === 'u64values') this.text = ''
    if (name === 'latency') this.addLatency(attributes['value'] ?? '')
  }

  addText(text: string): void {
    if (this.text !== undefined && !this.isBroken) this.text += text
  }

  close(name: string): void {
    const words = this.text?.split(/\s+/).filter((word) => word !== '') ?? []
    this.text = undefined
    if (this.isBroken) return
    if (name === 'indexes') this.addMembers(words)
    if (name === 'u64values') this.addValues(words.map((word) => parseDecimal(word)))
  }

  /**
   * The matrix; undefined when something in it is missing or wrong. Those of 1.x do not name their objects:
   * hwloc takes them for its NUMA nodes in their order where there are as many, and so do we.
   */
  finish(nodeMembers: readonly string[]): HwlocMatrix | undefined {
    const isOld = this.element === 'distances'
    const members = isOld ? nodeMembers : this.members
    const { memberCount: count } = this
    if (this.isBroken || count < 2 || members.length !== count) return undefined
    if (this.values.length !== count * count) return undefined
    const { name, indexing, kind } = this.attributes
    return {
      line: this.line,
      ...(name === undefined || name === '' ? {} : { name }),
      kind: isOld ? LATENCY_FROM_OS : (parseDecimal(kind ?? '') ?? 0),
      members,
      indexing: isOld || indexing === 'os' ? 'os' : 'gp',
      values: this.values,
    }
  }

  get where(): number {
    return this.line
  }

  private addMembers(words: readonly string[]): void {
    if (this.members.length + words.length > this.memberCount) this.isBroken = true
    const type = this.attributes['type']
    if (!this.isBroken) {
      for (const word of words) this.members.push(type === undefined ? word : `${type}:${word}`)
    }
  }

  private addValues(values: readonly (number | undefined)[]): void {
    if (this.values.length + values.length > this.memberCount ** 2) this.isBroken = true
    for (const value of values) {
      if (value === undefined) this.isBroken = true
      else if (!this.isBroken) this.values.push(value)
    }
  }

  /** `latency_base="10.000000"` and `value="2.100000"` make 21. */
  private addLatency(value: string): void {
    const base = decimalFraction(this.attributes['latency_base'] ?? '')
    const factor = decimalFraction(value)
    if (base === undefined || factor === undefined) this.isBroken = true
    else this.addValues([Math.round(base * factor)])
  }
}

function decimalFraction(text: string): number | undefined {
  return /^\d{1,9}(?:\.\d{1,9})?$/.test(text) ? Number(text) : undefined
}
