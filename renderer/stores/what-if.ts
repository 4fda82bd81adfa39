import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import type { PlanEdit } from '../../shared/plan/what-if/edit'
import { editSubject } from '../../shared/plan/what-if/edit-words'
import { whatIf } from '../../shared/plan/what-if/what-if'
import { prepareDocument, type OpenDocument } from '../document/open-document'
import { useDocumentStore } from './document'

interface History {
  /** Every list of edits since the document was opened, from none on. */
  readonly steps: readonly (readonly PlanEdit[])[]
  readonly at: number
}

const NOTHING: History = { steps: [[]], at: 0 }

/** The drawing, and every picture made of it, says that nobody has this machine. */
function asPlan(document: OpenDocument): OpenDocument {
  const { list } = document
  return Object.freeze({ ...document, list: { ...list, title: `${list.title}, planned` } })
}

/** What would be different of the open machine: a list of edits with undo and redo. The document itself never changes. */
export const useWhatIfStore = defineStore('what-if', () => {
  const documents = useDocumentStore()
  const history = shallowRef(NOTHING)
  /** True while the machine is shown as it is although there are edits. */
  const isBaselineShown = shallowRef(false)

  const edits = computed(() => history.value.steps[history.value.at] ?? [])
  const outcome = computed(() => {
    const base = documents.base
    return base === undefined || edits.value.length === 0
      ? undefined
      : whatIf(base.topology, edits.value)
  })

  function step(next: readonly PlanEdit[]): void {
    const { steps, at } = history.value
    history.value = { steps: [...steps.slice(0, at + 1), next], at: at + 1 }
    isBaselineShown.value = false
  }

  /** Adds an edit; it replaces an earlier one of the same subject. */
  function apply(edit: PlanEdit): void {
    const subject = editSubject(edit)
    const others = edits.value.filter(
      (item) => subject === undefined || editSubject(item) !== subject,
    )
    step([...others, edit])
  }

  function remove(index: number): void {
    step(edits.value.filter((_, place) => place !== index))
  }

  function move(by: 1 | -1): void {
    const { steps, at } = history.value
    const next = at + by
    if (steps[next] !== undefined) history.value = { steps, at: next }
  }

  watch(
    () => documents.revision,
    () => {
      history.value = NOTHING
      isBaselineShown.value = false
    },
  )
  watch([outcome, isBaselineShown], ([plan, isHidden]) => {
    const base = documents.base
    documents.showPlan(
      plan === undefined || isHidden || base === undefined
        ? undefined
        : asPlan(prepareDocument({ token: base.token, topology: plan.topology })),
    )
  })

  return {
    edits,
    outcome,
    isBaselineShown,
    canUndo: computed(() => history.value.at > 0),
    canRedo: computed(() => history.value.at < history.value.steps.length - 1),
    apply,
    remove,
    undo: () => move(-1),
    redo: () => move(1),
    clear: () => {
      if (edits.value.length > 0) step([])
    },
  }
})
