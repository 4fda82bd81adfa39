/**
 * Whether two readings of one field agree: equal, or as near as the rounding of either allows. Of objects in lists only the
 * fields count that both readers gave (a tool names the alias of a port, sysfs does not), and a list whose items state
 * their position is compared in that order.
 */
export function isSameValue(left: unknown, right: unknown, roundedTo: number): boolean {
  if (typeof left === 'number' && typeof right === 'number') {
    return left === right || Math.abs(left - right) < roundedTo
  }
  if (Array.isArray(left) && Array.isArray(right)) {
    const others = inOrder(right)
    return (
      left.length === right.length &&
      inOrder(left).every((item, index) => isSameItem(item, others[index]))
    )
  }
  return JSON.stringify(left) === JSON.stringify(right)
}

function inOrder(items: readonly unknown[]): readonly unknown[] {
  return [...items].sort((a, b) => positionOf(a) - positionOf(b))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function positionOf(item: unknown): number {
  const position = isObject(item) ? item['position'] : undefined
  return typeof position === 'number' ? position : 0
}

function isSameItem(left: unknown, right: unknown): boolean {
  if (!isObject(left) || !isObject(right)) return JSON.stringify(left) === JSON.stringify(right)
  return Object.entries(left).every(
    ([key, value]) =>
      right[key] === undefined || JSON.stringify(value) === JSON.stringify(right[key]),
  )
}
