/** What a key asks of the scene. */
export type KeyAction =
  | { readonly kind: 'pan'; readonly dx: number; readonly dy: number }
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'turn'; readonly quarter: 1 | -1 }
  | { readonly kind: 'plan' | 'isometric' | 'fit' | 'fit-selection' | 'clear' }

const STEP_PX = 60
const ZOOM_STEP = 1.25

const pan = (dx: number, dy: number): KeyAction => ({ kind: 'pan', dx, dy })

/** Keys as `KeyboardEvent.key` in lower case; arrows move the eye, so the drawing goes the other way. */
const KEYS: Readonly<Record<string, KeyAction>> = {
  arrowleft: pan(STEP_PX, 0),
  arrowright: pan(-STEP_PX, 0),
  arrowup: pan(0, STEP_PX),
  arrowdown: pan(0, -STEP_PX),
  a: pan(STEP_PX, 0),
  d: pan(-STEP_PX, 0),
  w: pan(0, STEP_PX),
  s: pan(0, -STEP_PX),
  '+': { kind: 'zoom', factor: ZOOM_STEP },
  '=': { kind: 'zoom', factor: ZOOM_STEP },
  '-': { kind: 'zoom', factor: 1 / ZOOM_STEP },
  _: { kind: 'zoom', factor: 1 / ZOOM_STEP },
  q: { kind: 'turn', quarter: -1 },
  e: { kind: 'turn', quarter: 1 },
  t: { kind: 'plan' },
  i: { kind: 'isometric' },
  f: { kind: 'fit-selection' },
  '0': { kind: 'fit' },
  home: { kind: 'fit' },
  escape: { kind: 'clear' },
}

/** The action of a key press; undefined when the key is not the scene's, or belongs to a shortcut with a modifier. */
export function keyAction(event: {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}): KeyAction | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined
  const key = event.key.toLowerCase()
  return Object.hasOwn(KEYS, key) ? KEYS[key] : undefined
}
