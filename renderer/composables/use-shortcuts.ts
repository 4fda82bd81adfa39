import { onScopeDispose } from 'vue'
import { isTypedChord, matchesChord } from '../app/keys'
import type { CommandCenter } from './use-commands'

/** Keys that the browser itself has a use for while text is being written or is selected. */
const TEXT_KEYS: ReadonlySet<string> = new Set([
  'Home',
  'Escape',
  'Ctrl+C',
  'Ctrl+Z',
  'Ctrl+Shift+Z',
])

/** Runs commands by their keys, wherever the focus is, unless `isPaused`. Stops with the calling scope. */
export function useShortcuts(center: CommandCenter, isPaused: () => boolean): void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || isPaused() || isInMenu(event)) return
    const isText = isTextEntry(event.target)
    const hasSelectedText = window.getSelection()?.isCollapsed === false
    for (const command of center.commands.value) {
      const chord = command.keys.find((key) => matchesChord(event, key))
      if (chord === undefined) continue
      if (isText && (isTypedChord(chord) || TEXT_KEYS.has(chord))) return
      if (chord === 'Ctrl+C' && hasSelectedText) return
      if (!center.isEnabled(command.id)) {
        // Reloading the page instead of the document, or the browser's own find, would be a surprise.
        if (chord === 'F5' || chord === 'Ctrl+F') event.preventDefault()
        return
      }
      event.preventDefault()
      center.run(command.id)
      return
    }
  }
  window.addEventListener('keydown', onKeyDown)
  onScopeDispose(() => window.removeEventListener('keydown', onKeyDown))
}

/** An open menu has its own use for Escape and for letters. */
function isInMenu({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.closest('[role="menu"]') !== null
}

function isTextEntry(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  )
}
