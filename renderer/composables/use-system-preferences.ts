import { onScopeDispose } from 'vue'
import { useSettingsStore } from '../stores/settings'

/** Keeps the settings store informed of the system's colour scheme and wish for less motion. */
export function useSystemPreferences(): void {
  const settings = useSettingsStore()
  follow('(prefers-color-scheme: dark)', (matches) => {
    settings.isSystemDark = matches
  })
  follow('(prefers-reduced-motion: reduce)', (matches) => {
    settings.prefersReducedMotion = matches
  })
}

function follow(query: string, tell: (matches: boolean) => void): void {
  const media = window.matchMedia(query)
  const onChange = () => tell(media.matches)
  onChange()
  media.addEventListener('change', onChange)
  onScopeDispose(() => media.removeEventListener('change', onChange))
}
