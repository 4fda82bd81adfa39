import type { BrowserWindowConstructorOptions, Rectangle } from 'electron'
import { VERSION_SWITCH } from '../channels'

/** Where a window was when it was closed. */
export interface WindowPlace {
  readonly bounds: Rectangle
  readonly isMaximized: boolean
}

interface WindowSetup {
  readonly bounds: Rectangle
  readonly preload: string
  readonly version: string
  readonly backgroundColor: string
}

/** How every window is made: sandboxed and isolated, stated although they are the defaults of Electron 45. */
export function windowOptions(setup: WindowSetup): BrowserWindowConstructorOptions {
  return {
    ...setup.bounds,
    minWidth: 640,
    minHeight: 480,
    show: false,
    title: 'Folioscope',
    backgroundColor: setup.backgroundColor,
    webPreferences: {
      preload: setup.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      // The spell checker would fetch its dictionaries from the network.
      spellcheck: false,
      additionalArguments: [`${VERSION_SWITCH}${setup.version}`],
    },
  }
}

const DEFAULT_WIDTH = 1360
const DEFAULT_HEIGHT = 860
/** So much of a window must be on a display for its title bar to be within reach of the mouse. */
const REACH_WIDTH = 120
const REACH_HEIGHT = 40

function overlap(startA: number, sizeA: number, startB: number, sizeB: number): number {
  return Math.min(startA + sizeA, startB + sizeB) - Math.max(startA, startB)
}

function isWithinReach(bounds: Rectangle, area: Rectangle): boolean {
  return (
    overlap(bounds.x, bounds.width, area.x, area.width) >= REACH_WIDTH &&
    bounds.y >= area.y &&
    overlap(bounds.y, bounds.height, area.y, area.height) >= REACH_HEIGHT
  )
}

/** The saved bounds if their title bar is still on a display, else the middle of the first work area. */
export function placeOnDisplay(
  saved: Rectangle | undefined,
  workAreas: readonly Rectangle[],
): Rectangle {
  if (saved !== undefined && workAreas.some((area) => isWithinReach(saved, area))) return saved
  const area = workAreas[0] ?? { x: 0, y: 0, width: DEFAULT_WIDTH, height: DEFAULT_HEIGHT }
  const width = Math.min(DEFAULT_WIDTH, area.width)
  const height = Math.min(DEFAULT_HEIGHT, area.height)
  return {
    x: area.x + Math.floor((area.width - width) / 2),
    y: area.y + Math.floor((area.height - height) / 2),
    width,
    height,
  }
}
