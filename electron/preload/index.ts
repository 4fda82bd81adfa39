import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron'
import type { ElectronApi } from '../../shared/electron-api'
import {
  VERSION_SWITCH,
  channelOf,
  type NoticeName,
  type Notices,
  type RequestArguments,
  type RequestName,
  type RequestReply,
} from '../channels'

function request<Name extends RequestName>(name: Name) {
  return (...values: RequestArguments<Name>): Promise<RequestReply<Name>> =>
    ipcRenderer.invoke(channelOf(name), ...values)
}

function notices<Name extends NoticeName>(name: Name) {
  return (listener: (...values: Notices[Name]) => void): (() => void) => {
    // The event itself stays here: it carries ipcRenderer as its sender.
    const forward = (_event: IpcRendererEvent, ...values: unknown[]) =>
      listener(...(values as Notices[Name]))
    ipcRenderer.on(channelOf(name), forward)
    return () => {
      ipcRenderer.removeListener(channelOf(name), forward)
    }
  }
}

const versionSwitch = process.argv.find((argument) => argument.startsWith(VERSION_SWITCH))
const grantPath = request('grantPath')

const api: ElectronApi = {
  version: versionSwitch?.slice(VERSION_SWITCH.length) ?? 'unknown',
  load: request('load'),
  cancelLoad: request('cancelLoad'),
  grantFile: async (file) => {
    const path = file instanceof File ? webUtils.getPathForFile(file) : ''
    return path === '' ? { ok: true, value: undefined } : grantPath(path)
  },
  grantBytes: request('grantBytes'),
  demos: request('demos'),
  chooseFile: request('chooseFile'),
  chooseDirectory: request('chooseDirectory'),
  save: request('save'),
  readSettings: request('readSettings'),
  writeSettings: request('writeSettings'),
  onProgress: notices('progress'),
  onOpenRequest: notices('openRequest'),
  onCommand: notices('command'),
}

contextBridge.exposeInMainWorld('folioscope', api)
