/** 1024 nodes (MAX_NUMNODES) of at most six zones; a hostile file ends here. */
export const MOST_ZONES = 8192

/** Zones of several nodes have the same names. */
export function zoneKey(node: string | number, name: string): string {
  return `${Number(node)} ${name}`
}
