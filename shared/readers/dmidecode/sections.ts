/** One structure as dmidecode prints it. */
export interface DmiSection {
  /** `dmidecode -q` prints neither handles nor type numbers. */
  readonly handle?: number
  readonly type: number
  /** Values by their label; of a label that occurs twice the first. */
  readonly values: ReadonlyMap<string, string>
}

const HANDLE_LINE = /^\s*Handle 0x([\da-f]{1,4}), DMI type (\d{1,3}), \d{1,5} bytes/i
const TITLES: Readonly<Record<string, number>> = {
  'System Information': 1,
  'Physical Memory Array': 16,
  'Memory Device': 17,
  'Memory Array Mapped Address': 19,
  'Memory Device Mapped Address': 20,
}
const ATTRIBUTE = /^\s*([^:\s][^:]{0,80}):(.*)$/

/** True for the output of dmidecode, also of `dmidecode -t memory` and `dmidecode -q`; by its lines, not by a name. */
export function isDmidecode(text: string): boolean {
  return (
    /^# dmidecode \d/m.test(text) ||
    /^[ \t]*Handle 0x[\dA-Fa-f]{1,4}, DMI type \d{1,3}, \d{1,5} bytes/m.test(text) ||
    /^Memory Device\r?\n[ \t]*(Array Handle|Total Width):/m.test(text)
  )
}

interface OpenSection extends DmiSection {
  readonly values: Map<string, string>
}

/** Splits an output into its structures; lines of other kinds are passed over. Indentation may be lost, as in a paste. */
export function dmiSections(text: string): readonly DmiSection[] {
  const sections: OpenSection[] = []
  let current: OpenSection | undefined
  for (const line of text.split(/\r?\n/)) {
    const opened = sectionOf(line, current)
    if (opened !== undefined && opened !== current) {
      sections.push(opened)
      current = opened
    } else if (opened === undefined && line.trim() === '') {
      current = undefined
    } else if (opened === undefined) {
      const [, label, value] = ATTRIBUTE.exec(line) ?? []
      if (label !== undefined && value !== undefined && current?.values.has(label) === false) {
        current.values.set(label, value.trim())
      }
    }
  }
  return sections
}

/** The structure that a line begins, or `current` where it only repeats the title of what a handle line began. */
function sectionOf(line: string, current: OpenSection | undefined): OpenSection | undefined {
  const [, handle, type] = HANDLE_LINE.exec(line) ?? []
  if (handle !== undefined) {
    return { handle: parseInt(handle, 16), type: Number(type), values: new Map() }
  }
  const titleType = /^\S/.test(line) ? TITLES[line.trim()] : undefined
  if (titleType === undefined) return undefined
  return current?.handle !== undefined && current.values.size === 0
    ? current
    : { type: titleType, values: new Map() }
}
