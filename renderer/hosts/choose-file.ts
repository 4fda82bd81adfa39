import type { OpenTarget } from '../../shared/host'

/** Shows the browser's own dialog. Must run in a user's click or key press. */
export function chooseFile(): Promise<OpenTarget | undefined> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.addEventListener('cancel', () => resolve(undefined), { once: true })
    input.addEventListener(
      'change',
      () => {
        const file = input.files?.[0]
        resolve(file === undefined ? undefined : { kind: 'file', file })
      },
      { once: true },
    )
    input.click()
  })
}
