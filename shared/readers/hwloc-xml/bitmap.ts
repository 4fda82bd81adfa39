const GROUP_BITS = 32
/** A million CPUs; the largest kernels are built for 8192. */
const MOST_GROUPS = 1 << 15
const GROUP = /^(?:0x)?[\da-f]{0,8}$/i

/**
 * Reads a set as hwloc writes it: groups of 32 bits in hexadecimal, the highest first, an empty group for zero
 * (`hwloc_bitmap_asprintf` in hwloc's manual): `0x00000001,,0xffffffff`.
 * @returns ids in ascending order; undefined for what is no such set, and for sets without end (`0xf...f`)
 */
export function parseBitmap(text: string): readonly number[] | undefined {
  const groups = text.split(',', MOST_GROUPS + 1)
  if (text === '' || groups.length > MOST_GROUPS) return undefined
  const ids: number[] = []
  for (let index = groups.length - 1; index >= 0; index--) {
    const group = groups[index] ?? ''
    if (group === '') continue
    if (!GROUP.test(group)) return undefined
    const bits = Number(group.startsWith('0x') ? group : `0x${group}`)
    if (Number.isNaN(bits)) return undefined
    const first = (groups.length - 1 - index) * GROUP_BITS
    for (let bit = 0; bit < GROUP_BITS; bit++) {
      if ((bits >>> bit) & 1) ids.push(first + bit)
    }
  }
  return ids
}
