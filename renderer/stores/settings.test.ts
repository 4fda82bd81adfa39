// @vitest-environment node
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { MemoryHost } from '../hosts/memory-host'
import { useSelectionStore } from './selection'
import { useSettingsStore } from './settings'

beforeEach(() => setActivePinia(createPinia()))

it('the theme follows the system until the user chooses one, and the host keeps the choice', async () => {
  const host = new MemoryHost({
    load: () => Promise.resolve(undefined),
    settings: { theme: 'system' },
  })
  const settings = useSettingsStore()
  await settings.restore(host)
  settings.isSystemDark = true
  expect(settings.shownTheme).toBe('dark')
  await settings.setTheme(host, 'light')
  expect(settings.shownTheme).toBe('light')
  expect(host.settings).toEqual({ theme: 'light' })
})

it('the selection outlives a reload only where the object does', () => {
  const selection = useSelectionStore()
  selection.select('namespace0.3')
  selection.keepOnly((objectId) => objectId === 'namespace0.3')
  expect(selection.selectedId).toBe('namespace0.3')
  selection.keepOnly(() => false)
  expect(selection.selectedId).toBeUndefined()
})
