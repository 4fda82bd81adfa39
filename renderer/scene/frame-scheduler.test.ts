import { describe, expect, it } from 'vitest'
import { FrameScheduler } from './frame-scheduler'

function manualClock() {
  const waiting = new Map<number, (timeMs: number) => void>()
  let next = 1
  return {
    waiting,
    request: (callback: (timeMs: number) => void) => {
      waiting.set(next, callback)
      return next++
    },
    cancel: (handle: number) => void waiting.delete(handle),
    tick(timeMs: number) {
      const due = [...waiting.values()]
      waiting.clear()
      for (const callback of due) callback(timeMs)
    },
  }
}

describe('FrameScheduler', () => {
  it('draws one frame for many requests and none while idle', () => {
    const clock = manualClock()
    const scheduler = new FrameScheduler(() => false, clock)
    scheduler.request()
    scheduler.request()
    expect(clock.waiting.size).toBe(1)
    clock.tick(16)
    expect(scheduler.frames).toBe(1)
    expect(clock.waiting.size).toBe(0)
    clock.tick(32)
    expect(scheduler.frames).toBe(1)
  })

  it('goes on as long as the drawing moves', () => {
    const clock = manualClock()
    const times: number[] = []
    const scheduler = new FrameScheduler((timeMs) => times.push(timeMs) < 3, clock)
    scheduler.request()
    for (const timeMs of [10, 20, 30, 40]) clock.tick(timeMs)
    expect(times).toEqual([10, 20, 30])
  })

  it('never draws again once disposed', () => {
    const clock = manualClock()
    const scheduler = new FrameScheduler(() => true, clock)
    scheduler.request()
    scheduler.dispose()
    scheduler.request()
    clock.tick(16)
    expect(scheduler.frames).toBe(0)
  })
})
