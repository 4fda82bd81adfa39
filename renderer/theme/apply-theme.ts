import { themes } from '../../shared/layout/theme'
import { cssVariables } from './css-variables'

/** Gives an element, usually the root, the colours of a theme. Set through the CSSOM, which the content policy allows. */
export function applyTheme(element: HTMLElement, name: 'light' | 'dark'): void {
  for (const [property, value] of Object.entries(cssVariables(themes[name]))) {
    element.style.setProperty(property, value)
  }
  element.style.colorScheme = name
  element.dataset['theme'] = name
}
