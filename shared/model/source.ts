/** Where one fact came from. Which reader is trusted before which is the order of `readers` in readers/registry.ts. */
export type Source = ReadSource | DerivedSource | DefaultSource

/** Read from a file of the input. */
export interface ReadSource {
  readonly kind: 'read'
  readonly reader: string
  /** Path inside the input, such as `sys/devices/system/node/node0/meminfo`. */
  readonly path: string
  /** The line or key inside the file, when the file holds more than this one fact. */
  readonly key?: string
  /**
   * The file holds a rounded number (`numactl -H` prints whole MB): the true one lies less than this away.
   * An exact reading beats a rounded one, and only a larger difference is a contradiction.
   */
  readonly roundedTo?: number
  /**
   * The file may name only some members of this list or record (lsmem prints one node of a block that two share): what a
   * fuller reading names besides is no contradiction.
   */
  readonly isPartial?: true
}

/** Computed from other facts. */
export interface DerivedSource {
  readonly kind: 'derived'
  readonly reader: string
  /** The rule in words, with the names of the facts that it uses. */
  readonly rule: string
}

/** Not in the input: the kernel's or our default. */
export interface DefaultSource {
  readonly kind: 'default'
  readonly reader: string
  readonly rule: string
}

/** One line for the inspector: `sysfs · sys/…/meminfo · MemTotal`. */
export function describeSource(source: Source): string {
  if (source.kind !== 'read') return `${source.kind} · ${source.rule}`
  const key = source.key === undefined ? '' : ` · ${source.key}`
  const rounded = source.roundedTo === undefined ? '' : ' · rounded there'
  return `${source.reader} · ${source.path}${key}${rounded}`
}
