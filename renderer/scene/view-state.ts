import type { View } from '../../shared/layout/projection'

/** Where the camera is: angles in degrees, the plan-unit screen point in the middle of the picture, and CSS pixels per plan unit. */
export interface ViewState extends View {
  readonly centerU: number
  readonly centerV: number
  readonly pixelsPerUnit: number
}

/** What lies under the pointer; x and y are CSS pixels from the scene's upper left corner. */
export interface HoverTarget {
  readonly objectId: string | undefined
  readonly title: string
  readonly x: number
  readonly y: number
}
