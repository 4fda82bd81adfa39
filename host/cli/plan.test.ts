import { Command, CommanderError } from 'commander'
import { expect, it } from 'vitest'
import { FormatError } from '../../shared/model/errors'
import { addPlanCommand } from './plan'

/** What `folioscope plan …` prints, or the message that it ends with. */
function run(line: string): string {
  let output = ''
  const folioscope = new Command('folioscope').exitOverride().configureOutput({
    writeOut: (text) => void (output += text),
    writeErr: () => undefined,
  })
  addPlanCommand(folioscope, {
    isWatched: false,
    print: (text) => void (output += text),
    note: () => undefined,
    showProgress: () => undefined,
  })
  try {
    folioscope.parse(`plan ${line}`.split(' '), { from: 'user' })
    return output
  } catch (error) {
    if (error instanceof FormatError || error instanceof CommanderError) return error.message
    throw error
  }
}

it('prints exactly one JSON document', () => {
  const text = run('namespace --raw 3GiB --mode devdax --map mem --align 1G --json')
  expect(JSON.parse(text)).toMatchObject({
    schema: 'folioscope-plan/1',
    usableBytes: 2147483648,
    residentBytes: 24576,
  })
})

it('takes several ranges', () => {
  const text = run('ram --range 0-3GiB 4GiB-25GiB --json')
  expect(JSON.parse(text)).toMatchObject({ sections: 192, structPages: 6291456 })
  expect(run('ram --range 0-3GiB --range 4GiB-25GiB --json')).toBe(text)
})

it('reads every flag of every subject, and lists them in its help', () => {
  const text = run(
    'system-ram --start 0x480000000 --size 2GiB --block 2G --memmap-on-memory --kernel 6.12 --arch x86_64 --page-size 4K --struct-page 64 --json',
  )
  expect(JSON.parse(text)).toMatchObject({ usableBytes: 2113929216, assumed: {} })
  run('address --help')
  expect(run('address --pfn 1 --base 0xffffe00000000000 --json')).toContain('0xffffe00000000040')
})

it.each([
  ['namespace --raw 1GiB --map mem --align 1G', 'refused by the rule no-room'],
  ['namespace --raw much', "--raw: 'much' is not a size"],
  ['namespace', '--raw: it is missing'],
  ['castle', 'unknown command'],
])('explains %j', (line, message) => {
  expect(run(line)).toContain(message)
})
