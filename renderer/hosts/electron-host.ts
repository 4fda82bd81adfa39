import type { ElectronApi, Reply, TransferredTarget } from '../../shared/electron-api'
import {
  HostFailure,
  type DroppedFile,
  type Host,
  type LoadedDocument,
  type LoadOptions,
  type OpenTarget,
} from '../../shared/host'
import type { Topology } from '../../shared/model/topology'
import type { ReportProgress } from '../../shared/readers/source-tree'

declare global {
  interface Window {
    /** Left by electron/preload; absent in a browser. */
    readonly folioscope?: ElectronApi
  }
}

function unwrap<Value>(reply: Reply<Value>): Value {
  if (!reply.ok) throw new HostFailure(reply.error)
  return reply.value
}

/** The host behind the bridge of electron/preload. */
export function createElectronHost(api: ElectronApi): Host {
  const reports = new Map<string, ReportProgress>()
  api.onProgress((loadId, progress) => reports.get(loadId)?.(progress))

  async function grant(file: DroppedFile): Promise<string> {
    const token = unwrap(await api.grantFile(file))
    if (token !== undefined) return token
    return unwrap(await api.grantBytes(file.name, new Uint8Array(await file.arrayBuffer())))
  }

  async function transfer(target: OpenTarget): Promise<TransferredTarget> {
    return target.kind === 'file' ? { kind: 'token', token: await grant(target.file) } : target
  }

  async function load(
    target: OpenTarget,
    { report, signal }: LoadOptions,
  ): Promise<LoadedDocument | undefined> {
    const loadId = crypto.randomUUID()
    const cancel = () => void api.cancelLoad(loadId)
    const transferred = await transfer(target)
    if (signal.aborted) throw new HostFailure({ kind: 'cancelled', message: 'Cancelled' })
    signal.addEventListener('abort', cancel, { once: true })
    reports.set(loadId, report)
    try {
      const loaded = unwrap(await api.load(loadId, transferred))
      if (loaded === undefined) return undefined
      // The loader in the child process made and validated this text; the main process passed it on unread.
      return { token: loaded.token, topology: JSON.parse(loaded.topologyJson) as Topology }
    } finally {
      reports.delete(loadId)
      signal.removeEventListener('abort', cancel)
    }
  }

  async function choose(
    reply: Promise<Reply<string | undefined>>,
  ): Promise<OpenTarget | undefined> {
    const token = unwrap(await reply)
    return token === undefined ? undefined : { kind: 'token', token }
  }

  return {
    name: 'electron',
    version: api.version,
    load,
    demos: async () => unwrap(await api.demos()),
    chooseFile: () => choose(api.chooseFile()),
    chooseDirectory: () => choose(api.chooseDirectory()),
    save: async (suggestedName, bytes, mediaType) =>
      unwrap(await api.save(suggestedName, bytes, mediaType)),
    readSettings: async () => unwrap(await api.readSettings()),
    writeSettings: async (settings) => unwrap(await api.writeSettings(settings)),
    onOpenRequest: (listener) => api.onOpenRequest((token) => listener({ kind: 'token', token })),
    onCommand: (listener) => api.onCommand(listener),
  }
}
