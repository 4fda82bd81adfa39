import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { LedgerGrouping } from '../../shared/ledger/ledger'
import type { LedgerOrder } from '../../shared/ledger/ledger-text'

/** How the ledger is grouped and sorted; it stays so when another document opens. */
export const useLedgerStore = defineStore('ledger', () => {
  const grouping = ref<LedgerGrouping>('node')
  const order = ref<LedgerOrder>({ columnId: 'range', isDescending: false })

  /** Sorts by a column: numbers largest first, words from A, and the other way round the second time. */
  function sortBy(columnId: string, isNumber: boolean): void {
    const isSame = order.value.columnId === columnId
    order.value = { columnId, isDescending: isSame ? !order.value.isDescending : isNumber }
  }

  return { grouping, order, sortBy }
})
