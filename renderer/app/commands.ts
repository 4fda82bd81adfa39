import type { DemoInfo } from '../../shared/host'
import type { CommandContext, CommandState } from './command-context'

export type CommandGroup = 'Document' | 'View' | 'Selection' | 'Window' | 'Theme'

/**
 * One thing that the program can do. Buttons, shortcuts, palette, help, the desktop menu and the README's table
 * are all made from this list, so it must stay importable without a DOM.
 */
export interface Command {
  /** Stable: the desktop menu runs commands by id. */
  readonly id: string
  readonly title: string
  readonly group: CommandGroup
  /** Such as `Ctrl+Shift+P`; Ctrl is the Command key on macOS. The first one is shown. */
  readonly keys: readonly string[]
  when(state: CommandState): boolean
  run(context: CommandContext): void | Promise<void>
}

const always = () => true
const withDocument = (state: CommandState) => state.hasDocument
const withSelection = (state: CommandState) => state.hasDocument && state.hasSelection

const ZOOM_STEP = 1.25

export const COMMANDS: readonly Command[] = [
  {
    id: 'document.open',
    title: 'Open a snapshot…',
    group: 'Document',
    keys: ['Ctrl+O'],
    when: (state) => state.canChooseFile,
    run: ({ actions }) => actions.chooseFile(),
  },
  {
    id: 'document.openDirectory',
    title: 'Open a directory…',
    group: 'Document',
    keys: [],
    when: (state) => state.canChooseDirectory,
    run: ({ actions }) => actions.chooseDirectory(),
  },
  {
    id: 'document.reload',
    title: 'Reload',
    group: 'Document',
    keys: ['F5'],
    when: (state) => state.hasDocument && !state.isLoading,
    run: ({ actions }) => actions.reload(),
  },
  {
    id: 'document.cancelLoad',
    title: 'Cancel loading',
    group: 'Document',
    keys: [],
    when: (state) => state.isLoading,
    run: ({ actions }) => actions.cancelLoad(),
  },
  {
    id: 'document.exportSvg',
    title: 'Export SVG',
    group: 'Document',
    keys: ['Ctrl+Shift+E'],
    when: withDocument,
    run: ({ actions }) => actions.exportSvg('light'),
  },
  {
    id: 'document.exportSvgDark',
    title: 'Export SVG, dark',
    group: 'Document',
    keys: [],
    when: withDocument,
    run: ({ actions }) => actions.exportSvg('dark'),
  },
  {
    id: 'document.exportSvgPrint',
    title: 'Export SVG for print',
    group: 'Document',
    keys: [],
    when: withDocument,
    run: ({ actions }) => actions.exportSvg('print'),
  },
  {
    id: 'document.exportSpecification',
    title: 'Save as a specification',
    group: 'Document',
    keys: ['Ctrl+S'],
    when: withDocument,
    run: ({ actions }) => actions.exportSpecification(),
  },
  {
    id: 'view.fit',
    title: 'Show the whole machine',
    group: 'View',
    keys: ['0', 'Home'],
    when: withDocument,
    run: ({ actions }) => actions.scene()?.fit(),
  },
  {
    id: 'view.frameSelection',
    title: 'Frame the selection',
    group: 'View',
    keys: ['F'],
    when: withSelection,
    run: ({ actions }) => {
      const objectId = actions.selectedObjectId()
      if (objectId !== undefined) actions.scene()?.fitObject(objectId)
    },
  },
  {
    id: 'view.zoomIn',
    title: 'Zoom in',
    group: 'View',
    keys: ['+', '='],
    when: withDocument,
    run: ({ actions }) => actions.scene()?.zoomBy(ZOOM_STEP),
  },
  {
    id: 'view.zoomOut',
    title: 'Zoom out',
    group: 'View',
    keys: ['-'],
    when: withDocument,
    run: ({ actions }) => actions.scene()?.zoomBy(1 / ZOOM_STEP),
  },
  {
    id: 'view.turnLeft',
    title: 'Turn left',
    group: 'View',
    keys: ['Q'],
    when: withDocument,
    run: ({ actions }) => actions.scene()?.turn(-1),
  },
  {
    id: 'view.turnRight',
    title: 'Turn right',
    group: 'View',
    keys: ['E'],
    when: withDocument,
    run: ({ actions }) => actions.scene()?.turn(1),
  },
  {
    id: 'view.plan',
    title: 'Plan view',
    group: 'View',
    keys: ['T'],
    when: withDocument,
    run: ({ actions }) => actions.scene()?.plan(),
  },
  {
    id: 'view.isometric',
    title: 'Isometric view',
    group: 'View',
    keys: ['I'],
    when: withDocument,
    run: ({ actions }) => actions.scene()?.isometric(),
  },
  {
    id: 'view.axonometric',
    title: 'Default view',
    group: 'View',
    keys: ['X'],
    when: withDocument,
    run: ({ actions }) => actions.scene()?.axonometric(),
  },
  {
    id: 'selection.find',
    title: 'Find an object',
    group: 'Selection',
    keys: ['Ctrl+F'],
    when: withDocument,
    run: ({ actions }) => actions.focusSearch(),
  },
  {
    id: 'selection.copy',
    title: 'Copy the selected object’s facts',
    group: 'Selection',
    keys: ['Ctrl+C'],
    when: withSelection,
    run: ({ actions }) => actions.copySelection(),
  },
  {
    id: 'ledger.copyTsv',
    title: 'Copy the ledger for a spreadsheet (TSV)',
    group: 'Selection',
    keys: [],
    when: withDocument,
    run: ({ actions }) => actions.copyLedger('tsv'),
  },
  {
    id: 'ledger.copyMarkdown',
    title: 'Copy the ledger as Markdown',
    group: 'Selection',
    keys: [],
    when: withDocument,
    run: ({ actions }) => actions.copyLedger('markdown'),
  },
  {
    id: 'selection.clear',
    title: 'Clear the selection',
    group: 'Selection',
    keys: ['Escape'],
    when: withSelection,
    run: ({ actions }) => actions.clearSelection(),
  },
  {
    id: 'window.toggleTree',
    title: 'Show or hide the tree',
    group: 'Window',
    keys: ['B'],
    when: always,
    run: ({ actions }) => actions.togglePanel('tree'),
  },
  {
    id: 'window.toggleInspector',
    title: 'Show or hide the inspector',
    group: 'Window',
    keys: ['N'],
    when: always,
    run: ({ actions }) => actions.togglePanel('inspector'),
  },
  {
    id: 'window.toggleLegend',
    title: 'Show or hide the legend',
    group: 'Window',
    keys: ['L'],
    when: always,
    run: ({ actions }) => actions.togglePanel('legend'),
  },
  {
    id: 'window.toggleLedger',
    title: 'Show or hide the ledger',
    group: 'Window',
    keys: ['3'],
    when: withDocument,
    run: ({ actions }) => actions.togglePanel('ledger'),
  },
  {
    id: 'window.nextPane',
    title: 'Go to the next part of the window',
    group: 'Window',
    keys: ['F6'],
    when: withDocument,
    run: ({ actions }) => actions.focusNextPane(),
  },
  {
    id: 'window.diagnostics',
    title: 'Show the notes about this input',
    group: 'Window',
    keys: [],
    when: withDocument,
    run: ({ actions }) => actions.openDialog('diagnostics'),
  },
  {
    id: 'window.toggleWhatIf',
    title: 'Change a copy of the machine (what if)',
    group: 'Window',
    keys: ['4'],
    when: withDocument,
    run: ({ actions }) => actions.toggleWhatIf(),
  },
  {
    id: 'whatIf.undo',
    title: 'Undo the last change of the plan',
    group: 'Document',
    keys: ['Ctrl+Z'],
    when: (state) => state.canUndo,
    run: ({ actions }) => actions.undoEdit(),
  },
  {
    id: 'whatIf.redo',
    title: 'Redo the change of the plan',
    group: 'Document',
    keys: ['Ctrl+Shift+Z'],
    when: (state) => state.canRedo,
    run: ({ actions }) => actions.redoEdit(),
  },
  {
    id: 'whatIf.clear',
    title: 'Drop the plan',
    group: 'Document',
    keys: [],
    when: (state) => state.hasPlan,
    run: ({ actions }) => actions.clearPlan(),
  },
  {
    id: 'window.planner',
    title: 'Plan a layout…',
    group: 'Window',
    keys: ['P'],
    when: always,
    run: ({ actions }) => actions.openDialog('planner'),
  },
  {
    id: 'window.palette',
    title: 'Show all commands',
    group: 'Window',
    keys: ['Ctrl+Shift+P'],
    when: always,
    run: ({ actions }) => actions.openDialog('palette'),
  },
  {
    id: 'window.help',
    title: 'Keyboard shortcuts',
    group: 'Window',
    keys: ['?'],
    when: always,
    run: ({ actions }) => actions.openDialog('help'),
  },
  {
    id: 'theme.system',
    title: 'Theme: as the system',
    group: 'Theme',
    keys: [],
    when: always,
    run: ({ actions }) => actions.setTheme('system'),
  },
  {
    id: 'theme.light',
    title: 'Theme: light',
    group: 'Theme',
    keys: [],
    when: always,
    run: ({ actions }) => actions.setTheme('light'),
  },
  {
    id: 'theme.dark',
    title: 'Theme: dark',
    group: 'Theme',
    keys: [],
    when: always,
    run: ({ actions }) => actions.setTheme('dark'),
  },
]

/** One command for each built-in demo, to stand beside {@link COMMANDS} in the palette and the demos menu. */
export function demoCommands(demos: readonly DemoInfo[]): readonly Command[] {
  return demos.map((demo) => ({
    id: `document.openDemo.${demo.name}`,
    title: `Open demo: ${demo.title}`,
    group: 'Document',
    keys: [],
    when: always,
    run: ({ actions }: CommandContext) => actions.openDemo(demo.name),
  }))
}

export function findCommand(commands: readonly Command[], id: string): Command | undefined {
  return commands.find((command) => command.id === id)
}
