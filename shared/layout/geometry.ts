/** All measures of one drawing in plan units, chosen once from the machine's size; see chooseGeometry. */
export interface Geometry {
  readonly squareBytes: number
  /** Depth of a strip (y). */
  readonly depth: number
  /** From one row to the next (y). */
  readonly rowPitch: number
  /** Between the strips of one row (x). */
  readonly stripGap: number
  /** Nothing is drawn thinner than this along x. */
  readonly minimumWidth: number
  /** A floor reaches this much beyond its strips. */
  readonly floorMargin: { readonly x: number; readonly y: number }
  /** Height of RAM and PMEM in the address space. */
  readonly memoryHeight: number
  /** Height of struct pages that are fully resident: 64 B for every 4 KiB. */
  readonly fullHeight: number
  /** Nothing resident is drawn thinner than this. */
  readonly minimumHeight: number
  readonly moduleHeight: number
  /** From one storey to the next (z). */
  readonly storeyPitch: number
}

const PAGE_BYTES = 4096
/** The longest strip has more than six and at most four times as many squares. */
const MOST_SQUARES = 24
/** Height on screen of a unit of y at the same u, and of z, in the default view: tan and cos of its angles. Storeys stand clear of each other in it. */
const DEPTH_ON_SCREEN = 0.466
const HEIGHT_ON_SCREEN = 0.906

/** Smallest 4^k base pages of which at most 24 make the longest strip; a strip of n squares then has 6 < n ≤ 24. */
export function chooseSquareBytes(longestBytes: number, pageBytes = PAGE_BYTES): number {
  let square = pageBytes
  while (longestBytes / square > MOST_SQUARES) square *= 4
  return square
}

/** Measures for a plan whose widest row holds `widestBytes`, whose longest strip holds `longestBytes`, with `rowCount` rows. */
export function chooseGeometry(
  longestBytes: number,
  widestBytes: number,
  options: { readonly rowCount: number; readonly pageBytes: number | undefined },
): Geometry {
  const squareBytes = chooseSquareBytes(longestBytes, options.pageBytes)
  const width = widestBytes / squareBytes
  const depth = clamp(width / 11, 1, 1.8)
  const rows = Math.max(1, options.rowCount)
  const rowPitch = depth * clamp(3.3 - rows * 0.2, 1.9, 2.9)
  const rowsDepth = (rows - 1) * rowPitch + depth * 1.8
  return {
    squareBytes,
    depth,
    rowPitch,
    stripGap: depth * 0.42,
    minimumWidth: width * 0.0034,
    floorMargin: { x: depth * 0.5, y: depth * 0.36 },
    memoryHeight: depth * 0.14,
    fullHeight: depth * 0.26,
    minimumHeight: depth * 0.022,
    moduleHeight: depth * 0.26,
    storeyPitch: (rowsDepth * DEPTH_ON_SCREEN + depth * 0.62) / HEIGHT_ON_SCREEN,
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}
