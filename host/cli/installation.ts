import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { version } from '../../package.json'
import { FormatError } from '../../shared/model/errors'
import { settingsPath } from '../settings/settings-path'

/** Where the parts of the program are. */
export interface Installation {
  readonly version: string
  /** The folder of package.json. */
  readonly root: string
  /** The built page. */
  readonly rendererFolder: string
  /** The built script of the child that loads. */
  readonly loadChild: string
  readonly settingsPath: string
}

/** The installation that a built script in `out/main` belongs to. */
export function installationOf(scriptFolder: string): Installation {
  const root = join(scriptFolder, '../..')
  return {
    version,
    root,
    rendererFolder: join(root, 'out/renderer'),
    loadChild: join(scriptFolder, 'load-child.js'),
    settingsPath: settingsPath(),
  }
}

/** Throws FormatError where the page was never built. */
export function requirePage({ rendererFolder, root }: Installation): void {
  if (existsSync(join(rendererFolder, 'index.html'))) return
  throw new FormatError({
    code: 'not-built',
    what: 'the page is not built yet',
    where: root,
    hint: "run 'npm run build' there",
  })
}
