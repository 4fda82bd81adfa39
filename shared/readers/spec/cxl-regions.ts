import { formatBytes, roundDown, roundUp } from '../../model/units'
import { contradiction, type Placed, type SpecContext } from './context'
import { checkUnit, CXL_UNIT_BYTES, type CxlTree, type PlacedMemdev } from './cxl-tree'
import { checkGranularity, checkWays, type PlacedWindow } from './cxl-windows'
import type { SpecCxlRegion } from './schema-cxl'
import type { Path } from './yaml-document'

/** A CXL region with its address and its part of each device. */
export interface PlacedCxlRegion extends Placed {
  /** Id in the model, `cxl:region2`, and the kernel's number, 2. */
  readonly id: string
  readonly number: number
  readonly written: SpecCxlRegion
  readonly type: 'ram' | 'pmem'
  readonly window: PlacedWindow
  readonly granularity: number
  readonly members: readonly RegionMember[]
  readonly numaNode: number | undefined
}

export interface RegionMember {
  readonly memdev: PlacedMemdev
  readonly decoderId: string
  readonly dpaStart: number
  readonly dpaBytes: number
}

/** Lays out the regions in their windows, in order; `firstNumber` is the number of the first. */
export function placeCxlRegions(
  context: SpecContext,
  tree: CxlTree,
  {
    windows,
    firstNumber,
  }: { readonly windows: readonly PlacedWindow[]; readonly firstNumber: number },
): readonly PlacedCxlRegion[] {
  const used = new UsedCapacity()
  const windowEnds = new Map<number, number>()
  return (context.written.spec.cxl?.regions ?? []).map((written, index): PlacedCxlRegion => {
    const path = ['cxl', 'regions', index]
    const number = firstNumber + index
    const name = `CXL region${number}`
    const window = windowOf(context, written, { windows, path })
    const type = written.type ?? 'ram'
    checkKeys(context, { written, type }, path)
    const memdevs = membersOf(context, written, { tree, window, path })
    const granularity = granularityOf(context, written, { window, path })
    if (!window.types.includes(type)) {
      throw contradiction(context, [...path, 'type'], {
        what: `window ${window.index} holds no ${type} regions`,
        hint: `add ${type} to its types, or name another window`,
      })
    }
    const free = memdevs.map((memdev) => used.free(memdev, type))
    const least = roundDown(Math.min(...free), CXL_UNIT_BYTES)
    const size = written.size ?? least * memdevs.length
    checkUnit(context, size, [...path, 'size'], memdevs.length)
    const share = size / memdevs.length
    const short = memdevs.find((_, position) => (free[position] ?? 0) < share)
    if (size === 0 || short !== undefined) {
      const { id } = short ?? memdevs[free.indexOf(Math.min(...free))] ?? { id: 'a device' }
      throw contradiction(context, [...path, written.size === undefined ? 'memdevs' : 'size'], {
        what: `${name} needs ${formatBytes(Math.max(share, CXL_UNIT_BYTES))} of ${type} of ${id}, and ${formatBytes(Math.min(...free))} are left of it`,
        hint: 'lower size, or use other devices',
      })
    }
    const start = roundUp(windowEnds.get(window.index) ?? window.start, CXL_UNIT_BYTES)
    const end = start + size
    if (end > window.end) {
      throw contradiction(context, path, {
        what: `${name} takes ${formatBytes(size)}, and ${formatBytes(Math.max(0, window.end - start))} are left of window ${window.index}`,
        hint: 'make the window larger or the regions smaller',
      })
    }
    windowEnds.set(window.index, end)
    const nodes = new Set(memdevs.map(({ numaNode }) => numaNode))
    const [node] = nodes
    return {
      start,
      end,
      name,
      path,
      id: `cxl:region${number}`,
      number,
      written,
      type,
      window,
      granularity,
      members: memdevs.map((memdev) => used.take(memdev, type, share)),
      numaNode: written.node ?? (nodes.size === 1 ? node : undefined),
    }
  })
}

/** What regions have taken of each device: volatile memory from its start, persistent memory behind all volatile. */
class UsedCapacity {
  private readonly taken = new Map<string, number>()
  private readonly decoders = new Map<string, number>()

  free(memdev: PlacedMemdev, type: 'ram' | 'pmem'): number {
    return (memdev.written[type] ?? 0) - (this.taken.get(`${memdev.id} ${type}`) ?? 0)
  }

