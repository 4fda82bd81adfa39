import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where the settings of this user live: XDG Base Directory 0.8 on Linux, the systems' own places elsewhere. */
export function settingsPath(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  return join(configFolder(environment, platform), 'folioscope', 'settings.json')
}

function configFolder(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): string {
  if (platform === 'darwin') return join(homedir(), 'Library/Application Support')
  if (platform === 'win32') return environment['APPDATA'] ?? join(homedir(), 'AppData/Roaming')
  const configured = environment['XDG_CONFIG_HOME']
  // The specification: a relative path is invalid and must be ignored.
  return configured?.startsWith('/') ? configured : join(homedir(), '.config')
}
