import { defineStore } from 'pinia'
import { reactive, ref } from 'vue'
import type { DialogId, PanelId } from '../app/command-context'

const MIN_WIDTH = 200
const MAX_WIDTH = 720

/** Which parts of the window are open, and how wide they are in CSS pixels. */
export const usePanelStore = defineStore('panels', () => {
  const isOpen = reactive<Record<PanelId, boolean>>({ tree: true, inspector: true, legend: true })
  const width = reactive<Record<'tree' | 'inspector', number>>({ tree: 300, inspector: 340 })
  const dialog = ref<DialogId>()

  function toggle(panel: PanelId): void {
    isOpen[panel] = !isOpen[panel]
  }

  function resize(panel: 'tree' | 'inspector', widthPixels: number): void {
    width[panel] = Math.round(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, widthPixels)))
  }

  return { isOpen, width, dialog, toggle, resize, minWidth: MIN_WIDTH, maxWidth: MAX_WIDTH }
})
