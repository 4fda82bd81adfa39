/** 16384 CPUs, twice what kernels are built for; hostile text must not fill memory. */
const MOST_WORDS = 512
const WORD = /^[\da-f]{1,8}$/i

/**
 * Reads the kernel's mask format, 32-bit words in hexadecimal from the most significant one: `0003,0000ffff`
 * (lib/vsprintf.c bitmap_string). Old dumps have it where newer kernels also have the list format.
 * @returns ids in ascending order, [] for an empty mask, undefined when it is not such a mask
 */
export function parseCpuMask(text: string): readonly number[] | undefined {
  const words = text.trim().split(',')
  if (words.length > MOST_WORDS || !words.every((word) => WORD.test(word))) return undefined
  return words.reverse().flatMap((word, index) => {
    const bits = Number.parseInt(word, 16)
    return Array.from({ length: 32 }, (_, bit) => bit).flatMap((bit) =>
      ((bits >>> bit) & 1) === 1 ? [index * 32 + bit] : [],
    )
  })
}
