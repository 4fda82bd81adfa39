import {
  HostFailure,
  type DemoInfo,
  type Host,
  type LoadedDocument,
  type LoadOptions,
  type OpenTarget,
  type Settings,
} from '../../shared/host'

export interface SavedFile {
  readonly name: string
  readonly bytes: Uint8Array
  readonly mediaType: string
}

export interface MemoryHostOptions {
  /** Answers a load; may call `report`, wait, and reject. */
  readonly load: (target: OpenTarget, options: LoadOptions) => Promise<LoadedDocument | undefined>
  readonly demos?: readonly DemoInfo[]
  readonly settings?: Settings
  /** What the user chooses in the file dialog; without it there is no dialog. */
  readonly chosen?: OpenTarget
}

/** A host without a machine below it, for tests. Gives up a load that is cancelled, as real hosts do. */
export class MemoryHost implements Host {
  readonly name = 'memory'
  readonly version = '0.0.0'
  readonly saved: SavedFile[] = []
  readonly targets: OpenTarget[] = []
  settings: Settings
  readonly chooseFile?: () => Promise<OpenTarget | undefined>
  private readonly openListeners = new Set<(target: OpenTarget) => void>()
  private readonly commandListeners = new Set<(commandId: string) => void>()

  constructor(private readonly options: MemoryHostOptions) {
    this.settings = options.settings ?? { theme: 'light' }
    const { chosen } = options
    if (chosen !== undefined) this.chooseFile = () => Promise.resolve(chosen)
  }

  load(target: OpenTarget, options: LoadOptions): Promise<LoadedDocument | undefined> {
    this.targets.push(target)
    return new Promise((resolve, reject) => {
      options.signal.addEventListener('abort', () => {
        reject(new HostFailure({ kind: 'cancelled', message: 'loading was cancelled' }))
      })
      this.options.load(target, options).then(resolve, reject)
    })
  }

  demos(): Promise<readonly DemoInfo[]> {
    return Promise.resolve(this.options.demos ?? [])
  }

  save(name: string, bytes: Uint8Array, mediaType: string): Promise<boolean> {
    this.saved.push({ name, bytes, mediaType })
    return Promise.resolve(true)
  }

  readSettings(): Promise<Settings> {
    return Promise.resolve(this.settings)
  }

  writeSettings(settings: Settings): Promise<void> {
    this.settings = settings
    return Promise.resolve()
  }

  onOpenRequest(listener: (target: OpenTarget) => void): () => void {
    this.openListeners.add(listener)
    return () => this.openListeners.delete(listener)
  }

  onCommand(listener: (commandId: string) => void): () => void {
    this.commandListeners.add(listener)
    return () => this.commandListeners.delete(listener)
  }

  /** As if a second instance had been started with a file. */
  requestOpen(target: OpenTarget): void {
    for (const listener of this.openListeners) listener(target)
  }

  /** As if the desktop's menu had been used. */
  requestCommand(commandId: string): void {
    for (const listener of this.commandListeners) listener(commandId)
  }
}
