import type { DisplayList, Point, Shape } from '../../shared/layout/display-list'
import { canMorph, morphed } from '../../shared/layout/morph'
import { pick } from '../../shared/layout/pick'
import { DEFAULT_VIEW, type View } from '../../shared/layout/projection'
import type { Theme } from '../../shared/layout/theme'
import type { ObjectId } from '../../shared/model/model-object'
import { isNarrow } from './captions'
import { Camera, panned, turnedAbout, wound, zoomed, type ZoomLimits } from './camera'
import { worldSphere } from './camera-matrix'
import { fitRect, screenRect, type Margins } from './fit'
import { FrameScheduler } from './frame-scheduler'
import { standingFor } from './line-segments'
import { Overlay } from './overlay'
import { SceneRenderer } from './scene-renderer'
import {
  screenAtPixel,
  type HoverTarget,
  type PixelPoint,
  type ViewportSize,
  type ViewState,
} from './view-state'

export interface ViewportOptions {
  readonly drawing: HTMLCanvasElement
  readonly text: HTMLCanvasElement
  readonly theme: Theme
  readonly onViewChange: (state: ViewState) => void
}

const TRAVEL_MS = 380
const STEP_MS = 140
/** After so long without a movement the picture rests and labels are placed anew. */
const REST_MS = 120

const PLAN: View = { azimuth: 0, elevation: 90 }
/** All three axes equally foreshortened: the elevation is atan(1/√2). */
const ISOMETRIC: View = { azimuth: 45, elevation: 35.26438968 }

/** Free for storey titles on the left, for labels elsewhere, and for the scale bar below. */
const DRAWING_MARGINS: Margins = { left: 176, right: 84, top: 60, bottom: 72 }
/** The same for a picture in which captions are short. */
const NARROW_MARGINS: Margins = { left: 146, right: 36, top: 60, bottom: 72 }
const OBJECT_MARGINS: Margins = { left: 260, right: 260, top: 160, bottom: 160 }

function quarterOf(azimuth: number): number {
  return Math.round((azimuth - DEFAULT_VIEW.azimuth) / 90)
}

/** The drawing on the screen: camera, picking, highlight, text, and when to draw. */
export class Viewport {
  readonly #camera = new Camera()
  readonly #scheduler: FrameScheduler
  readonly #renderer: SceneRenderer
  readonly #overlay: Overlay
  readonly #options: ViewportOptions
  #list: DisplayList | undefined
  #theme: Theme
  #size: ViewportSize = { width: 1, height: 1 }
  #pixelRatio = 1
  #limits: ZoomLimits = { smallest: 1e-6, largest: 1e6 }
  #isFitted = true
  #isStill = false
  #selectedId: ObjectId | undefined
  #hoveredId: ObjectId | undefined
  #restTimer: ReturnType<typeof setTimeout> | undefined
  #reported: ViewState | undefined
  /** A drawing that turns into the one that is shown, and since when. */
  #morph: { readonly from: DisplayList; readonly startMs: number } | undefined

  /** Throws when the browser gives no WebGL2. */
  constructor(options: ViewportOptions) {
    this.#options = options
    this.#theme = options.theme
    this.#renderer = new SceneRenderer(options.drawing, options.theme)
    this.#overlay = new Overlay(options.text)
    this.#scheduler = new FrameScheduler((timeMs) => this.#draw(timeMs))
  }

