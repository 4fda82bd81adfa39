import { defineStore } from 'pinia'
import { reactive, ref } from 'vue'
import type { DialogId, PanelId } from '../app/command-context'

const MIN_WIDTH_REM = 14
const MAX_WIDTH_REM = 45

/** Which parts of the window are open, and how wide they are in rem, so that they grow with the text. */
export const usePanelStore = defineStore('panels', () => {
  const isOpen = reactive<Record<PanelId, boolean>>({ tree: true, inspector: true, legend: true })
  const width = reactive<Record<'tree' | 'inspector', number>>({ tree: 20, inspector: 21 })
  const dialog = ref<DialogId>()

  function toggle(panel: PanelId): void {
    isOpen[panel] = !isOpen[panel]
  }

  function resize(panel: 'tree' | 'inspector', widthRem: number): void {
    width[panel] = Math.min(MAX_WIDTH_REM, Math.max(MIN_WIDTH_REM, widthRem))
  }

  /** Gives both panels their share of a window that is `windowRem` wide, leaving most of it to the drawing. */
  function fitWindow(windowRem: number): void {
    resize('tree', Math.min(22, windowRem * 0.245))
    resize('inspector', Math.min(21, windowRem * 0.26))
  }

  return {
    isOpen,
    width,
    dialog,
    toggle,
    resize,
    fitWindow,
    minWidth: MIN_WIDTH_REM,
    maxWidth: MAX_WIDTH_REM,
  }
})
