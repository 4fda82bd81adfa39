import type { WebContents } from 'electron'
import type { SpawnChild } from '../../host/load/child-port'
import type { DocumentTokens } from '../../host/load/document-tokens'
import { loadInChild } from '../../host/load/load-in-child'
import type { TransferredDocument } from '../../shared/electron-api'
import { HostFailure } from '../../shared/host'
import type { ReportProgress } from '../../shared/readers/source-tree'

interface StartOptions {
  readonly token: string
  readonly report: ReportProgress
}

/** The loads that run now. Each belongs to a page and ends with it. */
export class Loads {
  readonly #tokens: DocumentTokens
  readonly #spawn: SpawnChild
  readonly #running = new Map<string, AbortController>()

  constructor(tokens: DocumentTokens, spawn: SpawnChild) {
    this.#tokens = tokens
    this.#spawn = spawn
  }

  /** Rejects with HostFailure: for a token that is not known, and as loadInChild does. */
  async start(
    contents: WebContents,
    loadId: string,
    { token, report }: StartOptions,
  ): Promise<TransferredDocument> {
    const request = this.#tokens.find(token)
    if (request === undefined) {
      throw new HostFailure({
        kind: 'input',
        code: 'not-granted',
        message: 'the file is no longer held: open it again',
      })
    }
    const key = runningKey(contents, loadId)
    const controller = new AbortController()
    const { signal } = controller
    const giveUp = () => controller.abort()
    const giveUpWithPage = (details: { isMainFrame: boolean; isSameDocument: boolean }) => {
      if (details.isMainFrame && !details.isSameDocument) giveUp()
    }
    this.#running.set(key, controller)
    contents.once('destroyed', giveUp)
    contents.on('did-start-navigation', giveUpWithPage)
    try {
      const { topologyJson } = await loadInChild(this.#spawn, request, { report, signal })
      return { token, topologyJson }
    } finally {
      this.#running.delete(key)
      contents.off('destroyed', giveUp)
      contents.off('did-start-navigation', giveUpWithPage)
    }
  }

  /** Does nothing for a load that has ended. */
  cancel(contents: WebContents, loadId: string): void {
    this.#running.get(runningKey(contents, loadId))?.abort()
  }
}

function runningKey(contents: WebContents, loadId: string): string {
  return `${contents.id} ${loadId}`
}
