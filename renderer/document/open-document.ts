import type { LoadedDocument } from '../../shared/host'
import { layOut } from '../../shared/layout/lay-out'
import type { DisplayList } from '../../shared/layout/display-list'
import { accountMemmap } from '../../shared/memmap/account'
import type { MemmapAccount } from '../../shared/memmap/types'
import type { Topology } from '../../shared/model/topology'
import { indexObjects, type ObjectIndex } from './object-index'

/** Everything that the window shows of one input. Frozen; it lives in a shallowRef, never in reactive state. */
export interface OpenDocument {
  readonly token: string
  readonly topology: Topology
  readonly account: MemmapAccount
  readonly list: DisplayList
  readonly objects: ObjectIndex
}

/** Computes what the window needs from what the host loaded. */
export function prepareDocument(loaded: LoadedDocument): OpenDocument {
  const { token, topology } = loaded
  const account = accountMemmap(topology)
  return Object.freeze({
    token,
    topology,
    account,
    list: layOut(topology, account),
    objects: indexObjects(topology),
  })
}
