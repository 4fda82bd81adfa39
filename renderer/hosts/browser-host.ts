import { version } from '../../package.json'
import {
  HostFailure,
  type DroppedFile,
  type Host,
  type LoadedDocument,
  type LoadOptions,
  type OpenTarget,
  type Settings,
} from '../../shared/host'
import {
  BYTES_TYPE,
  FILE_NAME_HEADER,
  JSON_TYPE,
  SERVE_PATHS,
  type ServeInfo,
} from '../../shared/serve-protocol'
import { chooseFile } from './choose-file'
import { downloadBytes } from './download-bytes'
import { readLoadLines } from './load-lines'

/** The host of a page that `folioscope serve` sent: everything goes over HTTP to the server that it came from. */
export function createBrowserHost(): Host {
  return {
    name: 'browser',
    version,
    load,
    demos: async () => ((await getJson(SERVE_PATHS.info)) as ServeInfo).demos,
    chooseFile,
    save: (suggestedName, bytes, mediaType) => {
      downloadBytes(suggestedName, bytes, mediaType)
      return Promise.resolve(true)
    },
    readSettings: async () => (await getJson(SERVE_PATHS.settings)) as Settings,
    writeSettings: async (settings) => {
      const body = JSON.stringify(settings)
      await request(SERVE_PATHS.settings, {
        method: 'PUT',
        headers: { 'Content-Type': JSON_TYPE },
        body,
      })
    },
  }
}

async function load(
  target: OpenTarget,
  { report, signal }: LoadOptions,
): Promise<LoadedDocument | undefined> {
  const controller = new AbortController()
  const abort = () => controller.abort()
  signal.addEventListener('abort', abort, { once: true })
  if (signal.aborted) abort()
  try {
    const { body } = await request(SERVE_PATHS.load, {
      ...(await loadRequest(target)),
      method: 'POST',
      signal: controller.signal,
    })
    for await (const line of readLoadLines(body ?? new ReadableStream())) {
      switch (line.kind) {
        case 'progress':
          report(line.progress)
          break
        case 'nothing':
          return undefined
        case 'loaded':
          return { token: line.token, topology: line.topology }
        case 'failed':
          throw new HostFailure(line.error)
      }
    }
    throw new HostFailure({ kind: 'fault', message: 'the server ended the answer too early' })
  } catch (error) {
    if (signal.aborted) throw new HostFailure({ kind: 'cancelled', message: 'cancelled' })
    throw error
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

async function loadRequest(target: OpenTarget): Promise<RequestInit> {
  if (target.kind !== 'file') {
    return { headers: { 'Content-Type': JSON_TYPE }, body: JSON.stringify(target) }
  }
  const headers = {
    'Content-Type': BYTES_TYPE,
    [FILE_NAME_HEADER]: encodeURIComponent(target.file.name),
  }
  return { headers, body: await fileBody(target.file) }
}

/** A file of the browser is sent as it is, without reading it into memory here. */
async function fileBody(file: DroppedFile): Promise<BodyInit> {
  return file instanceof Blob ? file : new Blob([await file.arrayBuffer()])
}

async function getJson(path: string): Promise<unknown> {
  return (await request(path, {})).json()
}

async function request(path: string, options: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await fetch(path, options)
  } catch (error) {
    if (options.signal?.aborted) throw error
    throw new HostFailure({
      kind: 'fault',
      message: 'the server does not answer; is folioscope serve still running?',
    })
  }
  if (response.ok) return response
  throw new HostFailure({
    kind: 'fault',
    message:
      response.status === 403
        ? 'the server knows this page no more; open the address that folioscope printed'
        : `the server refused (${response.status} ${response.statusText})`,
  })
}
