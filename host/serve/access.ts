import { randomBytes, timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'

const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1'])
const SAFE_FETCH_SITES: ReadonlySet<string> = new Set(['same-origin', 'none'])

export function makeToken(): string {
  return randomBytes(24).toString('base64url')
}

/** Compares in constant time, so that nobody can guess a token letter by letter. */
export function isSameToken(given: string | undefined, expected: string): boolean {
  if (given === undefined) return false
  const [left, right] = [Buffer.from(given), Buffer.from(expected)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** The name of a Host header without its port and brackets, in lower case; undefined for what is none. */
export function hostName(header: string | undefined): string | undefined {
  const match = /^(?:\[([\da-f:.]+)\]|([^\s:[\]/@]+))(?::\d{1,5})?$/i.exec(header ?? '')
  return (match?.[1] ?? match?.[2])?.toLowerCase()
}

/**
 * True for names that cannot be pointed at this machine from outside (DNS rebinding): those of the loopback device,
 * and where the user let others in, also addresses and the name that was listened on. The port is not looked at:
 * an ssh tunnel may change it.
 */
export function isAllowedHost(
  header: string | undefined,
  listenHost: string,
  otherNames: readonly string[] = [],
): boolean {
  const name = hostName(header)
  if (name === undefined) return false
  if (LOOPBACK_NAMES.has(name)) return true
  if (LOOPBACK_NAMES.has(listenHost)) return false
  return (
    isIP(name) !== 0 || [listenHost, ...otherNames].some((other) => other.toLowerCase() === name)
  )
}

export interface OriginHeaders {
  readonly host: string | undefined
  readonly origin: string | undefined
  readonly fetchSite: string | undefined
}

/** True when a request comes from our own page, as far as the browser tells. Browsers name the origin of every POST and PUT. */
export function isOwnOrigin({ host, origin, fetchSite }: OriginHeaders): boolean {
  if (origin !== undefined && origin !== `http://${host ?? ''}`) return false
  return fetchSite === undefined || SAFE_FETCH_SITES.has(fetchSite)
}

/** The value of one cookie of a Cookie header. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  const prefix = `${name}=`
  return header
    ?.split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(prefix))
    ?.slice(prefix.length)
}
