/** Zones of several nodes have the same names. */
export function zoneKey(node: string | number, name: string): string {
  return `${Number(node)} ${name}`
}
