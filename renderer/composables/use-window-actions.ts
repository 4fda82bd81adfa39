import { storeToRefs } from 'pinia'
import { computed, reactive, type Ref } from 'vue'
import type { CommandActions, CommandContext, SceneHandle } from '../app/command-context'
import {
  exportDiagram,
  exportSpecification,
  type ExportedFile,
  type ExportTheme,
} from '../document/export-diagram'
import { factsAsText, inspect } from '../inspector/inspect'
import { ledgerOf } from '../../shared/ledger/ledger'
import { ledgerMarkdown, ledgerTsv } from '../../shared/ledger/ledger-text'
import type { Host, OpenTarget } from '../../shared/host'
import { useDocumentStore } from '../stores/document'
import { useLedgerStore } from '../stores/ledger'
import { useNoticeStore } from '../stores/notice'
import { usePanelStore } from '../stores/panels'
import { useSelectionStore } from '../stores/selection'
import { useWhatIfStore } from '../stores/what-if'
import { useSettingsStore } from '../stores/settings'
import { focusNextPane } from './use-panes'

export interface WindowParts {
  readonly host: Host
  readonly scene: Readonly<Ref<SceneHandle | null>>
  readonly focusSearch: () => void
}

export interface WindowActions {
  readonly context: CommandContext
  /** Loads a target under a name for the progress text. */
  readonly open: (target: OpenTarget, name: string) => Promise<void>
}

/** What the commands do in this window. */
export function useWindowActions({ host, scene, focusSearch }: WindowParts): WindowActions {
  const documents = useDocumentStore()
  const selection = useSelectionStore()
  const panels = usePanelStore()
  const settings = useSettingsStore()
  const notice = useNoticeStore()
  const ledgerView = useLedgerStore()
  const plan = useWhatIfStore()
  const { document: openDocument, load } = storeToRefs(documents)

  async function open(target: OpenTarget, name: string): Promise<void> {
    if (!(await documents.open(host, target, name))) return
    const shown = openDocument.value
    if (shown === undefined) return
    selection.keepOnly((objectId) => shown.objects.has(objectId))
    notice.say(`Opened ${shown.topology.input.name}`)
  }

  async function openChosen(choose: (() => Promise<OpenTarget | undefined>) | undefined) {
    const target = await choose?.call(host)
    if (target !== undefined) await open(target, targetName(target))
  }

  async function exportSvg(theme: ExportTheme): Promise<void> {
    if (openDocument.value !== undefined) await save(exportDiagram(openDocument.value, theme))
  }

  async function save({ name, bytes, mediaType }: ExportedFile): Promise<void> {
    if (await host.save(name, bytes, mediaType)) notice.say(`Saved ${name}`)
  }

  async function copySelection(): Promise<void> {
    const objectId = selection.selectedId
    if (openDocument.value === undefined || objectId === undefined) return
    const model = inspect(openDocument.value, objectId)
    if (model === undefined) return
    await navigator.clipboard.writeText(factsAsText(model))
    notice.say(`Copied the facts of ${objectId}`)
  }

  async function copyLedger(format: 'tsv' | 'markdown'): Promise<void> {
    if (openDocument.value === undefined) return
    const ledger = ledgerOf(openDocument.value, ledgerView.grouping, documents.baseline)
    const write = format === 'tsv' ? ledgerTsv : ledgerMarkdown
    await navigator.clipboard.writeText(write(ledger, ledgerView.order))
    notice.say(`Copied the ledger ${format === 'tsv' ? 'for a spreadsheet' : 'as Markdown'}`)
  }

  const actions: CommandActions = {
    chooseFile: () => openChosen(host.chooseFile),
    chooseDirectory: () => openChosen(host.chooseDirectory),
    openDemo: (name) => open({ kind: 'demo', name }, `demo:${name}`),
    async reload() {
      const shown = openDocument.value
      if (shown === undefined) return
      await open({ kind: 'token', token: shown.token }, shown.topology.input.name)
    },
    cancelLoad() {
      documents.cancel()
      notice.say('Loading was cancelled')
    },
    exportSvg,
    async exportSpecification() {
      if (openDocument.value !== undefined) await save(exportSpecification(openDocument.value))
    },
    selectedObjectId: () => selection.selectedId,
    clearSelection: () => selection.select(undefined),
    copySelection,
    copyLedger,
    scene: () => scene.value ?? undefined,
    togglePanel: (panel) => panels.toggle(panel),
    toggleWhatIf() {
      const isShown = panels.isOpen.inspector && panels.side === 'what-if'
      panels.side = isShown ? 'facts' : 'what-if'
      panels.isOpen.inspector = true
    },
    undoEdit: () => plan.undo(),
    redoEdit: () => plan.redo(),
    clearPlan: () => plan.clear(),
    focusNextPane: () => focusNextPane(window.document, window.document.activeElement),
    focusSearch,
    openDialog(dialog) {
      panels.dialog = dialog
    },
    setTheme: (theme) => settings.setTheme(host, theme),
  }

  const state = reactive({
    hasDocument: computed(() => openDocument.value !== undefined),
    isLoading: computed(() => load.value.kind === 'loading'),
    canUndo: computed(() => plan.canUndo),
    canRedo: computed(() => plan.canRedo),
    hasPlan: computed(() => plan.edits.length > 0),
    hasSelection: computed(() => selection.selectedId !== undefined),
    canChooseFile: host.chooseFile !== undefined,
    canChooseDirectory: host.chooseDirectory !== undefined,
  })

  return { context: { state, actions }, open }
}

/** What to call a target while it loads. */
export function targetName(target: OpenTarget): string {
  switch (target.kind) {
    case 'demo':
      return `demo:${target.name}`
    case 'file':
      return target.file.name
    case 'initial':
    case 'token':
      return 'the snapshot'
  }
}
