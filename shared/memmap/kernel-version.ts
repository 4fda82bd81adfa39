/** Major and minor number of a kernel release; stable releases do not change the rules by themselves (DOMAIN §0). */
export interface KernelVersion {
  readonly major: number
  readonly minor: number
}

/** The releases between which the rules were read from the sources; others take the nearest of the two (DOMAIN §0). */
export const OLDEST_READ: KernelVersion = { major: 5, minor: 10 }
export const NEWEST_READ: KernelVersion = { major: 7, minor: 3 }

/** Reads `6.12.95+deb12-amd64` as 6.12; undefined when it does not begin with two numbers. */
export function parseKernelVersion(release: string): KernelVersion | undefined {
  const [, major, minor] = /^(\d{1,3})\.(\d{1,3})(?!\d)/.exec(release) ?? []
  return major === undefined ? undefined : { major: Number(major), minor: Number(minor) }
}

/** Negative, zero or positive as `left` is older than, the same as or newer than `right`. */
export function compareVersions(left: KernelVersion, right: KernelVersion): number {
  return left.major - right.major || left.minor - right.minor
}

/** `6.12`. */
export function formatVersion({ major, minor }: KernelVersion): string {
  return `${major}.${minor}`
}
