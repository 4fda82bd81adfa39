import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { memberPath } from '../../host/open/member-name'
import { DEFAULT_LIMITS } from '../../host/open/limits'
import { checkDirectory, type Outcome } from './check-input'
import { mutateFile } from './mutate-file'
import type { Random } from './random'
import { isFile, memberName, type RawMember } from './tar-members'

/** Stands in a file outside of the tree, as a line that readers would take for memory. */
const CANARY = '77771111777'

/**
 * Writes the members below a new directory, changes some files, lets some be links (many of which lead out of the
 * directory), opens it, and removes it again.
 */
export async function checkDirectoryCase(
  random: Random,
  members: readonly RawMember[],
): Promise<Outcome> {
  const scratch = mkdtempSync(join(tmpdir(), 'folioscope-fuzz-'))
  try {
    const outside = join(scratch, 'outside')
    mkdirSync(outside)
    writeFileSync(join(outside, 'canary'), `Node 0 MemTotal: ${CANARY} kB\n`)
    const root = join(scratch, 'root')
    mkdirSync(root)
    for (const member of members) writeMember(random, { root, outside }, member)
    return await checkDirectory(root, CANARY)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

interface Places {
  readonly root: string
  readonly outside: string
}

function writeMember(random: Random, { root, outside }: Places, member: RawMember): void {
  if (!isFile(member)) return
  const path = memberPath(memberName(member), 'fuzz', DEFAULT_LIMITS)
  const onDisk = join(root, path)
  try {
    mkdirSync(dirname(onDisk), { recursive: true })
    if (random.chance(0.15)) symlinkSync(someTarget(random, path, outside), onDisk)
    else if (random.chance(0.03)) symlinkSync(outside, onDisk)
    else if (random.chance(0.3)) writeFileSync(onDisk, mutateFile(random, path, member.content))
    else writeFileSync(onDisk, member.content)
  } catch (error) {
    // A directory on the way has become a link or a file.
    if (!(error instanceof Error && 'code' in error)) throw error
  }
}

function someTarget(random: Random, path: string, outside: string): string {
  const up = '../'.repeat(path.split('/').length)
  return random.pick([
    join(outside, 'canary'),
    `${up}outside/canary`,
    `${up}../../etc/passwd`,
    '/dev/zero',
    '/proc/self/environ',
    path.slice(path.lastIndexOf('/') + 1),
    '.',
    '..',
    up,
    `/${path}`,
  ])
}
