import type { Dimm } from '../../model/memory-modules'
import type { CpuPackage } from '../../model/topology'
import { FactSheet } from '../facts'
import { contradiction, derived, type SpecContext } from './context'
import { countFrom } from './numbers'
import type { SpecDimms, SpecSocket } from './schema'
import { expandSlots } from './slots'
import type { Path } from './yaml-document'

const MAX_SOCKETS = 64
/** 64 sockets of 64 slots are far beyond any board. */
const MAX_SLOTS = 4096

/** One of the sockets that an entry of `sockets` stands for. */
export interface Socket {
  readonly socketId: number
  /** Ascending; absent where the specification says nothing of CPUs. */
  readonly cpuIds?: readonly number[]
  readonly path: Path
  readonly slots: readonly Slot[]
}

/** A DIMM slot with what is in it. */
export interface Slot {
  readonly locator: string
  readonly socketId: number
  readonly dimms: SpecDimms
  readonly path: Path
}

/** Sockets in order, `count` times each, with CPUs numbered through where only their number is given. */
export function readSockets(context: SpecContext): readonly Socket[] {
  const sockets: Socket[] = []
  const takenCpus = new Set<number>()
  const takenSlots = new Set<string>()
  const entries = context.written.spec.sockets ?? []
  entries.forEach((entry, index) => {
    const path = ['sockets', index]
    for (let copy = 0; copy < (entry.count ?? 1); copy++) {
      const socketId = sockets.length
      if (socketId >= MAX_SOCKETS) {
        throw contradiction(context, [...path, 'count'], {
          what: `these are more than ${MAX_SOCKETS} sockets`,
          hint: `describe at most ${MAX_SOCKETS}`,
        })
      }
      const cpuIds = cpusOf(entry, takenCpus)
      if (cpuIds?.some((cpuId) => takenCpus.has(cpuId)) === true) {
        throw contradiction(context, [...path, 'cpus'], {
          what: `socket ${socketId} lists CPUs that another socket has`,
          hint: 'give each socket CPUs of its own, or only their number',
        })
      }
      for (const cpuId of cpuIds ?? []) takenCpus.add(cpuId)
      const slots = slotsOf(context, { entry, path, socketId })
      for (const slot of slots) {
        if (takenSlots.has(slot.locator)) {
          throw contradiction(context, [...slot.path, 'slots'], {
            what: `the slot ${slot.locator} stands twice`,
            hint: 'give each slot a name of its own; {socket} stands for the number of the socket',
          })
        }
        takenSlots.add(slot.locator)
      }
      if (takenSlots.size > MAX_SLOTS) {
        throw contradiction(context, [...path, 'dimms'], {
          what: `these are more than ${MAX_SLOTS} slots`,
          hint: `describe at most ${MAX_SLOTS}`,
        })
      }
      sockets.push({ socketId, path, slots, ...(cpuIds === undefined ? {} : { cpuIds }) })
    }
  })
  return sockets
}

function cpusOf({ cpus }: SpecSocket, taken: ReadonlySet<number>): readonly number[] | undefined {
  if (cpus === undefined) return undefined
  if (cpus.ids !== undefined) return cpus.ids
  // Sockets are numbered through in order, so what is taken ends right before the next free CPU.
  let first = 0
  for (const cpuId of taken) first = Math.max(first, cpuId + 1)
  return countFrom(first, cpus.count)
}

interface SocketEntry {
  readonly entry: SpecSocket
  readonly path: Path
  readonly socketId: number
}

function slotsOf(context: SpecContext, { entry, path, socketId }: SocketEntry): readonly Slot[] {
  return (entry.dimms ?? []).flatMap((dimms, index) => {
    const place = [...path, 'dimms', index]
    const locators = expandSlots(dimms.slots, socketId)
    if (locators === undefined) {
      throw contradiction(context, [...place, 'slots'], {
        what: 'this is not a pattern of slots, or stands for more than 1024',
        hint: 'write it like P{socket}_DIMM_{A..F}1 or DIMM{1,3,5}',
      })
    }
    if ((dimms.empty === true) === (dimms.size !== undefined)) {
      throw contradiction(context, place, {
        what: 'modules have a size, and empty slots have none',
        hint: 'write either size: 32GiB or empty: yes',
      })
    }
    return locators.map((locator) => ({ locator, socketId, dimms, path: place }))
  })
}

export function packageFacts(
  context: SpecContext,
  sockets: readonly Socket[],
): readonly CpuPackage[] {
  return sockets.flatMap(({ socketId, cpuIds, path }) =>
    cpuIds === undefined
      ? []
      : [
          new FactSheet<CpuPackage>(`package${socketId}`)
            .set('packageId', socketId, context.written.source(path))
            .set('cpuIds', cpuIds, context.written.source([...path, 'cpus']))
            .finish(),
        ],
  )
}

/** Modules and empty slots; `nvdimmIds` names the NVDIMM in a slot. */
export function dimmFacts(
  context: SpecContext,
  sockets: readonly Socket[],
  links: {
    readonly nodeIdOfSocket: ReadonlyMap<number, number>
    readonly nvdimmIds: ReadonlyMap<string, string>
  },
): readonly Dimm[] {
  return sockets.flatMap(({ slots }) =>
    slots.map(({ locator, socketId, dimms, path }) => {
      const source = (key: keyof SpecDimms) => context.written.source([...path, key])
      return new FactSheet<Dimm>(`dimm:${locator}`)
        .set('locator', locator, source('slots'))
        .set(
          'sizeBytes',
          dimms.empty === true ? 0 : dimms.size,
          source(dimms.empty === true ? 'empty' : 'size'),
        )
        .set('memoryType', dimms.type, source('type'))
        .set('technology', dimms.technology, source('technology'))
        .set('speedMTs', dimms.speed, source('speed'))
        .set('rank', dimms.rank, source('rank'))
        .set('manufacturer', dimms.manufacturer, source('manufacturer'))
        .set('partNumber', dimms.partNumber, source('partNumber'))
        .set('packageId', socketId, source('slots'))
        .set('nodeId', links.nodeIdOfSocket.get(socketId), derived('the only node of this socket'))
        .set(
          'nvdimmId',
          links.nvdimmIds.get(locator),
          derived('the interleave set that names this slot'),
        )
        .finish()
    }),
  )
}
