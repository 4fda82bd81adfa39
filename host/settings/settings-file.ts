import { mkdir, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { Settings } from '../../shared/host'
import { writeAtomic } from '../files/write-atomic'

export const SETTINGS_VERSION = 1

/** What a client may send as settings. */
export const SETTINGS_SCHEMA = z.strictObject({ theme: z.enum(['system', 'light', 'dark']) })

/** A value that is not understood counts as absent; keys that are not known stay, a later version may know them. */
const STORED_SCHEMA = z.looseObject({
  theme: SETTINGS_SCHEMA.shape.theme.catch('system').default('system'),
})

type Stored = z.infer<typeof STORED_SCHEMA>

/** The settings of one user: one JSON file, replaced as a whole. */
export class SettingsFile {
  private stored: Promise<Stored> | undefined

  /** `reportProblem` gets one line for a person when the file had to be put aside or cannot be read. */
  constructor(
    private readonly path: string,
    private readonly reportProblem: (line: string) => void,
  ) {}

  async read(): Promise<Settings> {
    const { theme } = await this.load()
    return { theme }
  }

  /** Throws as the file system does; the old file is then untouched. */
  async write(settings: Settings): Promise<void> {
    const next: Stored = { ...(await this.load()), version: SETTINGS_VERSION, ...settings }
    await mkdir(dirname(this.path), { recursive: true, mode: 0o700 })
    await writeAtomic(
      this.path,
      new TextEncoder().encode(`${JSON.stringify(next, undefined, 2)}\n`),
    )
    this.stored = Promise.resolve(next)
  }

  private load(): Promise<Stored> {
    this.stored ??= this.readFile()
    return this.stored
  }

  private async readFile(): Promise<Stored> {
    let text: string
    try {
      text = await readFile(this.path, 'utf8')
    } catch (error) {
      const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
      if (!isMissing)
        this.reportProblem(`${this.path}: the settings cannot be read; using defaults`)
      return STORED_SCHEMA.parse({})
    }
    try {
      return STORED_SCHEMA.parse(JSON.parse(text))
    } catch {
      const aside = `${this.path}.broken`
      await rename(this.path, aside).catch(() => undefined)
      this.reportProblem(`${this.path}: the settings are broken; moved to ${aside}, using defaults`)
      return STORED_SCHEMA.parse({})
    }
  }
}
