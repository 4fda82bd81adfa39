import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SettingsFile } from './settings-file'
import { settingsPath } from './settings-path'

let path = ''
beforeEach(async () => {
  path = join(await mkdtemp(join(tmpdir(), 'folioscope-settings-')), 'settings.json')
})
afterEach(() => rm(dirname(path), { recursive: true }))

describe('SettingsFile', () => {
  it('has defaults, keeps what was written, and unknown keys beside it', async () => {
    const problem = vi.fn()
    expect(await new SettingsFile(path, problem).read()).toEqual({ theme: 'system' })
    await writeFile(path, '{"version": 2, "theme": "sepia", "later": {"a": 1}}')
    const settings = new SettingsFile(path, problem)
    expect(await settings.read()).toEqual({ theme: 'system' })
    await settings.write({ theme: 'dark' })
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({
      version: 1,
      theme: 'dark',
      later: { a: 1 },
    })
    expect(await new SettingsFile(path, problem).read()).toEqual({ theme: 'dark' })
    expect(problem).not.toHaveBeenCalled()
  })

  it('puts a broken file aside and says so', async () => {
    await writeFile(path, '{"theme": "da')
    const problem = vi.fn()
    expect(await new SettingsFile(path, problem).read()).toEqual({ theme: 'system' })
    expect(await readdir(dirname(path))).toEqual(['settings.json.broken'])
    expect(problem).toHaveBeenCalledExactlyOnceWith(
      `${path}: the settings are broken; moved to ${path}.broken, using defaults`,
    )
  })
})

it('settingsPath follows XDG', () => {
  const linux = (environment: Record<string, string>) => settingsPath(environment, 'linux')
  expect(linux({ XDG_CONFIG_HOME: '/x' })).toBe('/x/folioscope/settings.json')
  expect(linux({ XDG_CONFIG_HOME: 'relative' })).toMatch(/\/\.config\/folioscope\/settings\.json$/)
  expect(linux({})).toMatch(/\/\.config\/folioscope\/settings\.json$/)
})
