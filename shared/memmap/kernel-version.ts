/** Major and minor number of a kernel release; stable releases do not change the rules by themselves (DOMAIN §0). */
export interface KernelVersion {
  readonly major: number
  readonly minor: number
}

/** Reads `6.12.95+deb12-amd64` as 6.12; undefined when it does not begin with two numbers. */
export function parseKernelVersion(release: string): KernelVersion | undefined {
  const [, major, minor] = /^(\d{1,3})\.(\d{1,3})/.exec(release) ?? []
  return major === undefined ? undefined : { major: Number(major), minor: Number(minor) }
}

/** True for `version` ≥ `major`.`minor`. */
export function isAtLeast(version: KernelVersion, major: number, minor: number): boolean {
  return version.major > major || (version.major === major && version.minor >= minor)
}
