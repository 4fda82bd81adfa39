/** Advance widths of IBM Plex Sans for U+0020 … U+007E in thousandths of the font size, read from its hmtx table. */
const SANS_REGULAR: readonly number[] = [
  236, 284, 419, 713, 598, 927, 694, 242, 335, 335, 450, 600, 272, 399, 272, 383, 600, 600, 600,
  600, 600, 600, 600, 600, 600, 600, 292, 292, 600, 600, 600, 477, 891, 641, 653, 621, 671, 583,
  559, 695, 707, 400, 510, 634, 501, 812, 707, 708, 606, 708, 640, 581, 572, 678, 609, 891, 613,
  593, 580, 317, 383, 317, 600, 565, 600, 534, 580, 503, 580, 549, 324, 528, 568, 250, 250, 527,
  272, 873, 568, 560, 580, 580, 367, 487, 351, 568, 492, 768, 507, 499, 464, 343, 314, 343, 600,
]
const SANS_SEMIBOLD: readonly number[] = [
  236, 309, 471, 656, 600, 960, 713, 260, 337, 337, 556, 600, 299, 402, 299, 437, 600, 600, 600,
  600, 600, 600, 600, 600, 600, 600, 319, 319, 600, 600, 600, 493, 899, 672, 663, 642, 689, 600,
  577, 712, 719, 423, 545, 678, 521, 817, 719, 712, 641, 712, 664, 611, 580, 689, 638, 949, 655,
  632, 599, 329, 437, 329, 600, 559, 600, 559, 600, 513, 600, 558, 350, 545, 588, 275, 275, 562,
  294, 888, 588, 563, 600, 600, 393, 499, 374, 588, 524, 819, 544, 524, 502, 363, 376, 363, 600,
]
/** Every character of IBM Plex Mono. */
const MONO = 600
/** Characters outside the tables count as wide, so that text is rather thought too long than too short. */
const OTHER = 640
const NARROW: Readonly<Record<string, number>> = { '·': 326, '…': 803 }

export type Face = 'sans' | 'sans-semibold' | 'mono'

/** Width of a text in pixels without a browser to measure it. */
export function textWidth(text: string, face: Face, sizePx: number): number {
  const table = face === 'sans-semibold' ? SANS_SEMIBOLD : SANS_REGULAR
  let width = 0
  for (const character of text) {
    if (face === 'mono') width += MONO
    else width += table[(character.codePointAt(0) ?? 0) - 32] ?? NARROW[character] ?? OTHER
  }
  return (width * sizePx) / 1000
}
