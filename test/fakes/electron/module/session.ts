import type { Session } from 'electron'
import { EventEmitter } from 'node:events'
import { windowOf } from './browser-window'
import { mustBeReady, offer } from './state'

type RequestHandler = Parameters<Session['setPermissionRequestHandler']>[0]
type CheckHandler = Parameters<Session['setPermissionCheckHandler']>[0]
type FakedSession = Pick<
  Session,
  'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
>
type Permission = Parameters<NonNullable<RequestHandler>>[1]

class FakeSession extends EventEmitter implements FakedSession {
  requestHandler: RequestHandler = null
  checkHandler: CheckHandler = null

  setPermissionRequestHandler(handler: RequestHandler): void {
    this.requestHandler = handler
  }

  setPermissionCheckHandler(handler: CheckHandler): void {
    this.checkHandler = handler
  }

  setDevicePermissionHandler(): void {}
}

const defaultSession = new FakeSession()

export const session = {
  get defaultSession(): FakeSession {
    mustBeReady('session.defaultSession')
    return defaultSession
  },
}

offer({
  permission: (windowId, name) => {
    const contents = windowOf(windowId).webContents as unknown as Parameters<
      NonNullable<RequestHandler>
    >[0]
    const permission = name as Permission
    // Electron approves whatever no handler judges.
    let asked = defaultSession.requestHandler === null
    defaultSession.requestHandler?.(
      contents,
      permission,
      (granted) => {
        asked = granted
      },
      { isMainFrame: true, requestingUrl: 'app://folioscope/' },
    )
    const details = { isMainFrame: true } as Parameters<NonNullable<CheckHandler>>[3]
    const checked =
      defaultSession.checkHandler?.(contents, permission, 'app://folioscope/', details) ?? true
    return { asked, checked }
  },
})
