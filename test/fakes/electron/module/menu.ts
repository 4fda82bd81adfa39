import type { MenuItem, MenuItemConstructorOptions } from 'electron'
import { offer } from './state'

class FakeMenu {
  readonly template: readonly MenuItemConstructorOptions[]

  constructor(template: readonly MenuItemConstructorOptions[] = []) {
    this.template = template
  }

  static buildFromTemplate(template: readonly MenuItemConstructorOptions[]): FakeMenu {
    for (const item of template) {
      if (item.label === undefined && item.role === undefined && item.type !== 'separator') {
        throw new Error('Invalid template for MenuItem: must have label, role or type')
      }
      if (Array.isArray(item.submenu)) FakeMenu.buildFromTemplate(item.submenu)
    }
    return new FakeMenu(template)
  }

  static setApplicationMenu(menu: FakeMenu | null): void {
    applicationMenu = menu ?? new FakeMenu()
  }
}

let applicationMenu = new FakeMenu()

function flatten(
  items: readonly MenuItemConstructorOptions[],
): readonly MenuItemConstructorOptions[] {
  return items.flatMap((item) =>
    Array.isArray(item.submenu) ? [item, ...flatten(item.submenu)] : [item],
  )
}

export const Menu = FakeMenu

offer({
  menuIds: () =>
    flatten(applicationMenu.template).flatMap((item) => item.id ?? item.label ?? item.role ?? []),
  runMenu: (id) => {
    const item = flatten(applicationMenu.template).find(
      (candidate) => candidate.id === id || candidate.label === id,
    )
    if (item?.click === undefined) throw new Error(`the menu has no item ${id} to click`)
    item.click({} as MenuItem, undefined, {})
  },
})
