import { existsSync, readFileSync } from 'node:fs'

const STATUS = '/proc/self/status'

/**
 * The most memory that this process ever had resident, in bytes; what it has now where there is no /proc.
 * Not getrusage: its maximum survives exec, so that a child would begin with its parent's (Linux, fs/exec.c exec_mmap).
 */
export function peakMemoryBytes(): number {
  const text = existsSync(STATUS) ? readFileSync(STATUS, 'latin1') : ''
  const [, kibibytes] = /^VmHWM:\s*(\d+) kB$/m.exec(text) ?? []
  return kibibytes === undefined ? process.memoryUsage.rss() : Number(kibibytes) * 1024
}