  setList(list: DisplayList): void {
    const before = this.#list
    const turnsInto = before !== undefined && canMorph(before, list)
    this.#morph =
      turnsInto && !this.#isStill ? { from: before, startMs: performance.now() } : undefined
    this.#list = list
    this.#renderer.setList(this.#morph === undefined ? list : morphed(this.#morph.from, list, 0))
    this.#overlay.forgetLabels()
    this.#updateHighlight()
    const isSamePlan =
      before?.plan.squareBytes === list.plan.squareBytes &&
      JSON.stringify(before.bounds) === JSON.stringify(list.bounds)
    this.#updateLimits()
    if (!isSamePlan && turnsInto) {
      if (this.#isFitted) this.#travelFitted(this.#camera.target)
    } else if (!isSamePlan) {
      this.#isFitted = true
      const fitted = this.#fitted(DEFAULT_VIEW)
      if (fitted !== undefined) this.#camera.jump(fitted)
    }
    this.requestFrame()
  }

  setTheme(theme: Theme): void {
    this.#theme = theme
    this.#renderer.setTheme(theme)
    this.requestFrame()
  }

  /** With reduced motion the camera jumps. */
  setReducedMotion(isReduced: boolean): void {
    this.#isStill = isReduced
  }

  setHighlight(selectedId: ObjectId | undefined, hoveredId: ObjectId | undefined): void {
    if (selectedId === this.#selectedId && hoveredId === this.#hoveredId) return
    this.#selectedId = selectedId
    this.#hoveredId = hoveredId
    this.#updateHighlight()
    this.requestFrame()
  }

  setSize(size: ViewportSize, pixelRatio: number): void {
    if (size.width < 1 || size.height < 1) return
    this.#size = size
    this.#pixelRatio = pixelRatio
    this.#renderer.setSize(size, pixelRatio)
    this.#updateLimits()
    const fitted = this.#isFitted ? this.#fitted(this.#camera.target) : undefined
    if (fitted !== undefined) this.#camera.jump(fitted)
    // A resized canvas is empty: draw before the browser shows it.
    this.#draw(performance.now())
  }

  /** Texts are measured again, for fonts that have just arrived. */
  fontsChanged(): void {
    this.#overlay.forgetWidths()
    this.requestFrame()
  }

  /** The graphics context is back; three uploads geometry again by itself, but forgets the colour of the paper. */
  contextRestored(): void {
    this.setTheme(this.#theme)
  }

  requestFrame(): void {
    this.#scheduler.request()
  }

  fit(): void {
    this.#travelFitted(this.#camera.target)
  }

  /** Fits all shapes of an object, or of one storey only. Does nothing when it has none. */
  fitObject(id: ObjectId, storey?: Shape['storey']): void {
    const shapes = this.#shapesOf(id).filter((shape) => (storey ?? shape.storey) === shape.storey)
    const view = this.#camera.target
    const rect = screenRect(shapes, view)
    if (rect === undefined) return
    this.#isFitted = false
    this.#travel(fitRect(rect, view, this.#fitOptions(OBJECT_MARGINS)), TRAVEL_MS)
  }

  turn(quarter: 1 | -1): void {
    const { azimuth, elevation } = this.#camera.target
    this.#travelTo({ azimuth: azimuth + 90 * quarter, elevation })
  }

  plan(): void {
    this.#travelToNamed(PLAN)
  }

  isometric(): void {
    this.#travelToNamed(ISOMETRIC)
  }

  /** The default view, by the shorter way around: after any number of turns this leads home. */
  axonometric(): void {
    const rounds = Math.round((this.#camera.target.azimuth - DEFAULT_VIEW.azimuth) / 360)
    this.#travelTo({ ...DEFAULT_VIEW, azimuth: DEFAULT_VIEW.azimuth + 360 * rounds })
  }

  /** Zooms about a pixel, by default the middle. Steps are shown as a short movement, fine ones follow at once. */
  zoomBy(factor: number, options: { readonly at?: PixelPoint; readonly isFine?: boolean } = {}) {
    const middle = { x: this.#size.width / 2, y: this.#size.height / 2 }
    const to = zoomed(this.#camera.target, factor, {
      at: options.at ?? middle,
      size: this.#size,
      limits: this.#limits,
    })
    this.#isFitted = false
    if (options.isFine === true) this.#follow(to)
    else this.#travel(to, STEP_MS)
  }

  /** Moves the drawing by so many CSS pixels: at once under a hand, as a short movement for a key. */
  pan(dx: number, dy: number, options: { readonly isFine?: boolean } = {}): void {
    const within = this.#list && screenRect(this.#list.shapes, this.#camera.target)
    if (within === undefined) return
    const to = panned(this.#camera.target, dx, dy, { within })
    this.#isFitted = false
    if (options.isFine === true) this.#follow(to)
    else this.#travel(to, STEP_MS)
  }

  /** The shape that is seen at a pixel. */
  shapeAt(at: PixelPoint): Shape | undefined {
    const { state } = this.#camera
    return this.#list && pick(this.#list, screenAtPixel(at, state, this.#size), state)
  }

  hoverTargetAt(at: PixelPoint): HoverTarget | undefined {
    const shape = this.shapeAt(at)
    return shape && { objectId: shape.objectId, title: shape.title, x: at.x, y: at.y }
  }

  dispose(): void {
    clearTimeout(this.#restTimer)
    this.#scheduler.dispose()
    this.#renderer.dispose()
  }

  #draw(timeMs: number): boolean {
    const list = this.#list
    if (list === undefined) return false
    const isMoving = [this.#camera.advance(timeMs), this.#advanceMorph(timeMs)].includes(true)
    const { state } = this.#camera
    this.#renderer.render(state)
    this.#overlay.draw({
      list,
      state,
      size: this.#size,
      pixelRatio: this.#pixelRatio,
      theme: this.#theme,
      selectedId: this.#selectedId,
      hoveredId: this.#hoveredId,
      isMoving: isMoving || this.#restTimer !== undefined,
    })
    this.#report(state)
    return isMoving
  }

  /** One more step of a drawing that turns into another; true while it has not arrived. */
  #advanceMorph(timeMs: number): boolean {
    const list = this.#list
    if (this.#morph === undefined || list === undefined) return false
    const part = Math.min(1, Math.max(0, timeMs - this.#morph.startMs) / TRAVEL_MS)
    // Slow at both ends, like the camera.
    this.#renderer.setList(morphed(this.#morph.from, list, part * part * (3 - 2 * part)))
    this.#updateHighlight()
    if (part === 1) this.#morph = undefined
    return part < 1
  }

  /** What a test may look at: attributes only. */
  #report(state: ViewState): void {
    const { dataset } = this.#options.drawing
    dataset['frames'] = String(this.#scheduler.frames)
    dataset['drawCalls'] = String(this.#renderer.drawCalls)
    if (state === this.#reported) return
    this.#reported = state
    const { azimuth, elevation, centerU, centerV, pixelsPerUnit } = state
    dataset['view'] = [azimuth, elevation, centerU, centerV, pixelsPerUnit].join(' ')
    this.#options.onViewChange(state)
  }

  #shapesOf(id: ObjectId | undefined): readonly Shape[] {
    if (id === undefined || this.#list === undefined) return []
    return standingFor(this.#list.shapes.filter((shape) => shape.objectId === id))
  }

  #updateHighlight(): void {
    const hoveredId = this.#hoveredId === this.#selectedId ? undefined : this.#hoveredId
    this.#renderer.setHighlight(this.#shapesOf(this.#selectedId), this.#shapesOf(hoveredId))
  }

  #updateLimits(): void {
    const fitted = this.#fitted(DEFAULT_VIEW)
    if (fitted === undefined || this.#list === undefined) return
    const { radius } = worldSphere(this.#list.bounds)
    const smallest = fitted.pixelsPerUnit * 0.4
    // Beyond this a pixel is too small a part of the world for the GPU's 32-bit numbers.
    const largest = Math.max(fitted.pixelsPerUnit * 4, 4e5 / radius)
    this.#limits = { smallest, largest }
    this.#camera.setLimits(this.#limits)
  }

  #fitOptions(margins: Margins) {
    return { size: this.#size, margins, largestPixelsPerUnit: this.#limits.largest }
  }

  #fitted(view: View): ViewState | undefined {
    // 385° and 25° differ in the last bits of the sine; the same view must give the same picture.
    const same = wound(view)
    const rect = this.#list && screenRect(this.#list.shapes, same)
    if (rect === undefined) return undefined
    const margins = isNarrow(this.#size) ? NARROW_MARGINS : DRAWING_MARGINS
    const state = fitRect(rect, same, { size: this.#size, margins })
    return { ...state, azimuth: view.azimuth }
  }

  #travelToNamed(view: View): void {
    const quarter = quarterOf(this.#camera.target.azimuth)
    this.#travelTo({ azimuth: view.azimuth + 90 * quarter, elevation: view.elevation })
  }

  #travelTo(view: View): void {
    if (this.#isFitted) this.#travelFitted(view)
    else this.#travel(turnedAbout(this.#camera.target, this.#pivot(), view), TRAVEL_MS)
  }

  #travelFitted(view: View): void {
    const fitted = this.#fitted(view)
    if (fitted === undefined) return
    this.#isFitted = true
    this.#travel(fitted, TRAVEL_MS)
  }

  /** The point that stays while the view turns: what the eye is on. */
  #pivot(): Point {
    const { target } = this.#camera
    const list = this.#list
    if (list === undefined) return { x: 0, y: 0, z: 0 }
    const { origin } = worldSphere(list.bounds)
    if (this.#isFitted) return origin
    const seen = pick(list, { u: target.centerU, v: target.centerV }, target)
    return seen === undefined ? origin : middleOf(seen)
  }

  #travel(to: ViewState, durationMs: number): void {
    this.#stopResting()
    this.#camera.travel(to, this.#pivot(), {
      nowMs: performance.now(),
      durationMs: this.#isStill ? 0 : durationMs,
    })
    this.requestFrame()
  }

  #follow(to: ViewState): void {
    this.#stopResting()
    this.#camera.jump(to)
    this.#restTimer = setTimeout(() => {
      this.#restTimer = undefined
      this.requestFrame()
    }, REST_MS)
    this.requestFrame()
  }

  #stopResting(): void {
    clearTimeout(this.#restTimer)
    this.#restTimer = undefined
  }
}

function middleOf(shape: Shape): Point {
  if (shape.kind === 'path') return shape.points[0] ?? { x: 0, y: 0, z: 0 }
  return { x: (shape.x0 + shape.x1) / 2, y: (shape.y0 + shape.y1) / 2, z: shape.z1 }
}
