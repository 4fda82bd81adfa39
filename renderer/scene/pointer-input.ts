import type { PixelPoint } from './view-state'

/** What a hand on mouse, pen, finger or trackpad asks for; all places and distances in CSS pixels. */
export interface PointerActions {
  pan(dx: number, dy: number): void
  /** `isCoarse` for a wheel that clicks: such steps are shown as a short movement. */
  zoom(factor: number, at: PixelPoint, isCoarse: boolean): void
  click(at: PixelPoint): void
  doubleClick(at: PixelPoint): void
  hover(at: PixelPoint | undefined): void
}

/** Press and release within so many pixels is a click, more is a drag. */
const CLICK_SLOP_PX = 4
const LINE_PX = 16
const PAGE_PX = 400
const COARSE_STEP_PX = 50

const CURSOR_DRAG = 'grabbing'

/** Zoom factor and kind of a wheel event: lines and pages count as pixels, a pinch (Ctrl) is finer and so is counted more. */
export function wheelZoom(event: {
  readonly deltaY: number
  readonly deltaMode: number
  readonly ctrlKey: boolean
}): { readonly factor: number; readonly isCoarse: boolean } {
  const unit = event.deltaMode === 1 ? LINE_PX : event.deltaMode === 2 ? PAGE_PX : 1
  const delta = event.deltaY * unit
  const limited = Math.max(-240, Math.min(240, delta))
  const isCoarse = Math.abs(delta) >= COARSE_STEP_PX
  // Chromium reports a pinch as wheel events with Ctrl and small deltas.
  const rate = event.ctrlKey && !isCoarse ? 0.01 : 0.0022
  return { factor: Math.exp(-limited * rate), isCoarse }
}

/** Listens on an element until the returned function is called. */
export function listenToPointer(element: HTMLElement, actions: PointerActions): () => void {
  const stop = new AbortController()
  const { signal } = stop
  const held = new Map<number, PixelPoint>()
  let pressed: PixelPoint | undefined
  let isDrag = false

  const place = (event: MouseEvent): PixelPoint => {
    const box = element.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }
  const spread = () => {
    const [a, b] = [...held.values()]
    return a && b
      ? { distance: Math.hypot(a.x - b.x, a.y - b.y), x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
      : undefined
  }
  const release = (event: PointerEvent) => {
    held.delete(event.pointerId)
    if (held.size === 0) element.style.cursor = ''
  }

  element.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button > 1) return
      const at = place(event)
      held.set(event.pointerId, at)
      pressed = held.size === 1 && event.button === 0 ? at : undefined
      isDrag = false
      element.setPointerCapture(event.pointerId)
    },
    { signal },
  )
  element.addEventListener(
    'pointermove',
    (event) => {
      const at = place(event)
      const last = held.get(event.pointerId)
      if (last === undefined) {
        if (event.pointerType !== 'touch') actions.hover(at)
        return
      }
      if (!isDrag && pressed && Math.hypot(at.x - pressed.x, at.y - pressed.y) <= CLICK_SLOP_PX) {
        return
      }
      if (!isDrag) actions.hover(undefined)
      isDrag = true
      element.style.cursor = CURSOR_DRAG
      const before = spread()
      held.set(event.pointerId, at)
      const after = spread()
      if (before !== undefined && after !== undefined) {
        actions.pan(after.x - before.x, after.y - before.y)
        if (before.distance > 0) actions.zoom(after.distance / before.distance, after, false)
        return
      }
      actions.pan(at.x - last.x, at.y - last.y)
    },
    { signal },
  )
  element.addEventListener(
    'pointerup',
    (event) => {
      const wasClick = held.has(event.pointerId) && !isDrag && pressed !== undefined
      release(event)
      if (wasClick) actions.click(place(event))
    },
    { signal },
  )
  element.addEventListener('pointercancel', release, { signal })
  element.addEventListener('pointerleave', () => actions.hover(undefined), { signal })
  element.addEventListener('dblclick', (event) => actions.doubleClick(place(event)), { signal })
  element.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault()
      const { factor, isCoarse } = wheelZoom(event)
      actions.zoom(factor, place(event), isCoarse)
    },
    { signal, passive: false },
  )
  return () => stop.abort()
}
