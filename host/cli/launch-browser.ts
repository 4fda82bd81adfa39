import { spawn } from 'node:child_process'

/** Shows an address in the user's browser, where the system has a way to do so. Whether it worked cannot be known. */
export function launchBrowser(url: string): void {
  const launcher = browserLauncher(process.platform, process.env)
  if (launcher === undefined) return
  const [program, ...args] = launcher
  const child = spawn(program, [...args, url], { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
}

/** The program that opens addresses; undefined without a display, where xdg-open would start a browser in this terminal. */
export function browserLauncher(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
): readonly [string, ...string[]] | undefined {
  if (platform === 'darwin') return ['open']
  // `start` belongs to the shell; rundll32 needs none, so that no character of the address is special.
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler']
  return hasDisplay(platform, environment) ? ['xdg-open'] : undefined
}

/** True where a window can be shown: everywhere but on a Unix without X11 and Wayland. */
export function hasDisplay(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  if (platform === 'darwin' || platform === 'win32') return true
  return Boolean(environment['DISPLAY']) || Boolean(environment['WAYLAND_DISPLAY'])
}
