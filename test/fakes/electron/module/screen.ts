import type { Display, Rectangle } from 'electron'
import { mustBeReady } from './state'

const workArea: Rectangle = { x: 0, y: 0, width: 1600, height: 1000 }

export const screen = {
  getAllDisplays(): Pick<Display, 'workArea'>[] {
    mustBeReady('screen')
    return [{ workArea }]
  },
  getPrimaryDisplay(): Pick<Display, 'workArea'> {
    mustBeReady('screen')
    return { workArea }
  },
}

export const nativeTheme = { shouldUseDarkColors: false, themeSource: 'system' }
