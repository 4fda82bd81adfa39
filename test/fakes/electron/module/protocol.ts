import type { CustomScheme, Protocol } from 'electron'
import { mustBeReady, mustNotBeReady, offer } from './state'

type Handler = (request: Request) => Response | Promise<Response>

const schemes: CustomScheme[] = []
const handlers = new Map<string, Handler>()

export const protocol: Pick<
  Protocol,
  'registerSchemesAsPrivileged' | 'handle' | 'isProtocolHandled'
> = {
  registerSchemesAsPrivileged(customSchemes) {
    mustNotBeReady('protocol.registerSchemesAsPrivileged')
    schemes.push(...customSchemes)
  },
  handle(scheme, handler) {
    mustBeReady('protocol.handle')
    // Electron's own Request and Response are the ones of the platform.
    handlers.set(scheme, handler)
  },
  isProtocolHandled: (scheme) => handlers.has(scheme),
}

offer({
  schemes: () => structuredClone(schemes),
  request: async (url, method) => {
    const handler = handlers.get(new URL(url).protocol.slice(0, -1))
    if (handler === undefined) throw new Error(`${url}: the scheme is not handled`)
    const response = await handler(new Request(url, { method }))
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: new Uint8Array(await response.arrayBuffer()),
    }
  },
})
