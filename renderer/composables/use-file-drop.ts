import { onScopeDispose, ref, type Ref } from 'vue'

/** Takes files dropped anywhere on the window. Browsers tell how many files are dragged, but no names before the drop. */
export function useFileDrop(open: (file: File) => void): {
  /** Number of files that are dragged over the window; 0 when none are. */
  readonly draggedFiles: Readonly<Ref<number>>
} {
  const draggedFiles = ref(0)
  // Enter and leave come for every element passed: only their balance tells whether the pointer is inside.
  let depth = 0

  const end = () => {
    depth = 0
    draggedFiles.value = 0
  }
  const listeners = {
    dragenter(event: DragEvent) {
      const files = [...(event.dataTransfer?.items ?? [])].filter((item) => item.kind === 'file')
      if (files.length === 0) return
      event.preventDefault()
      depth += 1
      draggedFiles.value = files.length
    },
    dragover(event: DragEvent) {
      if (draggedFiles.value > 0) event.preventDefault()
    },
    dragleave() {
      depth -= 1
      if (depth <= 0) end()
    },
    drop(event: DragEvent) {
      event.preventDefault()
      const file = event.dataTransfer?.files[0]
      end()
      if (file !== undefined) open(file)
    },
  }
  for (const [type, listener] of Object.entries(listeners)) {
    window.addEventListener(type, listener as EventListener)
  }
  onScopeDispose(() => {
    for (const [type, listener] of Object.entries(listeners)) {
      window.removeEventListener(type, listener as EventListener)
    }
  })
  return { draggedFiles }
}
