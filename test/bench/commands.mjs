import { spawnSync } from 'node:child_process'

/**
 * Runs a program to its end and throws what it wrote to stderr when it fails.
 * @param {string} program
 * @param {readonly string[]} programArguments
 */
export function runQuietly(program, programArguments) {
  const { status, error, stderr } = spawnSync(program, programArguments, {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  })
  if (status !== 0) throw new Error(`${program}: ${error?.message ?? stderr}`)
}

/** @param {string} name */
export function hasProgram(name) {
  return spawnSync(name, ['--version']).status === 0
}
