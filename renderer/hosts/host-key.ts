import { inject, type InjectionKey } from 'vue'
import type { Host } from '../../shared/host'

export const HOST: InjectionKey<Host> = Symbol('host')

/** The host that main.ts chose. */
export function useHost(): Host {
  const host = inject(HOST)
  if (host === undefined) throw new Error('no host was provided to the application')
  return host
}
