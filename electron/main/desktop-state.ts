import { mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { writeAtomic } from '../../host/files/write-atomic'
import type { WindowPlace } from './window'

const KEPT_FILES = 10

const INTEGER = z.number().int().min(-100_000).max(100_000)
const STATE = z.object({
  window: z
    .object({
      bounds: z.object({
        x: INTEGER,
        y: INTEGER,
        width: INTEGER.positive(),
        height: INTEGER.positive(),
      }),
      isMaximized: z.boolean(),
    })
    .optional()
    .catch(undefined),
  recentFiles: z.array(z.string()).catch([]).default([]),
})
type State = z.infer<typeof STATE>

/**
 * What the desktop program remembers between starts beside the settings: the window's place and the recent files
 * (Electron keeps its own list on macOS and Windows only). It is disposable: a broken file counts as none.
 */
export class DesktopState {
  readonly #path: string
  #state: State
  #writing: Promise<void> = Promise.resolve()

  private constructor(path: string, state: State) {
    this.#path = path
    this.#state = state
  }

  static async read(path: string): Promise<DesktopState> {
    const text = await readFile(path, 'utf8').catch(() => '')
    return new DesktopState(path, parseState(text))
  }

  get windowPlace(): WindowPlace | undefined {
    return this.#state.window
  }

  /** Absolute paths, the newest first. */
  get recentFiles(): readonly string[] {
    return this.#state.recentFiles
  }

  saveWindowPlace(place: WindowPlace): void {
    this.#save({ ...this.#state, window: place })
  }

  addRecentFile(path: string): void {
    const others = this.#state.recentFiles.filter((other) => other !== path)
    this.#save({ ...this.#state, recentFiles: [path, ...others].slice(0, KEPT_FILES) })
  }

  clearRecentFiles(): void {
    this.#save({ ...this.#state, recentFiles: [] })
  }

  /** Resolves when everything is on disk. */
  flush(): Promise<void> {
    return this.#writing
  }

  #save(state: State): void {
    this.#state = state
    const bytes = new TextEncoder().encode(`${JSON.stringify({ version: 1, ...state })}\n`)
    this.#writing = this.#writing
      .then(() => mkdir(dirname(this.#path), { recursive: true, mode: 0o700 }))
      .then(() => writeAtomic(this.#path, bytes))
      .catch((error: unknown) => {
        process.stderr.write(`folioscope: ${this.#path}: cannot be saved: ${String(error)}\n`)
      })
  }
}

function parseState(text: string): State {
  try {
    return STATE.parse(JSON.parse(text))
  } catch {
    return { recentFiles: [] }
  }
}
