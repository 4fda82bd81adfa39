import { FormatError } from '../../shared/model/errors'
import { printable } from './printable'

const REASONS: Readonly<Record<string, readonly [code: string, what: string, hint: string]>> = {
  ENOENT: ['not-found', 'no such file or directory', 'check the name'],
  ENOTDIR: ['not-found', 'no such file or directory', 'check the name'],
  EACCES: ['not-readable', 'permission denied', 'ask for the right to read it'],
  EPERM: ['not-readable', 'permission denied', 'ask for the right to read it'],
  ELOOP: ['link-loop', 'the symbolic link leads round in a circle', 'give the file itself'],
  ENAMETOOLONG: ['not-found', 'the name is too long', 'check the name'],
  ERR_INVALID_ARG_VALUE: ['not-found', 'the name holds a NUL', 'check the name'],
}

/** `ENOENT` and the like; undefined for errors that do not come from the operating system. */
export function systemErrorCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /^E[A-Z\d]+$/.test(code) || code === 'ERR_INVALID_ARG_VALUE' ? code : undefined
}

/** The operating system's refusal as a FormatError; any other error as it is. */
export function unreadable(path: string, error: unknown): unknown {
  const reason = systemErrorCode(error)
  if (reason === undefined) return error
  const [code, what, hint] = REASONS[reason] ?? [
    'not-readable',
    `it cannot be read (${reason})`,
    'check the disk, or copy it elsewhere',
  ]
  return new FormatError({ code, what, where: printable(path), hint })
}
