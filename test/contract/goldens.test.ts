import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openBytes } from '../../host/open/open-bytes'
import { accountMemmap } from '../../shared/memmap/account'
import { loadTopology } from '../../shared/readers/load'
import { summarise } from '../../shared/summary/summary'
import { summaryText } from '../../shared/summary/text'
import type { Summary } from '../../shared/summary/types'

/**
 * What `folioscope info` prints for real captures. Other programs read the JSON (CONTRACT, "Summary"), people the text:
 * a changed golden is a changed promise. `npm run goldens` rewrites them.
 */
const folder = resolve(import.meta.dirname, '../fixtures/kernel')
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.folioscope'))
  .map((file) => file.replace(/\.folioscope$/, ''))

const ignore = () => undefined

async function summaryOf(fileName: string, bytes: Uint8Array): Promise<Summary> {
  const topology = loadTopology(await openBytes(fileName, bytes, { report: ignore }), ignore)
  return summarise(topology, accountMemmap(topology))
}

describe.each(names)('%s', (name) => {
  const bytes = readFileSync(join(folder, `${name}.folioscope`))

  it('prints the same summary', async () => {
    const summary = await summaryOf(`${name}.folioscope`, bytes)
    const golden = join(import.meta.dirname, `../goldens/${name}`)
    await expect(`${JSON.stringify(summary, undefined, 1)}\n`).toMatchFileSnapshot(`${golden}.json`)
    await expect(summaryText(summary)).toMatchFileSnapshot(`${golden}.txt`)
  })

  it('means the same under another file name', async () => {
    const summary = await summaryOf(`${name}.folioscope`, bytes)
    const renamed = await summaryOf('holiday.jpg', bytes)
    expect({ ...renamed, input: { ...renamed.input, name: summary.input.name } }).toEqual(summary)
  })
})
