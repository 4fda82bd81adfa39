import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Host, HostError, OpenTarget } from '../../shared/host'
import type { LoadProgress } from '../../shared/readers/source-tree'
import { describeFailure } from '../document/failure'
import { prepareDocument, type OpenDocument } from '../document/open-document'

export type LoadState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'loading'; readonly name: string; readonly progress?: LoadProgress }
  | {
      readonly kind: 'failed'
      readonly name: string
      readonly target: OpenTarget
      readonly error: HostError
    }

/** The open document and the load that may replace it. A failed or cancelled load leaves the document as it is. */
export const useDocumentStore = defineStore('document', () => {
  const held = shallowRef<OpenDocument>()
  const planned = shallowRef<OpenDocument>()
  const load = ref<LoadState>({ kind: 'idle' })
  /** How many documents have been shown so far; changes with every successful load. */
  const revision = ref(0)
  let current: AbortController | undefined

  /** Loads a target, giving up a load that still runs; resolves to true once the new document is shown. */
  async function open(host: Host, target: OpenTarget, name: string): Promise<boolean> {
    current?.abort()
    const own = new AbortController()
    current = own
    const isCurrent = () => current === own && !own.signal.aborted
    load.value = { kind: 'loading', name }
    try {
      const loaded = await host.load(target, {
        signal: own.signal,
        report: (progress) => {
          if (isCurrent()) load.value = { kind: 'loading', name, progress }
        },
      })
      if (!isCurrent()) return false
      if (loaded !== undefined) {
        held.value = prepareDocument(loaded)
        planned.value = undefined
        revision.value += 1
      }
      load.value = { kind: 'idle' }
      return loaded !== undefined
    } catch (thrown) {
      if (!isCurrent()) return false
      const error = describeFailure(thrown)
      load.value =
        error.kind === 'cancelled' ? { kind: 'idle' } : { kind: 'failed', name, target, error }
      return false
    } finally {
      if (current === own) current = undefined
    }
  }

  function cancel(): void {
    if (current === undefined) return
    current.abort()
    current = undefined
    load.value = { kind: 'idle' }
  }

  /** Shows the machine as planned in place of the machine as it is, or the latter again. */
  function showPlan(plan: OpenDocument | undefined): void {
    planned.value = plan
  }

  function dismissFailure(): void {
    if (load.value.kind === 'failed') load.value = { kind: 'idle' }
  }

  return {
    /** A getter, so that Pinia holds no topology and no display list. */
    document: computed(() => planned.value ?? held.value),
    /** The machine as it was opened. */
    base: computed(() => held.value),
    /** The same while a plan is shown, for comparison. */
    baseline: computed(() => (planned.value === undefined ? undefined : held.value)),
    load,
    revision,
    open,
    cancel,
    showPlan,
    dismissFailure,
  }
})
