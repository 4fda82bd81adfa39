import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { DesktopState } from './desktop-state'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'folioscope-state-'))
})
afterEach(() => rm(folder, { recursive: true }))

const place = { bounds: { x: 10, y: 20, width: 800, height: 600 }, isMaximized: true }

it('remembers the place of the window and ten files, the newest first and once', async () => {
  const path = join(folder, 'new', 'desktop.json')
  const state = await DesktopState.read(path)
  expect([state.windowPlace, state.recentFiles]).toEqual([undefined, []])
  state.saveWindowPlace(place)
  for (let file = 1; file <= 11; file += 1) state.addRecentFile(`/${file}`)
  state.addRecentFile('/5')
  await state.flush()
  const again = await DesktopState.read(path)
  expect(again.windowPlace).toEqual(place)
  expect(again.recentFiles).toEqual([5, 11, 10, 9, 8, 7, 6, 4, 3, 2].map((file) => `/${file}`))
  again.clearRecentFiles()
  await again.flush()
  expect((await DesktopState.read(path)).recentFiles).toEqual([])
})

it.each([
  ['not JSON', '{"window":'],
  ['another shape', '[1]'],
  ['values that make no sense', '{"window":{"bounds":{"x":1e9}},"recentFiles":[7]}'],
])('starts anew from %s', async (_name, text) => {
  const path = join(folder, 'desktop.json')
  await writeFile(path, text)
  const state = await DesktopState.read(path)
  expect([state.windowPlace, state.recentFiles]).toEqual([undefined, []])
})
