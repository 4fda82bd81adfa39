const KEPT_FILES = 10

/** The list with a path at its front, once, and the oldest ones dropped. */
export function withRecent(paths: readonly string[], path: string): readonly string[] {
  return [path, ...paths.filter((other) => other !== path)].slice(0, KEPT_FILES)
}
