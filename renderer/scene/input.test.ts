import { describe, expect, it } from 'vitest'
import { keyAction } from './keyboard'
import { listenToPointer, wheelZoom, type PointerActions } from './pointer-input'

const press = (key: string, modifiers: object = {}) =>
  keyAction({ key, ctrlKey: false, metaKey: false, altKey: false, ...modifiers })

describe('keyAction', () => {
  it('knows the keys of the scene, in either case', () => {
    expect(press('ArrowLeft')).toEqual(press('a'))
    expect(press('Q')).toEqual({ kind: 'turn', quarter: -1 })
    expect(press('Home')).toEqual(press('0'))
    expect(press('t')).toEqual({ kind: 'plan' })
  })

  it('leaves Tab, shortcuts and names of object members alone', () => {
    expect(press('Tab')).toBeUndefined()
    expect(press('e', { ctrlKey: true })).toBeUndefined()
    expect(press('constructor')).toBeUndefined()
  })
})

describe('wheelZoom', () => {
  it('comes nearer when the wheel turns away, by the same way back', () => {
    const near = wheelZoom({ deltaY: -120, deltaMode: 0, ctrlKey: false })
    const far = wheelZoom({ deltaY: 120, deltaMode: 0, ctrlKey: false })
    expect(near.factor).toBeGreaterThan(1)
    expect(near.factor * far.factor).toBeCloseTo(1)
    expect(near.isCoarse).toBe(true)
  })

  it('counts lines as pixels, bounds a throw, and takes a pinch as fine', () => {
    const lines = wheelZoom({ deltaY: 3, deltaMode: 1, ctrlKey: false })
    const pixels = wheelZoom({ deltaY: 48, deltaMode: 0, ctrlKey: false })
    expect(lines).toEqual(pixels)
    expect(wheelZoom({ deltaY: -1e6, deltaMode: 2, ctrlKey: false }).factor).toBeLessThan(2)
    expect(wheelZoom({ deltaY: -4, deltaMode: 0, ctrlKey: true }).isCoarse).toBe(false)
  })
})

describe('listenToPointer', () => {
  function listening() {
    const element = document.createElement('div')
    element.setPointerCapture = () => {}
    const log: string[] = []
    const actions: PointerActions = {
      pan: (dx, dy) => log.push(`pan ${dx} ${dy}`),
      zoom: () => log.push('zoom'),
      click: ({ x, y }) => log.push(`click ${x} ${y}`),
      doubleClick: () => log.push('double click'),
      hover: (at) => log.push(at ? 'hover' : 'leave'),
    }
    const stop = listenToPointer(element, actions)
    const send = (type: string, clientX: number, clientY: number) =>
      element.dispatchEvent(
        new PointerEvent(type, { clientX, clientY, pointerId: 1, button: 0, pointerType: 'mouse' }),
      )
    return { log, send, stop }
  }

  it('takes press and release at one spot as a click, four pixels included', () => {
    const { log, send } = listening()
    send('pointerdown', 10, 10)
    send('pointermove', 13, 12)
    send('pointerup', 13, 12)
    expect(log).toEqual(['click 13 12'])
  })

  it('takes more as a drag, which never clicks', () => {
    const { log, send } = listening()
    send('pointerdown', 10, 10)
    send('pointermove', 20, 10)
    send('pointermove', 10, 11)
    send('pointerup', 10, 11)
    expect(log).toEqual(['leave', 'pan 10 0', 'pan -10 1'])
  })

  it('hears nothing more once stopped', () => {
    const { log, send, stop } = listening()
    stop()
    send('pointermove', 1, 1)
    expect(log).toEqual([])
  })
})
