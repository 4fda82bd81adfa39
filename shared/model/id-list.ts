/** More ids than any machine has; a hostile `0-4000000000` must not fill memory. */
const MAX_IDS = 1 << 20
const PART = /^(\d{1,9})(?:-(\d{1,9}))?$/

/**
 * Reads the kernel's list format, `0-1,3` (lib/bitmap.c bitmap_list_string).
 * @param most refuses longer lists, where there may be many of them
 * @returns ids in ascending order, [] for an empty text, undefined when it is not such a list
 */
export function parseIdList(text: string, most = MAX_IDS): readonly number[] | undefined {
  if (text.trim() === '') return []
  const ids = new Set<number>()
  let count = 0
  for (const part of text.trim().split(',')) {
    const match = PART.exec(part)
    if (match === null) return undefined
    const first = Number(match[1])
    const last = match[2] === undefined ? first : Number(match[2])
    // Counted with repetitions: `0-9,0-9,…` must not cost more than it says.
    count += last - first + 1
    if (last < first || count > most) return undefined
    for (let id = first; id <= last; id++) ids.add(id)
  }
  return [...ids].sort((a, b) => a - b)
}

/** Writes ids in the kernel's list format: [0, 1, 3] → `0-1,3`. Takes ascending ids. */
export function formatIdList(ids: readonly number[]): string {
  const runs: [number, number][] = []
  for (const id of ids) {
    const run = runs.at(-1)
    if (run !== undefined && run[1] + 1 === id) run[1] = id
    else runs.push([id, id])
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(',')
}
