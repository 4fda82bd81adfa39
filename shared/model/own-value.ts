/**
 * The value that a table has for a word of an input; undefined for all other words, also for those that every object
 * inherits (`constructor`, `toString`).
 */
export function ownValue<T>(table: Readonly<Record<string, T>>, word: string): T | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined
}
