import type { DerivedSource, ReadSource } from '../../model/source'
import type { HwlocObject } from './topology'

export const READER_ID = 'hwloc-xml'

/** Where the facts of one document stand in it. */
export class Place {
  constructor(readonly path: string) {}

  source(line: number, what: string): ReadSource {
    return { kind: 'read', reader: READER_ID, path: this.path, key: `line ${line}, ${what}` }
  }

  /** Of an `<info>` of an object. */
  info(object: HwlocObject, name: string): ReadSource {
    return this.source(object.line, `info ${name}`)
  }

  /** Of an `<info>` of the machine, which hwloc 3 moved out of it. */
  machineInfo(name: string): ReadSource {
    return { kind: 'read', reader: READER_ID, path: this.path, key: `info ${name}` }
  }

  derived(rule: string): DerivedSource {
    return { kind: 'derived', reader: READER_ID, rule }
  }
}
