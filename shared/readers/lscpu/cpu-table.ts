import { isJsonObject, type JsonValue } from '../json/json-blocks'

/** One CPU of `lscpu -e` or `-p`; sockets are counted by lscpu itself, from 0. */
export interface LscpuCpu {
  readonly cpu: number
  readonly node?: number
  readonly socket?: number
}

const MOST_CPUS = 1 << 16

/** The CPUs of `lscpu -e` (a table) and `lscpu -p` (commas below a heading in a comment) in a text. */
export function textCpus(text: string): readonly LscpuCpu[] {
  const cpus: LscpuCpu[] = []
  let columns: readonly string[] | undefined
  let separator = /\s+/
  for (const line of text.split('\n')) {
    const trimmed = line.trim()
    if (/^# ?CPU,/i.test(trimmed)) {
      separator = /,/
      columns = trimmed.replace('#', '').trim().toLowerCase().split(',')
    } else if (/^CPU\s+(\S+\s+)*(NODE|SOCKET|CORE|ONLINE)(\s|$)/.test(trimmed.slice(0, 400))) {
      separator = /\s+/
      columns = trimmed.toLowerCase().split(separator)
    } else if (columns !== undefined && cpus.length < MOST_CPUS) {
      const cpu = cpuOf(columns, trimmed.split(separator))
      if (cpu === undefined) columns = undefined
      else cpus.push(cpu)
    }
  }
  return cpus
}

function cpuOf(columns: readonly string[], cells: readonly string[]): LscpuCpu | undefined {
  const number = (column: string) => idOf(cells[columns.indexOf(column)] ?? '')
  const cpu = number('cpu')
  return cpu === undefined ? undefined : known(cpu, number('node'), number('socket'))
}

/** The CPUs of `lscpu -J -e`. */
export function jsonCpus(value: JsonValue): readonly LscpuCpu[] {
  const list = isJsonObject(value) ? value['cpus'] : undefined
  if (!Array.isArray(list)) return []
  return (list as readonly JsonValue[]).slice(0, MOST_CPUS).flatMap((item) => {
    if (!isJsonObject(item)) return []
    const [cpu, node, socket] = ['cpu', 'node', 'socket'].map((key) => idOf(String(item[key])))
    return cpu === undefined ? [] : [known(cpu, node, socket)]
  })
}

/** Unknown ones are empty or a dash. */
function idOf(text: string): number | undefined {
  return /^\d{1,7}$/.test(text) ? Number(text) : undefined
}

function known(cpu: number, node: number | undefined, socket: number | undefined): LscpuCpu {
  return { cpu, ...(node !== undefined && { node }), ...(socket !== undefined && { socket }) }
}
