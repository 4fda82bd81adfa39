/** One PCI function of lspci. */
export interface PciFunction {
  /** With domain: `0000:0d:00.0`. */
  readonly address: string
  /** `0502`, as far as it is printed (`-n`, `-nn`). */
  readonly classCode?: string
  /** Vendor and device in words, or their numbers. */
  readonly name: string
  readonly numaNode?: number
}

const HEAD =
  /^((?:[\da-f]{4,8}:)?[\da-f]{2}:[\da-f]{2}\.[0-7]) (?:"([^"]{0,200})" "([^"]{0,200})" "([^"]{0,200})"|(.{1,400}))/i
const NUMA_NODE = /^\tNUMA node: (\d{1,7})$/
const MOST_FUNCTIONS = 1 << 16

/** The PCI functions of every form of lspci (`-n`, `-nn`, `-v` and more, `-D`, `-m`), in the order of the text. */
export function pciFunctions(text: string): readonly PciFunction[] {
  const functions: { -readonly [K in keyof PciFunction]: PciFunction[K] }[] = []
  let isInside = false
  for (const line of text.split('\n')) {
    const head = HEAD.exec(line)
    if (head !== null) {
      isInside = functions.length < MOST_FUNCTIONS
      if (isInside) functions.push(functionOf(head))
      continue
    }
    const node = NUMA_NODE.exec(line)?.[1]
    const last = functions.at(-1)
    if (node !== undefined && isInside && last !== undefined) last.numaNode = Number(node)
    // An empty line ends a function; the details of one are indented.
    if (line.trim() === '') isInside = false
  }
  return functions
}

function functionOf([, address = '', ...rest]: RegExpExecArray): PciFunction {
  const [quotedClass, vendor, device, plain = ''] = rest
  const full = address.split(':').length === 2 ? `0000:${address}` : address
  const isQuoted = quotedClass !== undefined
  const classText = isQuoted ? quotedClass : plain
  const classCode = /\[([\da-f]{4})\](?::|$)|^([\da-f]{4})(?::|$)/i.exec(classText)
  const name = isQuoted ? `${vendor} ${device}` : plain.slice(plain.indexOf(': ') + 2)
  const code = classCode?.[1] ?? classCode?.[2]
  return {
    address: full.toLowerCase(),
    name: name.trim(),
    ...(code !== undefined && { classCode: code.toLowerCase() }),
  }
}