  take(memdev: PlacedMemdev, type: 'ram' | 'pmem', bytes: number): RegionMember {
    const key = `${memdev.id} ${type}`
    const before = this.taken.get(key) ?? 0
    this.taken.set(key, before + bytes)
    const decoder = this.decoders.get(memdev.id) ?? 0
    this.decoders.set(memdev.id, decoder + 1)
    return {
      memdev,
      decoderId: `${memdev.endpointId.replace('endpoint', 'decoder')}.${decoder}`,
      dpaStart: before + (type === 'pmem' ? (memdev.written.ram ?? 0) : 0),
      dpaBytes: bytes,
    }
  }
}

function windowOf(
  context: SpecContext,
  written: SpecCxlRegion,
  { windows, path }: { readonly windows: readonly PlacedWindow[]; readonly path: Path },
): PlacedWindow {
  const window = windows[written.window ?? 0]
  if (window !== undefined) return window
  throw contradiction(context, written.window === undefined ? path : [...path, 'window'], {
    what: `there is no window ${written.window ?? 0}`,
    hint: 'describe it under windows; they are counted from 0',
  })
}

function checkKeys(
  context: SpecContext,
  { written, type }: { readonly written: SpecCxlRegion; readonly type: 'ram' | 'pmem' },
  path: Path,
): void {
  const refuse = (keys: readonly (keyof SpecCxlRegion)[], what: string, hint: string) => {
    const key = keys.find((one) => written[one] !== undefined)
    if (key !== undefined)
      throw contradiction(context, [...path, key], { what: `${what} ${key}`, hint })
  }
  if (type === 'ram') {
    refuse(['namespaces'], 'a ram region has no', 'leave it out, or write type: pmem')
  } else {
    refuse(
      ['mode', 'align', 'memmapOnMemory', 'movable', 'offline'],
      'a pmem region has no',
      'leave it out: its namespaces have a mode',
    )
  }
  if (written.mode === undefined) {
    refuse(
      ['align', 'memmapOnMemory'],
      'a region without mode has no',
      'write mode: devdax or system-ram',
    )
  }
  if (written.mode !== 'system-ram') {
    refuse(['movable', 'offline'], 'only system RAM has', 'leave it out, or write mode: system-ram')
  }
}

/** Devices in order of interleaving, each below the host bridge that the window leads to at its position. */
function membersOf(
  context: SpecContext,
  written: SpecCxlRegion,
  {
    tree,
    window,
    path,
  }: { readonly tree: CxlTree; readonly window: PlacedWindow; readonly path: Path },
): readonly PlacedMemdev[] {
  const at = [...path, 'memdevs']
  checkWays(context, written.memdevs.length, at)
  if (written.memdevs.length % window.hostBridges.length !== 0) {
    throw contradiction(context, at, {
      what: `${written.memdevs.length} devices cannot be divided among the ${window.hostBridges.length} host bridges of window ${window.index}`,
      hint: 'list as many devices of each host bridge, or use a window that leads to fewer',
    })
  }
  return written.memdevs.map((number, position) => {
    const memdev = tree.memdevs[number]
    if (memdev === undefined || written.memdevs.indexOf(number) !== position) {
      throw contradiction(context, [...at, position], {
        what: memdev === undefined ? `there is no mem${number}` : `mem${number} stands twice`,
        hint: 'list numbers of memory devices, counted from 0, each once',
      })
    }
    const expected = window.hostBridges[position % window.hostBridges.length]
    if (memdev.hostBridge !== expected) {
      throw contradiction(context, [...at, position], {
        what: `${memdev.id} is below host bridge ${memdev.hostBridge}, and position ${position} of window ${window.index} leads to host bridge ${expected}`,
        hint: 'change the order of the devices, or the hostBridges of the window',
      })
    }
    return memdev
  })
}

/** Where host bridges are interleaved, a region has the granularity of its window (drivers/cxl/core/region.c). */
function granularityOf(
  context: SpecContext,
  { granularity }: SpecCxlRegion,
  { window, path }: { readonly window: PlacedWindow; readonly path: Path },
): number {
  checkGranularity(context, granularity, [...path, 'granularity'])
  if (granularity === undefined || granularity === window.granularity) return window.granularity
  if (window.hostBridges.length === 1) return granularity
  throw contradiction(context, [...path, 'granularity'], {
    what: `window ${window.index} interleaves its host bridges by ${formatBytes(window.granularity)}, and so must its regions`,
    hint: 'leave granularity out, or change that of the window',
  })
}
