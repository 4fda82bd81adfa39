import { watch } from 'vue'
import { kindTitle, objectDetail, objectName } from '../document/object-words'
import { useDocumentStore } from '../stores/document'
import { useNoticeStore } from '../stores/notice'
import { useSelectionStore } from '../stores/selection'

/** Tells users of a screen reader what was selected and how a load goes. Errors speak for themselves (role=alert). */
export function useNarration(): void {
  const documents = useDocumentStore()
  const selection = useSelectionStore()
  const notice = useNoticeStore()

  watch(
    () => selection.selectedId,
    (objectId) => {
      if (objectId === undefined) return notice.announce('Nothing selected')
      const entry = documents.document?.objects.get(objectId)
      if (entry === undefined) return
      const parts = [objectName(entry), kindTitle(entry.kind), objectDetail(entry)]
      notice.announce(`Selected ${parts.filter((part) => part !== undefined).join(', ')}`)
    },
  )

  watch(
    () => (documents.load.kind === 'loading' ? documents.load.name : undefined),
    (name) => {
      if (name !== undefined) notice.announce(`Loading ${name}`)
    },
  )
}
