import { openTree } from '../../host/open/open-tree'
import { accountMemmap } from '../../shared/memmap/account'
import type { MemmapAccount } from '../../shared/memmap/types'
import type { Topology } from '../../shared/model/topology'
import { loadTopology } from '../../shared/readers/load'
import { summarise } from '../../shared/summary/summary'
import type { Summary } from '../../shared/summary/types'

export interface LoadedCapture {
  readonly topology: Topology
  readonly account: MemmapAccount
}

/** Loads a file the way every face of the program does, in this process. */
export async function loadCapture(path: string): Promise<LoadedCapture> {
  const ignore = () => undefined
  const opened = await openTree(path, { report: ignore })
  const topology = loadTopology(opened, ignore)
  return { topology, account: accountMemmap(topology) }
}

/** The Summary of a file. */
export async function loadSummary(path: string): Promise<Summary> {
  const { topology, account } = await loadCapture(path)
  return summarise(topology, account)
}
