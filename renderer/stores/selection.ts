import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { ObjectId } from '../../shared/model/model-object'

/** Which object is selected and which is pointed at; tree, inspector and drawing share it. */
export const useSelectionStore = defineStore('selection', () => {
  const selectedId = ref<ObjectId>()
  const hoveredId = ref<ObjectId>()

  function select(objectId: ObjectId | undefined): void {
    selectedId.value = objectId
  }

  function hover(objectId: ObjectId | undefined): void {
    hoveredId.value = objectId
  }

  /** Forgets objects that a new document does not have. */
  function keepOnly(isPresent: (objectId: ObjectId) => boolean): void {
    if (selectedId.value !== undefined && !isPresent(selectedId.value)) selectedId.value = undefined
    hoveredId.value = undefined
  }

  return { selectedId, hoveredId, select, hover, keepOnly }
})
