import { FLOOR_OPACITY, themes, type Theme, type ThemeName } from '../layout/theme'

export type SvgTheme = ThemeName | 'auto'

/** What is the same in every theme: line weights, dashes and type. */
const COMMON = [
  'text{font-family:"IBM Plex Sans","Liberation Sans",Arial,sans-serif}',
  '.name{font-family:"IBM Plex Mono","DejaVu Sans Mono",monospace;font-weight:600;font-size:12.5px}',
  '.detail{font-size:12px}',
  '.title{font-size:24px;font-weight:600}',
  '.subtitle{font-size:14px}',
  '.caption{font-size:13px}',
  '.value{font-size:26px;font-weight:600}',
  '.storey-title{font-size:19px;font-weight:600}',
  '.storey-subtitle{font-size:12.5px}',
  '.key{font-size:13px}',
  '.note{font-size:11px}',
  '.inside{font-size:10px}',
  '.middle{text-anchor:middle}',
  '.end{text-anchor:end}',
  '.box{stroke-width:.8;stroke-linejoin:round}',
  `.floor{fill-opacity:${FLOOR_OPACITY}}`,
  '.dashed{stroke-dasharray:3 3}',
  '.box.dashed path{fill:none}',
  '.line{fill:none}',
  '.hairline{stroke-width:.5;opacity:.75}',
  '.tie{stroke-width:.7;stroke-dasharray:2 3;opacity:.4}',
  '.ribbon{stroke-width:1.4;opacity:.9}',
  '.leader{fill:none;stroke-width:.8}',
  '.halo{stroke-width:3px;stroke-linejoin:round;paint-order:stroke}',
].join('')

function colors(theme: Theme): string {
  const rules = [
    `.page{fill:${theme.background}}`,
    `.ink{fill:${theme.ink}}`,
    `.muted{fill:${theme.muted}}`,
    `.halo{stroke:${theme.background}}`,
    `.leader,.rule{stroke:${theme.ink}}`,
    `.hairline{stroke:${theme.hairline}}`,
    `.tie{stroke:${theme.tie}}`,
    `.ribbon{stroke:${theme.ribbon}}`,
  ]
  for (const [id, paint] of Object.entries(theme.paints)) {
    rules.push(
      `.${id}{stroke:${paint.edge}}`,
      `.${id} .t{fill:${paint.fill}}`,
      `.${id} .f{fill:${paint.front}}`,
      `.${id} .s{fill:${paint.side}}`,
    )
  }
  return rules.join('')
}

/** The style sheet of a drawing; `auto` follows the reader's preference for light or dark. */
export function styleOf(theme: SvgTheme): string {
  if (theme !== 'auto') return COMMON + colors(themes[theme])
  return `${COMMON}${colors(themes.light)}@media (prefers-color-scheme:dark){${colors(themes.dark)}}`
}
