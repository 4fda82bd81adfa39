import { describe, expect, it } from 'vitest'
import { placeOnDisplay, windowOptions } from './window'

const area = (x: number, y: number, width: number, height: number) => ({ x, y, width, height })
const laptop = area(0, 25, 1920, 1055)
const second = area(1920, 0, 2560, 1440)

describe('windowOptions', () => {
  it('keeps every page in its sandbox', () => {
    expect(
      windowOptions({
        bounds: laptop,
        preload: '/out/preload/index.cjs',
        version: '1.2.3',
        backgroundColor: '#ffffff',
      }),
    ).toMatchInlineSnapshot(`
      {
        "backgroundColor": "#ffffff",
        "height": 1055,
        "minHeight": 480,
        "minWidth": 640,
        "show": false,
        "title": "Folioscope",
        "webPreferences": {
          "additionalArguments": [
            "--folioscope-version=1.2.3",
          ],
          "allowRunningInsecureContent": false,
          "contextIsolation": true,
          "navigateOnDragDrop": false,
          "nodeIntegration": false,
          "nodeIntegrationInSubFrames": false,
          "nodeIntegrationInWorker": false,
          "preload": "/out/preload/index.cjs",
          "sandbox": true,
          "spellcheck": false,
          "webSecurity": true,
          "webviewTag": false,
        },
        "width": 1920,
        "x": 0,
        "y": 25,
      }
    `)
  })
})

describe('placeOnDisplay', () => {
  it.each([
    ['on the first display', area(100, 100, 800, 600), [laptop]],
    ['on the second display', area(2000, 100, 800, 600), [laptop, second]],
    ['partly outside', area(1700, 100, 800, 600), [laptop]],
  ])('keeps a window %s', (_name, saved, areas) => {
    expect(placeOnDisplay(saved, areas)).toEqual(saved)
  })

  it.each([
    ['on a display that is gone', area(2000, 100, 800, 600)],
    ['above the display', area(100, -300, 800, 600)],
    ['below the display', area(100, 1070, 800, 600)],
    ['of which a corner is left', area(1900, 100, 800, 600)],
    ['that was never saved', undefined],
  ])('centres a window %s', (_name, saved) => {
    expect(placeOnDisplay(saved, [laptop])).toEqual(area(280, 122, 1360, 860))
  })

  it('is never larger than a small display', () => {
    expect(placeOnDisplay(undefined, [area(0, 0, 1024, 600)])).toEqual(area(0, 0, 1024, 600))
  })
})
