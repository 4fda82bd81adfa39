import { FormatError } from '../../shared/model/errors'
import type { OpenLimits } from './limits'
import { printable } from './printable'

/**
 * The canonical path of an archive member, '' for the archive's root. Refuses, with the whole archive, names that
 * are absolute or lead upwards: nobody writes them by accident, and what else such an archive holds is not to be trusted.
 */
export function memberPath(name: string, archive: string, limits: OpenLimits): string {
  const refuse = (what: string, hint: string) =>
    new FormatError({
      code: 'unsafe-member-name',
      what,
      where: `${archive}, member ${printable(name)}`,
      hint,
    })
  if (name.length > limits.pathLength) {
    throw refuse(`the name is longer than ${limits.pathLength} characters`, 'shorten it')
  }
  if (name.includes('\0')) throw refuse('the name holds a NUL', 'pack the archive again')
  if (name.startsWith('/')) {
    throw refuse('the name is absolute', "pack the archive again with 'tar -C / sys proc'")
  }
  const parts = name.split('/').filter((part) => part !== '' && part !== '.')
  if (parts.includes('..')) {
    throw refuse("the name leads out of the archive ('..')", 'pack the archive again without it')
  }
  if (parts.length > limits.pathDepth) {
    throw refuse(`the name is deeper than ${limits.pathDepth} directories`, 'pack less')
  }
  return parts.join('/')
}
