import { spawnSync } from 'node:child_process'
import { describe } from 'vitest'
import { skipAloud } from './skip'

/**
 * A `describe` for tests against hwloc's own programs. Without `lstopo` (package hwloc) its tests count as skipped and a
 * line on stderr says so; where that is forbidden it throws instead.
 */
export function describeWithHwloc(name: string, body: () => void): void {
  if (spawnSync('lstopo', ['--version']).status !== 0) {
    skipAloud('tools', `${name}: lstopo is not installed (package hwloc)`)
    describe.skip(name, body)
    return
  }
  describe(name, body)
}
