import type { Dimm, Nvdimm } from '../../model/memory-modules'
import type { ModelObject, ObjectId } from '../../model/model-object'
import type { CxlMemdev } from '../../model/cxl'
import type { CpuPackage, PmemRegion } from '../../model/topology'
import type { Facts } from '../facts'

/** What tells that two objects are one, by the kind of mark: a handle, a cookie, a place. */
type Marks = Readonly<Record<string, string | undefined>>

/**
 * Gives one id to what several readers call by different names (DOMAIN §13.12): NVDIMMs by NFIT handle (ndctl's `handle`
 * is ipmctl's DimmID), memory modules by SMBIOS handle or by bank and locator, PMEM regions by interleave-set cookie,
 * start address or parts, CXL memory devices by PCI address, packages by their CPUs. The first reader's id stays, so kernel names win over made-up ones; references follow.
 * Objects of one reader are never taken for each other, nor are two that differ in a mark that both have.
 */
export function unifyIdentities(facts: readonly Facts[]): readonly Facts[] {
  const nvdimmIds = aliases(facts, (one) => one.nvdimms, nvdimmMarks)
  const dimmIds = aliases(facts, (one) => one.dimms, dimmMarks)
  const regionIds = aliases(
    facts.map(({ regions }, reader) => ({
      regions: (regions ?? []).map((region) => withNvdimmNames(region, renamer(nvdimmIds[reader]))),
    })),
    (one) => one.regions,
    regionMarks,
  )
  const memdevIds = aliases(facts, (one) => one.cxlMemdevs, memdevMarks)
  const packageIds = aliases(facts, (one) => one.packages, packageMarks)
  return facts.map((one, reader) => {
    const nvdimm = renamer(nvdimmIds[reader])
    const dimm = renamer(dimmIds[reader])
    const region = renamer(regionIds[reader])
    const memdev = renamer(memdevIds[reader])
    const cpuPackage = renamer(packageIds[reader])
    return {
      ...one,
      ...(one.nvdimms && {
        nvdimms: one.nvdimms.map((item) => ({
          ...item,
          id: nvdimm(item.id),
          ...(item.dimmId !== undefined && { dimmId: dimm(item.dimmId) }),
        })),
      }),
      ...(one.dimms && {
        dimms: one.dimms.map((item) => ({
          ...item,
          id: dimm(item.id),
          ...(item.nvdimmId !== undefined && { nvdimmId: nvdimm(item.nvdimmId) }),
        })),
      }),
      ...(one.regions && {
        regions: one.regions.map((item) => ({
          ...withNvdimmNames(item, nvdimm),
          id: region(item.id),
        })),
      }),
      ...(one.cxlMemdevs && {
        cxlMemdevs: one.cxlMemdevs.map((item) => ({ ...item, id: memdev(item.id) })),
      }),
      ...(one.packages && {
        packages: one.packages.map((item) => ({ ...item, id: cpuPackage(item.id) })),
      }),
      ...(one.namespaces && {
        namespaces: one.namespaces.map((item) => ({
          ...item,
          ...(item.regionId !== undefined && { regionId: region(item.regionId) }),
        })),
      }),
    }
  })
}

const nvdimmMarks = (nvdimm: Nvdimm): Marks => ({
  handle: textOf(nvdimm.handle),
  physicalId: textOf(nvdimm.physicalId),
  uniqueId: nvdimm.uniqueId?.toLowerCase(),
})

const dimmMarks = (dimm: Dimm): Marks => ({
  handle: textOf(dimm.handle),
  place:
    dimm.locator === undefined ? undefined : `${dimm.bank ?? ''}\n${dimm.locator}`.toLowerCase(),
  locator: dimm.locator?.toLowerCase(),
})

const regionMarks = (region: PmemRegion): Marks => ({
  start: textOf(region.startAddress),
  cookie: region.interleaveSetCookie === '0x0' ? undefined : region.interleaveSetCookie,
  parts: partsOf(region),
})

/** NFIT knows no cookie, and ndctl tells addresses to root only: what a region is made of is the same in both. */
function partsOf({ mappings }: PmemRegion): string | undefined {
  if (mappings === undefined || mappings.length === 0) return undefined
  return mappings
    .map(({ nvdimmId, dpaStart, sizeBytes }) => `${nvdimmId}@${dpaStart}+${sizeBytes}`)
    .sort()
    .join(',')
}

