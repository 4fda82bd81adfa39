import { defineStore } from 'pinia'
import { reactive, ref } from 'vue'
import type { DialogId, PanelId } from '../app/command-context'

const LEAST_REM = 10
const MOST_REM = 45

type SizedPanel = 'tree' | 'inspector' | 'ledger'

/** Which parts of the window are open, and how wide or high they are in rem, so that they grow with the text. */
export const usePanelStore = defineStore('panels', () => {
  const isOpen = reactive<Record<PanelId, boolean>>({
    tree: true,
    inspector: true,
    legend: true,
    ledger: false,
  })
  const extent = reactive<Record<SizedPanel, number>>({ tree: 20, inspector: 21, ledger: 15 })
  /** What the panel at the right shows. */
  const side = ref<'facts' | 'what-if'>('facts')
  const dialog = ref<DialogId>()

  function toggle(panel: PanelId): void {
    isOpen[panel] = !isOpen[panel]
  }

  function resize(panel: SizedPanel, extentRem: number): void {
    extent[panel] = Math.min(MOST_REM, Math.max(LEAST_REM, extentRem))
  }

  /** Gives both panels their share of a window that is `windowRem` wide, leaving most of it to the drawing. */
  function fitWindow(windowRem: number): void {
    resize('tree', Math.max(14, Math.min(22, windowRem * 0.245)))
    resize('inspector', Math.max(14, Math.min(21, windowRem * 0.26)))
  }

  return {
    isOpen,
    extent,
    side,
    dialog,
    toggle,
    resize,
    fitWindow,
    least: LEAST_REM,
    most: MOST_REM,
  }
})
