const PARTS = /(\d+)/

/** Sorts ids as people count: namespace0.9 before namespace0.10, node2 before node10. */
export function compareIds(left: string, right: string): number {
  const a = left.split(PARTS)
  const b = right.split(PARTS)
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const x = a[index] ?? ''
    const y = b[index] ?? ''
    if (x === y) continue
    if (index % 2 === 1) return Number(x) - Number(y) || (x < y ? -1 : 1)
    return x < y ? -1 : 1
  }
  return a.length - b.length
}
