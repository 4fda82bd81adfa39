export function isPowerOfTwo(value: number): boolean {
  return value > 0 && Number.isInteger(Math.log2(value))
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

/** Whole numbers from `start`. */
export function countFrom(start: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => start + index)
}
