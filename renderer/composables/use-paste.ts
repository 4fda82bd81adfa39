import { onScopeDispose } from 'vue'

/** What a paste is called until its content says more. */
export const PASTED_NAME = 'pasted text'

/**
 * Opens what is pasted into the window outside of text fields: a copied file, or text such as the output of `ndctl list`.
 * Stops with the calling scope.
 */
export function usePaste(open: (file: File) => void): void {
  const onPaste = (event: ClipboardEvent) => {
    const { target, clipboardData } = event
    if (target instanceof Element && target.closest('input, textarea, [contenteditable]')) return
    const file = clipboardData?.files[0]
    const text = clipboardData?.getData('text/plain') ?? ''
    if (file === undefined && text.trim() === '') return
    event.preventDefault()
    open(file ?? new File([text], PASTED_NAME, { type: 'text/plain' }))
  }
  window.addEventListener('paste', onPaste)
  onScopeDispose(() => window.removeEventListener('paste', onPaste))
}
