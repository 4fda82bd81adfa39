import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { electronFolder, electronProgram } from './electron-program'
import { browserLauncher } from './launch-browser'
import { windowObstacle } from './open'

describe('windowObstacle', () => {
  const linux = { platform: 'linux', environment: { DISPLAY: ':0' }, userId: 1000 } as const

  it.each([
    [['a.tar'], linux, undefined],
    [[], { ...linux, environment: { WAYLAND_DISPLAY: 'wayland-0' } }, undefined],
    [[], { ...linux, environment: { DISPLAY: '' } }, 'there is no display'],
    [[], { ...linux, userId: 0 }, 'Electron does not run as root'],
    [['-'], linux, 'it cannot read standard input'],
    [[], { platform: 'darwin', environment: {}, userId: 0 } as const, undefined],
    [[], { platform: 'win32', environment: {}, userId: undefined } as const, undefined],
  ])('%j on %j: %s', (inputs, surroundings, expected) => {
    expect(windowObstacle(inputs, surroundings)).toBe(expected)
  })
})

describe('electronProgram', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'folioscope-electron-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('is found without a download, as the package finds it', () => {
    const dist = join(folder, 'dist')
    expect(electronProgram(folder, {})).toBeUndefined()
    mkdirSync(join(dist, 'Electron.app'), { recursive: true })
    writeFileSync(join(dist, 'electron'), '')
    expect(electronProgram(folder, {})).toBe(join(dist, 'electron'))
    writeFileSync(join(folder, 'path.txt'), 'Electron.app/Electron')
    expect(electronProgram(folder, {})).toBeUndefined()
    writeFileSync(join(dist, 'Electron.app/Electron'), '')
    expect(electronProgram(folder, {})).toBe(join(dist, 'Electron.app/Electron'))
    expect(electronProgram(folder, { ELECTRON_OVERRIDE_DIST_PATH: '/nowhere' })).toBeUndefined()
  })

  it('belongs to a package that may be absent', () => {
    expect(electronFolder(folder)).toBeUndefined()
    const root = join(import.meta.dirname, '../..')
    expect(electronFolder(root)).toBe(join(root, 'node_modules/electron'))
  })
})

it('browserLauncher starts nothing in a terminal without a display', () => {
  expect(browserLauncher('linux', {})).toBeUndefined()
  expect(browserLauncher('linux', { DISPLAY: ':0' })).toEqual(['xdg-open'])
  expect(browserLauncher('darwin', {})).toEqual(['open'])
})
