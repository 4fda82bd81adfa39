import { join, resolve } from 'node:path'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { COMMANDS } from '../../renderer/app/commands'

/** The README's table of keys is made from the command list, so that it cannot fall behind it. */
const README = join(resolve(import.meta.dirname, '../..'), 'README.md')
const SECTION = /(<!-- keys:[^\n]*-->\n)([\s\S]*?)(<!-- end of keys -->)/

function keyTable(): string {
  const rows = COMMANDS.filter(({ keys }) => keys.length > 0).map(
    ({ keys, title }) => `| ${keys.map((key) => `\`${key}\``).join(', ')} | ${title} |`,
  )
  return ['', '| key | does |', '|---|---|', ...rows, '', ''].join('\n')
}

it('lists every key of the window', async () => {
  const readme = readFileSync(README, 'utf8')
  expect(readme).toMatch(SECTION)
  const expected = readme.replace(SECTION, (_, start, _old, end) => `${start}${keyTable()}${end}`)
  await expect(expected).toMatchFileSnapshot(README)
})
