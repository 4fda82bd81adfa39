// Revoking at once would cancel the download in some browsers; a minute is enough to begin one.
const REVOKE_AFTER_MS = 60_000

/** Saves bytes as a download of the browser, which asks for a place or not as the user has set it. */
export function downloadBytes(name: string, bytes: Uint8Array, mediaType: string): void {
  const url = URL.createObjectURL(new Blob([bytes.slice()], { type: mediaType }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), REVOKE_AFTER_MS)
}
