import { describe, expect, it, vi } from 'vitest'
import { hardenContents, hardenSession } from './security'

type Listener = (event: { preventDefault: () => void }, ...rest: unknown[]) => void

/** Records listeners by event and tells which of them prevent it. */
function recordListeners() {
  const listeners = new Map<string, Listener>()
  const prevents = (event: string) => {
    const preventDefault = vi.fn()
    listeners.get(event)?.({ preventDefault })
    return preventDefault.mock.calls.length === 1
  }
  return { on: (event: string, listener: Listener) => listeners.set(event, listener), prevents }
}

describe('hardenSession', () => {
  const { on, prevents } = recordListeners()
  let request: (contents: unknown, permission: string, callback: (granted: boolean) => void) => void
  let check: (contents: unknown, permission: string) => boolean
  let device: () => boolean
  hardenSession({
    on,
    setPermissionRequestHandler: (handler: typeof request) => void (request = handler),
    setPermissionCheckHandler: (handler: typeof check) => void (check = handler),
    setDevicePermissionHandler: (handler: typeof device) => void (device = handler),
  } as unknown as Parameters<typeof hardenSession>[0])

  it.each([
    ['clipboard-sanitized-write', true],
    ['fullscreen', true],
    ['clipboard-read', false],
    ['media', false],
    ['geolocation', false],
    ['notifications', false],
    ['openExternal', false],
    ['fileSystem', false],
    ['unknown', false],
  ])('%s: %s', (permission, granted) => {
    const callback = vi.fn()
    request(undefined, permission, callback)
    expect(callback.mock.calls).toEqual([[granted]])
    expect(check(undefined, permission)).toBe(granted)
  })

  it('refuses devices and downloads', () => {
    expect(device()).toBe(false)
    expect(prevents('will-download')).toBe(true)
  })
})

describe('hardenContents', () => {
  it('keeps a page where it is', () => {
    const { on, prevents } = recordListeners()
    const setWindowOpenHandler = vi.fn()
    hardenContents({ on, setWindowOpenHandler } as unknown as Parameters<typeof hardenContents>[0])
    for (const event of ['navigate', 'frame-navigate', 'redirect', 'attach-webview']) {
      expect(prevents(`will-${event}`)).toBe(true)
    }
    const [handler] = setWindowOpenHandler.mock.calls[0] as [() => unknown]
    expect(handler()).toEqual({ action: 'deny' })
  })
})
