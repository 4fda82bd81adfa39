import type { ExportTheme } from '../document/export-diagram'
import type { Settings } from '../../shared/host'

/** The drawing as commands see it; SceneView.vue exposes these. */
export interface SceneHandle {
  fit(): void
  fitObject(objectId: string): void
  turn(quarters: 1 | -1): void
  plan(): void
  isometric(): void
  axonometric(): void
  /** Above 1 comes nearer. */
  zoomBy(factor: number): void
  focus(): void
}

export type PanelId = 'tree' | 'inspector' | 'legend' | 'ledger'
export type DialogId = 'palette' | 'help' | 'diagnostics' | 'planner'

/** What a command may look at to know whether it makes sense now. */
export interface CommandState {
  readonly hasDocument: boolean
  readonly isLoading: boolean
  readonly hasSelection: boolean
  readonly canUndo: boolean
  readonly canRedo: boolean
  readonly hasPlan: boolean
  readonly canChooseFile: boolean
  readonly canChooseDirectory: boolean
}

/** What a command may do. The window implements it once; tests record it. */
export interface CommandActions {
  chooseFile(): Promise<void>
  chooseDirectory(): Promise<void>
  openDemo(name: string): Promise<void>
  reload(): Promise<void>
  cancelLoad(): void
  exportSvg(theme: ExportTheme): Promise<void>
  exportSpecification(): Promise<void>
  selectedObjectId(): string | undefined
  clearSelection(): void
  copySelection(): Promise<void>
  copyLedger(format: 'tsv' | 'markdown'): Promise<void>
  /** Undefined while no drawing is shown. */
  scene(): SceneHandle | undefined
  togglePanel(panel: PanelId): void
  /** Shows the side panel with changes to the machine, or the facts again. */
  toggleWhatIf(): void
  undoEdit(): void
  redoEdit(): void
  clearPlan(): void
  focusNextPane(): void
  focusSearch(): void
  openDialog(dialog: DialogId): void
  setTheme(theme: Settings['theme']): Promise<void>
}

export interface CommandContext {
  readonly state: CommandState
  readonly actions: CommandActions
}
