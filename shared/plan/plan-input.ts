import { parseArchitecture } from '../memmap/kernel-rules'
import { parseKernelVersion } from '../memmap/kernel-version'
import { parseSize } from '../model/parse-size'
import { MAX_PHYSICAL_BYTES, formatBytes, type AddressRange } from '../model/units'
import type { PlanOption } from './plan-subject'

export type PlanValue = number | string | boolean | readonly AddressRange[]

/** An option whose text could not be read. */
export interface OptionMistake {
  readonly option: string
  /** What is wrong, without a final stop. */
  readonly what: string
  /** What to try. */
  readonly hint: string
}

/** The options of one plan as read, and what was taken for those that were not given. */
export class PlanInput {
  private readonly taken: Record<string, number | string | boolean> = {}

  constructor(private readonly values: ReadonlyMap<string, PlanValue>) {}

  /** Bytes, an address or a count; undefined where it was not given. */
  number(name: string): number | undefined {
    const value = this.values.get(name)
    return typeof value === 'number' ? value : undefined
  }

  text(name: string): string | undefined {
    const value = this.values.get(name)
    return typeof value === 'string' ? value : undefined
  }

  isSet(name: string): boolean {
    return this.values.get(name) === true
  }

  ranges(name: string): readonly AddressRange[] {
    const value = this.values.get(name)
    return Array.isArray(value) ? (value as readonly AddressRange[]) : []
  }

  /** The given number, or `fallback`, which the plan then lists as assumed. */
  numberOr(name: string, fallback: number): number {
    return this.number(name) ?? this.assume(name, fallback)
  }

  textOr<T extends string>(name: string, fallback: T): T {
    return (this.text(name) as T | undefined) ?? this.assume(name, fallback)
  }

  /** Notes that a value was taken which nobody gave. */
  assume<T extends number | string | boolean>(name: string, value: T): T {
    this.taken[name] = value
    return value
  }

  get assumed(): Readonly<Record<string, number | string | boolean>> {
    return { ...this.taken }
  }
}

/**
 * Reads what a person wrote for the options of a plan.
 * @param given text by option name; several texts for a list; true for a flag
 */
export function readPlanInput(
  options: readonly PlanOption[],
  given: Readonly<Record<string, string | readonly string[] | true | undefined>>,
): PlanInput | OptionMistake {
  const values = new Map<string, PlanValue>()
  for (const option of options) {
    const text = given[option.name]
    if (text === undefined || text === '' || (Array.isArray(text) && text.length === 0)) {
      if (option.isRequired === true) {
        return { option: option.name, what: 'it is missing', hint: exampleOf(option) }
      }
      continue
    }
    const value = readOption(option, text)
    if (typeof value === 'object' && 'what' in value) return value
    values.set(option.name, value)
  }
  return new PlanInput(values)
}

function readOption(
  option: PlanOption,
  given: string | readonly string[] | true,
): PlanValue | OptionMistake {
  const mistake = (text: string, what: string, hint = exampleOf(option)): OptionMistake => ({
    option: option.name,
    what: `'${text.slice(0, 60)}' ${what}`,
    hint,
  })
  if (given === true || option.kind === 'flag') return true
  const [text = ''] = typeof given === 'string' ? [given] : given
  const trimmed = text.trim()
  switch (option.kind) {
    case 'range': {
      const ranges = (typeof given === 'string' ? [given] : given).map((one) => parseRange(one))
      const bad = ranges.indexOf(undefined)
      return bad < 0
        ? ranges.filter((range) => range !== undefined)
        : mistake(typeof given === 'string' ? given : (given[bad] ?? ''), 'is not a range')
    }
    case 'size':
    case 'address': {
      const value = parseSize(trimmed)
      if (value === undefined) return mistake(trimmed, `is not ${nounOf(option)}`)
      if (value > MAX_PHYSICAL_BYTES) {
        return mistake(trimmed, 'is beyond every physical address space', limitHint)
      }
      if (option.kind === 'size' && value === 0) return mistake(trimmed, 'is no size')
      return value
    }
    case 'count': {
      const value = /^(?:0x[\da-f]{1,12}|\d{1,15})$/i.test(trimmed) ? Number(trimmed) : undefined
      return value ?? mistake(trimmed, 'is not a whole number')
    }
    case 'kernel':
      return parseKernelVersion(trimmed) === undefined
        ? mistake(trimmed, 'is not a kernel release')
        : trimmed
    case 'architecture':
      return parseArchitecture(trimmed) ?? mistake(trimmed, 'is not a known architecture')
    case 'virtual-address': {
      const isHex = /^0x[\da-f]{1,16}$/i.test(trimmed)
      return isHex ? trimmed.toLowerCase() : mistake(trimmed, 'is not a virtual address')
    }
    default: {
      if ('sizes' in option.kind) {
        const size = parseSize(trimmed)
        if (size !== undefined && option.kind.sizes.includes(size)) return size
        return mistake(trimmed, `is not one of ${option.kind.sizes.map(formatBytes).join(', ')}`)
      }
      const { choices } = option.kind
      const chosen = choices.find((choice) => choice.toLowerCase() === trimmed.toLowerCase())
      return chosen ?? mistake(trimmed, `is not one of ${choices.join(', ')}`)
    }
  }
}

const limitHint = `use at most ${formatBytes(MAX_PHYSICAL_BYTES).replace(' ', '')}`

function nounOf({ kind }: PlanOption): string {
  return kind === 'address' ? 'an address' : 'a size'
}

function exampleOf({ kind }: PlanOption): string {
  switch (kind) {
    case 'size':
      return 'write bytes, or a number with K, M, G or T, such as 2M or 1.5TiB'
    case 'address':
      return 'write an address such as 0x180000000 or 6GiB'
    case 'count':
      return 'write a number such as 512'
    case 'range':
      return 'write START-END, such as 0-3GiB or 0x0-0x8f7fffff'
    case 'kernel':
      return 'write a release such as 6.12'
    case 'architecture':
      return 'write x86_64, arm64, riscv64, ppc64le, s390x or loongarch64'
    case 'flag':
      return 'give it without a value'
    case 'virtual-address':
      return 'write an address such as 0xffffea0000000000'
    default:
      return 'sizes' in kind
        ? `write ${kind.sizes.map((size) => formatBytes(size).replace(' ', '')).join(' or ')}`
        : `write ${kind.choices.join(' or ')}`
  }
}

const SMALLEST_PAGE_BYTES = 4096

function parseRange(text: string): AddressRange | undefined {
  const [, first = '', last = ''] = /^\s*([^-\s]+)\s*-\s*([^-\s]+)\s*$/.exec(text) ?? []
  const start = parseSize(first)
  const written = parseSize(last)
  if (start === undefined || written === undefined || written > MAX_PHYSICAL_BYTES) return undefined
  const end = (written + 1) % SMALLEST_PAGE_BYTES === 0 ? written + 1 : written
  return end > start ? { start, end } : undefined
}
