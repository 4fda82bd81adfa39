import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { extname, join, relative, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
}

/** The files of one folder by their URL path. What is not in the table does not exist, so no path can lead out of it. */
export class StaticFiles {
  private constructor(private readonly files: ReadonlyMap<string, string>) {}

  /** Reads the folder once. Throws as the file system does. */
  static async read(folder: string): Promise<StaticFiles> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path): [string, string] => [
        `/${relative(folder, path).split(sep).map(encodeURIComponent).join('/')}`,
        path,
      ])
    const table = new Map(files)
    const index = table.get('/index.html')
    if (index !== undefined) table.set('/', index)
    return new StaticFiles(table)
  }

  has(urlPath: string): boolean {
    return this.files.has(urlPath)
  }

  /** Answers with a file; false when there is none of that path. `isHead` sends the headers alone. */
  async send(urlPath: string, response: ServerResponse, isHead: boolean): Promise<boolean> {
    const path = this.files.get(urlPath)
    if (path === undefined) return false
    response.writeHead(200, {
      'Content-Type': MEDIA_TYPES[extname(path)] ?? 'application/octet-stream',
      // Files below assets/ carry a hash of their content in their name.
      'Cache-Control': urlPath.startsWith('/assets/')
        ? 'private, max-age=31536000, immutable'
        : 'no-store',
    })
    if (isHead) response.end()
    else await pipeline(createReadStream(path), response)
    return true
  }
}
