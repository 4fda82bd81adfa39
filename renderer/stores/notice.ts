import { defineStore } from 'pinia'
import { ref } from 'vue'

/** Short messages: the last one stands in the status line, and each is read to users of a screen reader. */
export const useNoticeStore = defineStore('notice', () => {
  /** Shown in the status line until the next one. */
  const text = ref('')
  /** Read aloud, not shown. */
  const announcement = ref('')

  function say(message: string): void {
    text.value = message
    announcement.value = message
  }

  function announce(message: string): void {
    announcement.value = message
  }

  return { text, announcement, say, announce }
})
