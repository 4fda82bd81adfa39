import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { menuTemplate } from '../../electron/main/menu'
import { COMMANDS, demoCommands } from '../../renderer/app/commands'

const demos = [{ name: 'laptop', title: 'A laptop & more', description: 'Sixteen GiB' }]

function template(isMac: boolean, runCommand = vi.fn<(commandId: string) => void>()) {
  return menuTemplate({
    isMac,
    demos,
    recentFiles: ['/a & b.tar'],
    runCommand,
    openRecent: () => {},
    clearRecent: () => {},
    showAbout: () => {},
  })
}

function flatten(
  items: readonly MenuItemConstructorOptions[],
): readonly MenuItemConstructorOptions[] {
  return items.flatMap((item) =>
    Array.isArray(item.submenu) ? [item, ...flatten(item.submenu)] : [item],
  )
}

const commandItems = (isMac: boolean) =>
  flatten(template(isMac)).filter((item) => item.id !== undefined)

describe('the desktop menu', () => {
  it('has commands of the command table, by its titles and keys', () => {
    const commands = new Map([...COMMANDS, ...demoCommands(demos)].map((one) => [one.id, one]))
    for (const item of commandItems(false)) {
      const command = commands.get(item.id ?? '')
      expect(command, `${item.id} is a command`).toBeDefined()
      if (command?.id.startsWith('document.openDemo.') === false) {
        expect(item.label).toBe(command.title)
      }
      if (item.accelerator !== undefined) {
        const key = item.accelerator.replace('CommandOrControl', 'Ctrl').replace('Plus', '+')
        expect(command?.keys[0]).toBe(key)
      }
    }
  })

  it('has every command that a person may look for', () => {
    const inMenu = new Set(commandItems(false).map((item) => item.id))
    const missing = COMMANDS.filter((command) => !inMenu.has(command.id)).map(({ id }) => id)
    expect(missing).toEqual(['window.nextPane'])
  })

  it('leaves the keys to the window', () => {
    for (const item of commandItems(false)) {
      if (item.accelerator !== undefined) expect(item.registerAccelerator).toBe(false)
    }
    // macOS knows no such switch, and a bare letter there would be swallowed while typing.
    for (const { accelerator } of commandItems(true)) {
      if (accelerator !== undefined) expect(accelerator).toMatch(/^(CommandOrControl\+|F\d+$)/)
    }
  })

  it('runs a command by its id', () => {
    const runCommand = vi.fn<(commandId: string) => void>()
    const item = flatten(template(false, runCommand)).find(({ id }) => id === 'view.fit')
    item?.click?.({} as Parameters<NonNullable<typeof item.click>>[0], undefined, {})
    expect(runCommand.mock.calls).toEqual([['view.fit']])
  })

  it('shows ampersands as they are', () => {
    const labels = flatten(template(false)).map(({ label }) => label)
    expect(labels).toContain('/a && b.tar')
    expect(labels).toContain('A laptop && more')
  })
})
