import { ownValue } from '../../model/own-value'
import type { Namespace, NamespaceMap, NamespaceMode } from '../../model/topology'
import { FactSheet } from '../facts'
import type { Sourced, TreeFiles } from '../tree-files'
import { parentName, type BusDevice } from './bus-devices'
import { addClaim, readSectorBytes } from './claims'

const MODES: Readonly<Record<string, NamespaceMode>> = {
  raw: 'raw',
  safe: 'sector',
  memory: 'fsdax',
  dax: 'devdax',
}

const NAMESPACE = /^namespace\d+\.\d+$/
const CLAIM = /^(?:pfn|dax|btt)\d+\.\d+$/

/**
 * Namespaces with their claims (pfnN.M, daxN.M, bttN.M; DOMAIN §6.2, §6.7).
 * The size-0 seed that every region keeps for the next namespace is not one and is left out.
 */
export function readNamespaces(
  files: TreeFiles,
  devices: readonly BusDevice[],
): readonly Namespace[] {
  const byName = new Map(devices.map((device) => [device.name, device]))
  const listed = devices
    .filter(({ name }) => NAMESPACE.test(name))
    .filter(({ path }) => files.number(`${path}/size`)[0] !== 0)
    .map((device) => {
      const [holder] = files.text(`${device.path}/holder`)
      const claim = holder === undefined ? undefined : byName.get(holder.trim())
      return readNamespace(files, device, claim)
    })
  const orphans = devices.flatMap((device) => {
    const namespace = CLAIM.test(device.name)
      ? files.text(`${device.path}/namespace`)[0]
      : undefined
    return namespace === undefined || byName.has(namespace) || !NAMESPACE.test(namespace)
      ? []
      : [readOrphan(files, namespace, device)]
  })
  return [...listed, ...orphans]
}

/** hwloc-gather-topology keeps the claim of a namespace (it holds the device), but not the namespace itself. */
function readOrphan(files: TreeFiles, id: string, claim: BusDevice): Namespace {
  const mode = claim.name.startsWith('btt')
    ? 'sector'
    : claim.name.startsWith('pfn')
      ? 'fsdax'
      : 'devdax'
  const sheet = new FactSheet<Namespace>(id)
    .set('regionId', parentName(claim.path), files.source(claim.path))
    .set('mode', mode, files.source(claim.path))
    .set('numaNode', ...files.id(`${claim.path}/numa_node`))
    .set('targetNode', ...files.id(`${claim.path}/target_node`))
    .set('state', ...readState(files, claim))
    .set('device', ...readDevice(files, claim))
  return addClaim(files, sheet, claim).finish()
}

function readNamespace(
  files: TreeFiles,
  device: BusDevice,
  claim: BusDevice | undefined,
): Namespace {
  const { name, path } = device
  const mode = readMode(files, path)
  const rawBytes = files.number(`${path}/size`)
  const startAddress = files.number(`${path}/resource`)
  const sheet = new FactSheet<Namespace>(name)
    .set('regionId', parentName(path), files.source(path))
    .set('mode', ...mode)
    .set('name', ...files.text(`${path}/alt_name`))
    .set('rawBytes', ...rawBytes)
    .set('startAddress', ...startAddress)
    .set('numaNode', ...files.id(`${path}/numa_node`))
    .set('targetNode', ...files.id(`${path}/target_node`))
    .set('state', ...readState(files, claim ?? device))
    .set('device', ...readDevice(files, claim ?? device))
  if (claim === undefined) return finishUnclaimed(files, device, sheet, { mode, rawBytes })
  sheet.set('rawUuid', ...files.text(`${path}/uuid`))
  // A character device has no sectors; ndctl prints none for devdax either (DOMAIN §6.8).
  if (mode[0] === 'fsdax') {
    sheet.set('sectorBytes', ...readSectorBytes(files, `${path}/sector_size`))
  }
  return addClaim(files, sheet, claim).finish()
}

interface UnclaimedFacts {
  readonly mode: Sourced<NamespaceMode>
  readonly rawBytes: Sourced<number>
}

/**
 * Without a claim a namespace is raw and page-less, or, on e820, virtio and device-tree regions, an fsdax without info
 * block: usable = raw and its struct pages in RAM (DOMAIN §5.2, §13).
 */
function finishUnclaimed(
  files: TreeFiles,
  { path }: BusDevice,
  sheet: FactSheet<Namespace>,
  { mode, rawBytes }: UnclaimedFacts,
): Namespace {
  const map: NamespaceMap = mode[0] === 'fsdax' ? 'mem' : 'none'
  return sheet
    .set('uuid', ...files.text(`${path}/uuid`))
    .set('usableBytes', ...rawBytes)
    .set('map', mode[0] === undefined ? undefined : map, {
      kind: 'derived',
      reader: 'sysfs',
      rule: 'no claim device: raw has no struct pages, legacy fsdax keeps them in RAM',
    })
    .set('sectorBytes', ...readSectorBytes(files, `${path}/sector_size`))
    .finish()
}

function readMode(files: TreeFiles, path: string): Sourced<NamespaceMode> {
  const [text, source] = files.text(`${path}/mode`)
  const mode = text === undefined ? undefined : ownValue(MODES, text.trim())
  if (text !== undefined && mode === undefined) {
    files.malformed(`${path}/mode`, text, 'raw, safe, memory or dax')
  }
  return [mode, source]
}

/** A namespace is active when its claim, or itself if unclaimed, has a driver. */
function readState(files: TreeFiles, { path }: BusDevice): Sourced<'active' | 'disabled'> {
  const [driver, source] = files.linkName(`${path}/driver`)
  const hasUevent = files.tree.kind(`${path}/uevent`) !== undefined
  if (driver !== undefined) return ['active', source]
  return [hasUevent ? 'disabled' : undefined, source]
}

/** The block device below `block/`, or the character device that the claim created. */
function readDevice(files: TreeFiles, { path }: BusDevice): Sourced<string> {
  const block = files.tree.list(`${path}/block`)[0]
  if (block !== undefined) return [block, files.source(`${path}/block`)]
  const child = files.tree
    .list(path)
    .find(
      (name) => /^dax\d+\.\d+$/.test(name) && files.tree.kind(`${path}/${name}`) === 'directory',
    )
  return [child, files.source(path)]
}
