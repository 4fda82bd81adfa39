export interface FrameClock {
  readonly request: (callback: (timeMs: number) => void) => number
  readonly cancel: (handle: number) => void
}

const browserClock: FrameClock = {
  request: (callback) => requestAnimationFrame(callback),
  cancel: (handle) => cancelAnimationFrame(handle),
}

/**
 * Draws when somebody asked for a frame and never otherwise; the only caller of requestAnimationFrame.
 * `draw` gets the frame's time in milliseconds and returns whether it needs another frame.
 */
export class FrameScheduler {
  #handle: number | undefined
  #isDisposed = false
  #frames = 0

  constructor(
    private readonly draw: (timeMs: number) => boolean,
    private readonly clock: FrameClock = browserClock,
  ) {}

  /** Frames drawn so far. */
  get frames(): number {
    return this.#frames
  }

  get isPending(): boolean {
    return this.#handle !== undefined
  }

  request(): void {
    if (this.#handle !== undefined || this.#isDisposed) return
    this.#handle = this.clock.request((timeMs) => {
      this.#handle = undefined
      this.#frames += 1
      if (this.draw(timeMs)) this.request()
    })
  }

  dispose(): void {
    this.#isDisposed = true
    if (this.#handle !== undefined) this.clock.cancel(this.#handle)
    this.#handle = undefined
  }
}
