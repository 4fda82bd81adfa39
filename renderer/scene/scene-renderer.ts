import {
  Camera as ThreeCamera,
  Color,
  LinearSRGBColorSpace,
  Mesh,
  Scene,
  WebGLRenderer,
  type BufferGeometry,
  type RawShaderMaterial,
} from 'three'
import type { Bounds, DisplayList, Point, Shape } from '../../shared/layout/display-list'
import type { Theme } from '../../shared/layout/theme'
import { boxGeometry } from './box-geometry'
import { projectionMatrix, viewMatrix, visibleFaceBits, worldSphere } from './camera-matrix'
import { lineGeometry } from './line-geometry'
import { isRibbon, lineSegments, type LineSegment } from './line-segments'
import {
  boxMaterial,
  lineMaterial,
  lineUniforms,
  type LineMaterialOptions,
  type LineUniforms,
} from './materials'
import { Palette, srgbChannels } from './palette'
import type { ViewportSize, ViewState } from './view-state'

const EMPTY_BOUNDS: Bounds = { min: { x: 0, y: 0, z: 0 }, max: { x: 1, y: 1, z: 1 } }

/** Draws a display list with WebGL in six calls: boxes, lines, floors, ribbons, and the highlight twice. */
export class SceneRenderer {
  readonly #renderer: WebGLRenderer
  readonly #scene = new Scene()
  readonly #camera = new ThreeCamera()
  readonly #palette: Palette
  readonly #uniforms: LineUniforms
  readonly #floors: Mesh<BufferGeometry, RawShaderMaterial>
  readonly #boxes: Mesh<BufferGeometry, RawShaderMaterial>
  readonly #lines: Mesh<BufferGeometry, RawShaderMaterial>
  readonly #ribbons: Mesh<BufferGeometry, RawShaderMaterial>
  readonly #shadow: Mesh<BufferGeometry, RawShaderMaterial>
  readonly #highlight: Mesh<BufferGeometry, RawShaderMaterial>
  readonly #meshes: readonly Mesh<BufferGeometry, RawShaderMaterial>[]
  #origin: Point
  #radius: number
  #size: ViewportSize = { width: 1, height: 1 }
  #pixelRatio = 1