function withNvdimmNames(region: PmemRegion, rename: (id: ObjectId) => ObjectId): PmemRegion {
  const { mappings } = region
  if (mappings === undefined) return region
  return {
    ...region,
    mappings: mappings.map((mapping) => ({ ...mapping, nvdimmId: rename(mapping.nvdimmId) })),
  }
}

/** Not by serial: virtual machines give 0 to all. */
const memdevMarks = (memdev: CxlMemdev): Marks => ({ pci: memdev.pciAddress?.toLowerCase() })

/** lscpu numbers sockets itself; its package1 may be the kernel's package3. */
const packageMarks = ({ cpuIds }: CpuPackage): Marks => ({
  cpus: cpuIds.length === 0 ? undefined : cpuIds.join(','),
})

/** Marks that decide against a match when both objects have one and they differ; the others only speak for it. */
const DECISIVE = new Set(['handle', 'start'])

function textOf(value: number | undefined): string | undefined {
  return value === undefined ? undefined : String(value)
}

type Aliases = ReadonlyMap<ObjectId, ObjectId>

/** For each reader, by its own ids, the ids that the objects get. */
function aliases<T extends ModelObject>(
  facts: readonly Facts[],
  pick: (facts: Facts) => readonly T[] | undefined,
  marksOf: (object: T) => Marks,
): readonly Aliases[] {
  const known = new Map<ObjectId, Record<string, string>>()
  return facts.map((one) => {
    const objects = pick(one) ?? []
    const byMark = indexOf(known)
    const often = repeatedMarks(objects.map(marksOf))
    const renamed = new Map<ObjectId, ObjectId>()
    const taken = new Set<ObjectId>()
    for (const object of objects) {
      const marks = Object.entries(marksOf(object)).flatMap(([kind, value]) =>
        value === undefined || often.has(`${kind}:${value}`) ? [] : [[kind, value] as const],
      )
      const id = known.has(object.id) ? object.id : findMatch(marks, { known, byMark, taken })
      if (id !== undefined && id !== object.id) renamed.set(object.id, id)
      taken.add(id ?? object.id)
      const own = known.get(id ?? object.id) ?? {}
      for (const [kind, value] of marks) own[kind] ??= value
      known.set(id ?? object.id, own)
    }
    return renamed
  })
}

type Index = ReadonlyMap<string, readonly ObjectId[]>

function indexOf(known: ReadonlyMap<ObjectId, Readonly<Record<string, string>>>): Index {
  const byMark = new Map<string, ObjectId[]>()
  for (const [id, marks] of known) {
    for (const [kind, value] of Object.entries(marks)) {
      const key = `${kind}:${value}`
      const ids = byMark.get(key)
      if (ids === undefined) byMark.set(key, [id])
      else ids.push(id)
    }
  }
  return byMark
}

/** A mark that several objects of one reader share (`DIMM 0` in every bank) tells none of them. */
function repeatedMarks(lists: readonly Marks[]): ReadonlySet<string> {
  const seen = new Set<string>()
  const often = new Set<string>()
  for (const marks of lists) {
    for (const [kind, value] of Object.entries(marks)) {
      const key = `${kind}:${value}`
      if (seen.has(key)) often.add(key)
      seen.add(key)
    }
  }
  return often
}

function findMatch(
  marks: readonly (readonly [kind: string, value: string])[],
  from: {
    readonly known: ReadonlyMap<ObjectId, Readonly<Record<string, string>>>
    readonly byMark: Index
    readonly taken: ReadonlySet<ObjectId>
  },
): ObjectId | undefined {
  const contradicts = (id: ObjectId) =>
    marks.some(([kind, value]) => {
      const other = from.known.get(id)?.[kind]
      return DECISIVE.has(kind) && other !== undefined && other !== value
    })
  for (const [kind, value] of marks) {
    const ids = (from.byMark.get(`${kind}:${value}`) ?? []).filter(
      (id) => !from.taken.has(id) && !contradicts(id),
    )
    const [only] = ids
    if (only !== undefined && ids.length === 1) return only
  }
  return undefined
}

function renamer(renamed: Aliases | undefined): (id: ObjectId) => ObjectId {
  return (id) => renamed?.get(id) ?? id
}
