import { contrast, mix, type Color } from '../../shared/layout/color'
import type { PaintId } from '../../shared/layout/display-list'
import type { Theme } from '../../shared/layout/theme'

/** Colours that the window needs and a drawing does not. */
const ALERTS: Readonly<Record<'light' | 'dark', { danger: Color; warning: Color }>> = {
  light: { danger: '#A8261C', warning: '#7A5600' },
  dark: { danger: '#FF9A8C', warning: '#FFD98A' },
}

/**
 * The window's colours as CSS custom properties, made from the drawing's theme so that both agree.
 * Secondary text keeps a contrast of 4.5 on every surface that it stands on.
 */
export function cssVariables(theme: Theme): Readonly<Record<string, string>> {
  const { background, ink, paints } = theme
  const alerts = ALERTS[theme.name === 'dark' ? 'dark' : 'light']
  const surfaces = {
    paper: background,
    sheet: paints.floor.fill,
    'row-hover': mix(background, ink, 0.05),
    'row-selected': mix(background, theme.selection, 0.14),
    control: mix(background, ink, 0.07),
  }
  const muted = readable(theme.muted, ink, Object.values(surfaces))
  return {
    ...prefix('color', {
      ...surfaces,
      ink,
      muted,
      rule: mix(background, ink, 0.14),
      outline: readableEdge(mix(background, ink, 0.4), ink, background),
      accent: theme.selection,
      // The same amber as in the drawing for areas; a darker one, where needed, for words.
      'struct-page': paints['struct-page'].fill,
      'struct-page-edge': paints['struct-page'].edge,
      ...alerts,
      backdrop: `${theme.name === 'dark' ? '#000000' : ink}59`,
    }),
    ...paintVariables(theme),
  }
}

function paintVariables({ paints }: Theme): Readonly<Record<string, string>> {
  const ids = Object.keys(paints) as readonly PaintId[]
  return Object.fromEntries(
    ids.flatMap((id) => [
      [`--paint-${id}`, paints[id].fill],
      [`--paint-${id}-edge`, paints[id].edge],
    ]),
  )
}

function prefix(name: string, values: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [`--${name}-${key}`, value]),
  )
}

/** The colour, moved toward ink until it reads on every surface (WCAG 2.2, 1.4.3). */
function readable(color: Color, ink: Color, surfaces: readonly Color[]): Color {
  return nearest(color, ink, (candidate) =>
    surfaces.every((surface) => contrast(candidate, surface) >= 4.5),
  )
}

/** The colour, moved toward ink until a control's outline is seen (WCAG 2.2, 1.4.11). */
function readableEdge(color: Color, ink: Color, surface: Color): Color {
  return nearest(color, ink, (candidate) => contrast(candidate, surface) >= 3)
}

function nearest(color: Color, ink: Color, isEnough: (candidate: Color) => boolean): Color {
  for (let amount = 0; amount < 1; amount += 0.02) {
    const candidate = mix(color, ink, amount)
    if (isEnough(candidate)) return candidate
  }
  return ink
}
