/** Colours are `#RRGGBB`. */
export type Color = string

type Channels = readonly [number, number, number]

function channels(color: Color): Channels {
  const value = Number.parseInt(color.slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

function fromChannels(values: Channels): Color {
  const part = (value: number) => Math.round(value).toString(16).padStart(2, '0')
  return `#${values.map(part).join('').toUpperCase()}`
}

/** The colour made darker: each channel times `factor` (0 black, 1 unchanged). */
export function shade(color: Color, factor: number): Color {
  const [red, green, blue] = channels(color)
  return fromChannels([red * factor, green * factor, blue * factor])
}

/** `amount` 0 is `from`, 1 is `to`, mixed channel by channel. */
export function mix(from: Color, to: Color, amount: number): Color {
  const a = channels(from)
  const b = channels(to)
  const part = (x: number, y: number) => x + (y - x) * amount
  return fromChannels([part(a[0], b[0]), part(a[1], b[1]), part(a[2], b[2])])
}

/** Relative luminance, 0 black to 1 white (WCAG 2.2). */
export function luminance(color: Color): number {
  const [red, green, blue] = channels(color)
  const linear = (value: number) => {
    const part = value / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/** Contrast ratio of two colours, 1 to 21 (WCAG 2.2). */
export function contrast(left: Color, right: Color): number {
  const a = luminance(left)
  const b = luminance(right)
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}
