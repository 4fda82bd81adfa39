import type { MenuItemConstructorOptions } from 'electron'
import type { DemoInfo } from '../../shared/host'

interface MenuSetup {
  readonly isMac: boolean
  readonly demos: readonly DemoInfo[]
  /** Paths, the newest first. */
  readonly recentFiles: readonly string[]
  /** Runs a command of renderer/app/commands in the window in front. */
  readonly runCommand: (commandId: string) => void
  readonly openRecent: (path: string) => void
  readonly clearRecent: () => void
  readonly showAbout: () => void
}

const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' }

/** Electron's spelling of a key of the command table; undefined for a bare key on macOS, where it would type no more. */
export function acceleratorOf(key: string, isMac: boolean): string | undefined {
  const spelled = key === '+' ? 'Plus' : key.replace('Ctrl+', 'CommandOrControl+')
  return isMac && !spelled.includes('+') && !/^F\d+$/.test(spelled) ? undefined : spelled
}

/** A single ampersand in a label would underline the next letter. */
function plainLabel(text: string): string {
  return text.replaceAll('&', '&&')
}

/** The application menu. Ids, titles and keys are those of the command table, which a test compares. */
export function menuTemplate(setup: MenuSetup): MenuItemConstructorOptions[] {
  const { isMac } = setup

  function command(id: string, title: string, key?: string): MenuItemConstructorOptions {
    const accelerator = key === undefined ? undefined : acceleratorOf(key, isMac)
    return {
      id,
      label: plainLabel(title),
      // The window handles the keys itself, so that they do not act while text is being entered.
      ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
      click: () => setup.runCommand(id),
    }
  }

  const recentMenu: MenuItemConstructorOptions = {
    label: 'Open recent',
    enabled: setup.recentFiles.length > 0,
    submenu: [
      ...setup.recentFiles.map((path) => ({
        label: plainLabel(path),
        click: () => setup.openRecent(path),
      })),
      SEPARATOR,
      { label: 'Clear the list', click: () => setup.clearRecent() },
    ],
  }

  const about: MenuItemConstructorOptions = {
    label: 'About Folioscope',
    click: () => setup.showAbout(),
  }

  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: 'File',
      submenu: [
        command('document.open', 'Open a snapshot…', 'Ctrl+O'),
        command('document.openDirectory', 'Open a directory…'),
        recentMenu,
        {
          label: 'Open demo',
          submenu: setup.demos.map((demo) => ({
            id: `document.openDemo.${demo.name}`,
            label: plainLabel(demo.title),
            click: () => setup.runCommand(`document.openDemo.${demo.name}`),
          })),
        },
        SEPARATOR,
        command('document.reload', 'Reload', 'F5'),
        command('document.cancelLoad', 'Cancel loading'),
        SEPARATOR,
        command('document.exportSvg', 'Export SVG', 'Ctrl+Shift+E'),
        command('document.exportSvgDark', 'Export SVG, dark'),
        command('document.exportSvgPrint', 'Export SVG for print'),
        command('document.exportSpecification', 'Save as a specification', 'Ctrl+S'),
        SEPARATOR,
        isMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    {
      label: 'Edit',
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        SEPARATOR,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
        SEPARATOR,
        command('selection.find', 'Find an object', 'Ctrl+F'),
        // Without its key, which is that of the role above.
        command('selection.copy', 'Copy the selected object’s facts'),
        command('ledger.copyTsv', 'Copy the ledger for a spreadsheet (TSV)'),
        command('ledger.copyMarkdown', 'Copy the ledger as Markdown'),
        command('selection.clear', 'Clear the selection', 'Escape'),
        SEPARATOR,
        // Without their keys, which are those of the roles above.
        command('whatIf.undo', 'Undo the last change of the plan'),
        command('whatIf.redo', 'Redo the change of the plan'),
        command('whatIf.clear', 'Drop the plan'),
      ],
    },
    {
      label: 'View',
      submenu: [
        command('view.fit', 'Show the whole machine', '0'),
        command('view.frameSelection', 'Frame the selection', 'F'),
        command('view.zoomIn', 'Zoom in', '+'),
        command('view.zoomOut', 'Zoom out', '-'),
        SEPARATOR,
        command('view.turnLeft', 'Turn left', 'Q'),
        command('view.turnRight', 'Turn right', 'E'),
        command('view.plan', 'Plan view', 'T'),
        command('view.isometric', 'Isometric view', 'I'),
        command('view.axonometric', 'Default view', 'X'),
        SEPARATOR,
        command('window.toggleTree', 'Show or hide the tree', 'B'),
        command('window.toggleInspector', 'Show or hide the inspector', 'N'),
        command('window.toggleLegend', 'Show or hide the legend', 'L'),
        command('window.toggleLedger', 'Show or hide the ledger', '3'),
        command('window.toggleWhatIf', 'Change a copy of the machine (what if)', '4'),
        command('window.planner', 'Plan a layout…', 'P'),
        SEPARATOR,
        command('theme.system', 'Theme: as the system'),
        command('theme.light', 'Theme: light'),
        command('theme.dark', 'Theme: dark'),
        SEPARATOR,
        { role: 'togglefullscreen' },
        { role: 'toggleDevTools' },
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        command('window.palette', 'Show all commands', 'Ctrl+Shift+P'),
        command('window.help', 'Keyboard shortcuts', '?'),
        command('window.diagnostics', 'Show the notes about this input'),
        ...(isMac ? [] : [SEPARATOR, about]),
      ],
    },
  ]
}
