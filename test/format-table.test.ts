import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { projectFolder } from '../build/run-steps.mjs'
import { countByFormat, formatTable } from './format-table.mjs'

function reportOf(cases: readonly (readonly [file: string, title: string, status: string])[]) {
  return JSON.stringify({
    testResults: cases.map(([name, fullName, status]) => ({
      name: `/home/me/project/${name}`,
      status: 'passed',
      assertionResults: [{ status, fullName }],
    })),
  })
}

it('counts the cases of each format, from several runs', () => {
  const rows = countByFormat([
    reportOf([
      ['shared/readers/ndctl/reader.test.ts', 'ndctl reads buses', 'passed'],
      ['shared/readers/edac/reader.test.ts', 'EDAC reads modules', 'failed'],
      ['shared/memmap/account.test.ts', 'ndctl is not what this is about', 'passed'],
    ]),
    reportOf([['test/contract/tools-json.test.ts', '030_ndctl_ndctl-list.json opens', 'skipped']]),
  ])
  const rowOf = (format: string) => rows.find((row) => row.format === format)
  expect(rowOf('ndctl JSON')).toEqual({ format: 'ndctl JSON', passed: 1, failed: 0, skipped: 1 })
  expect(rowOf('EDAC')).toMatchObject({ passed: 0, failed: 1 })
  expect(formatTable(rows)).toMatch(/^ndctl JSON +1 +0 +1$/m)
})

it('knows every folder of readers that has tests', () => {
  const helpers = ['assemble', 'json', 'testing']
  const folder = join(projectFolder, 'shared/readers')
  const tested = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !helpers.includes(entry.name))
    .filter(({ name }) => readdirSync(join(folder, name)).some((file) => file.endsWith('.test.ts')))
    .map(({ name }) => name)
  const unknown = tested.filter((name) => {
    const rows = countByFormat([reportOf([[`shared/readers/${name}/x.test.ts`, 'x', 'passed']])])
    return rows.every(({ passed }) => passed === 0)
  })
  expect(unknown).toEqual([])
})
