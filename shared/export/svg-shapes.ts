import type { Box, Path, Point, Shape } from '../layout/display-list'
import { visibleFaces } from '../layout/outline'
import type { Page } from './svg-page'
import { decimal, xmlText } from './xml'

/** One shape as a group: faces of a box, or a line; with its title for those who point at it. */
export function shapeElement(shape: Shape, page: Page, id: string): string {
  const body = shape.kind === 'box' ? boxBody(shape, page) : pathBody(shape, page)
  const classes =
    shape.kind === 'box'
      ? `box ${shape.paint}${shape.style === 'dashed' ? ' dashed' : ''}`
      : `line ${shape.style}`
  const object = shape.objectId === undefined ? '' : ` data-object="${xmlText(shape.objectId)}"`
  const title = `<title>${xmlText(shape.title)}</title>`
  return `<g id="${xmlText(id)}" class="${classes}"${object}>${title}${body}</g>`
}

const FACE_CLASS = { top: 't', front: 'f', side: 's' } as const

function boxBody(box: Box, page: Page): string {
  return visibleFaces(box, page.view)
    .map((face) => `<path class="${FACE_CLASS[face.kind]}" d="${polygon(face.corners, page)}"/>`)
    .join('')
}

function polygon(corners: readonly Point[], page: Page): string {
  return `M${corners.map((corner) => pair(corner, page)).join('L')}Z`
}

function pathBody(path: Path, page: Page): string {
  const [start, ...rest] = path.points
  if (start === undefined) return ''
  const command = path.isCurve === true ? 'C' : 'L'
  const separator = path.isCurve === true ? ' ' : 'L'
  const points = rest.map((point) => pair(point, page)).join(separator)
  return `<path d="M${pair(start, page)}${command}${points}"/>`
}

function pair(point: Point, page: Page): string {
  const { u, v } = page.toPage(point)
  return `${decimal(u)} ${decimal(v)}`
}