  /** Throws when the canvas gives no WebGL2. */
  constructor(canvas: HTMLCanvasElement, theme: Theme) {
    this.#renderer = new WebGLRenderer({ canvas, antialias: true, alpha: false })
    // The palette's sRGB goes to the screen untouched: three must convert nothing.
    this.#renderer.outputColorSpace = LinearSRGBColorSpace
    this.#palette = new Palette(theme)
    this.#uniforms = lineUniforms(this.#palette.lines)
    const sphere = worldSphere(EMPTY_BOUNDS)
    this.#origin = sphere.origin
    this.#radius = sphere.radius
    const uniforms = this.#uniforms
    const line = (options: LineMaterialOptions) =>
      new Mesh<BufferGeometry, RawShaderMaterial>(
        lineGeometry([], this.#origin),
        lineMaterial(uniforms, options),
      )
    const box = (style: 'floor' | 'solid') =>
      new Mesh<BufferGeometry, RawShaderMaterial>(
        boxGeometry([], this.#origin, { style }),
        boxMaterial(this.#palette.fills, { isGlass: style === 'floor' }),
      )
    this.#floors = box('floor')
    this.#boxes = box('solid')
    // Floors come after the lines and must not veil those that lie upon them.
    this.#lines = line({ strength: 1, hidesLater: true, isHidden: true })
    this.#ribbons = line({ strength: 1, hidesLater: false, isHidden: true })
    this.#shadow = line({ strength: 0.2, hidesLater: false, isHidden: false })
    this.#highlight = line({ strength: 1, hidesLater: false, isHidden: true })
    // Floors veil what lies below them, boxes and lines, as a painter's glaze does.
    this.#meshes = [
      ...[this.#boxes, this.#lines, this.#floors],
      ...[this.#ribbons, this.#shadow, this.#highlight],
    ]
    this.#renderer.sortObjects = false
    for (const mesh of this.#meshes) {
      mesh.frustumCulled = false
      mesh.matrixAutoUpdate = false
      this.#scene.add(mesh)
    }
    this.#camera.matrixAutoUpdate = false
    this.#camera.matrixWorldAutoUpdate = false
    this.#scene.matrixWorldAutoUpdate = false
    this.setTheme(theme)
  }

  /** Draw calls of the last frame. */
  get drawCalls(): number {
    return this.#renderer.info.render.calls
  }

  setList(list: DisplayList): void {
    const sphere = worldSphere(list.bounds)
    this.#origin = sphere.origin
    this.#radius = sphere.radius
    this.#replace(this.#floors, boxGeometry(list.shapes, this.#origin, { style: 'floor' }))
    this.#replace(this.#boxes, boxGeometry(list.shapes, this.#origin, { style: 'solid' }))
    const ribbons = list.shapes.filter(isRibbon)
    const others = list.shapes.filter((shape) => !isRibbon(shape))
    this.#replace(this.#lines, lineGeometry(lineSegments(others), this.#origin))
    this.#replace(this.#ribbons, lineGeometry(lineSegments(ribbons), this.#origin))
    this.setHighlight([], [])
  }

  setTheme(theme: Theme): void {
    this.#palette.apply(theme)
    const [red, green, blue] = srgbChannels(theme.background)
    this.#renderer.setClearColor(new Color().setRGB(red, green, blue, LinearSRGBColorSpace), 1)
  }

  setHighlight(selected: readonly Shape[], hovered: readonly Shape[]): void {
    const segments: readonly LineSegment[] = [
      ...lineSegments(hovered, 'hovered'),
      ...lineSegments(selected, 'selected'),
    ]
    this.#replace(this.#shadow, lineGeometry(segments, this.#origin))
    this.#replace(this.#highlight, lineGeometry(segments, this.#origin))
    this.#shadow.visible = segments.length > 0
    this.#highlight.visible = segments.length > 0
  }

  setSize(size: ViewportSize, pixelRatio: number): void {
    this.#size = size
    this.#pixelRatio = pixelRatio
    this.#renderer.setPixelRatio(pixelRatio)
    this.#renderer.setSize(size.width, size.height, false)
  }

  render(state: ViewState): void {
    const camera = this.#camera
    camera.matrixWorldInverse.copy(viewMatrix(state, this.#origin))
    camera.matrixWorld.copy(camera.matrixWorldInverse).invert()
    camera.projectionMatrix.copy(projectionMatrix(state, this.#size, this.#radius))
    camera.projectionMatrixInverse.copy(camera.projectionMatrix).invert()
    const uniforms = this.#uniforms
    this.#renderer.getDrawingBufferSize(uniforms.resolution.value)
    uniforms.pixelRatio.value = this.#pixelRatio
    uniforms.pixelsPerUnit.value = state.pixelsPerUnit
    uniforms.pixelDepth.value = 1 / (state.pixelsPerUnit * this.#pixelRatio * this.#radius)
    uniforms.visibleFaceBits.value = visibleFaceBits(state)
    this.#renderer.render(this.#scene, camera)
  }

  dispose(): void {
    for (const mesh of this.#meshes) {
      mesh.geometry.dispose()
      mesh.material.dispose()
    }
    this.#palette.dispose()
    this.#renderer.dispose()
    // Browsers keep few contexts (Chromium: 16); do not wait for the garbage collector.
    this.#renderer.forceContextLoss()
  }

  #replace(mesh: Mesh<BufferGeometry, RawShaderMaterial>, geometry: BufferGeometry): void {
    mesh.geometry.dispose()
    mesh.geometry = geometry
  }
}
