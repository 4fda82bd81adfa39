import type { TreeFiles } from '../tree-files'

/** Numbers in the names below a directory, ascending: node0, node8 → 0, 8. The pattern's first group is the number. */
export function directoryNumbers(
  files: TreeFiles,
  path: string,
  pattern: RegExp,
): readonly number[] {
  return files.tree
    .list(path)
    .flatMap((name) => {
      const digits = pattern.exec(name)?.[1]
      return digits === undefined ? [] : [Number(digits)]
    })
    .sort((a, b) => a - b)
}
