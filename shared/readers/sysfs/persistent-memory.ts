import type { Nvdimm } from '../../model/memory-modules'
import type { PmemRegion, RegionMapping } from '../../model/topology'
import { FactSheet, type Facts } from '../facts'
import { parseQuantity, type Sourced, type TreeFiles } from '../tree-files'
import { parentName } from './bus-devices'
import { readNamespaces } from './namespaces'
import { ndDevices } from './nd-devices'

/** libnvdimm devices (DOMAIN §6.7). */
export function readPersistentMemory(files: TreeFiles): Facts {
  const devices = ndDevices(files)
  if (devices === undefined) return {}
  const named = (pattern: RegExp) => devices.filter(({ name }) => pattern.test(name))
  return {
    nvdimms: named(/^nmem\d+$/).map(({ name, path }) => readNvdimm(files, name, path)),
    regions: named(/^region\d+$/).map(({ name, path }) => readRegion(files, name, path)),
    namespaces: readNamespaces(files, devices),
  }
}

function readNvdimm(files: TreeFiles, id: string, path: string): Nvdimm {
  return new FactSheet<Nvdimm>(id)
    .set('handle', ...files.number(`${path}/nfit/handle`))
    .set('physicalId', ...files.number(`${path}/nfit/phys_id`))
    .set('serial', ...files.text(`${path}/nfit/serial`))
    .set('vendor', ...files.text(`${path}/nfit/vendor`))
    .set('device', ...files.text(`${path}/nfit/device`))
    .set('state', ...files.text(`${path}/state`))
    .set('flags', ...files.text(`${path}/flags`))
    .set('security', ...files.text(`${path}/security`))
    .set('cxlMemdevId', ...readCxlMemdevId(files, `${path}/cxl/provider`))
    .finish()
}

/** The provider is a bridge device such as `pmem0`, and that hangs below the memory device. */
function readCxlMemdevId(files: TreeFiles, path: string): Sourced<string> {
  const [provider, source] = files.text(path)
  const bridge = files.tree.resolve(`sys/bus/cxl/devices/${provider}`)
  const memdev = bridge === undefined ? undefined : parentName(bridge)
  return [/^mem\d+$/.test(memdev ?? '') ? memdev : undefined, source]
}

function readRegion(files: TreeFiles, id: string, path: string): PmemRegion {
  const busPath = path.slice(0, path.lastIndexOf('/'))
  return new FactSheet<PmemRegion>(id)
    .set('busId', busPath.split('/').at(-1), files.source(path))
    .set('provider', ...files.text(`${busPath}/provider`))
    .set('regionType', ...readRegionType(files, `${path}/devtype`))
    .set('sizeBytes', ...files.number(`${path}/size`))
    .set('availableBytes', ...files.number(`${path}/available_size`))
    .set('alignBytes', ...files.number(`${path}/align`))
    .set('startAddress', ...files.number(`${path}/resource`))
    .set('mappings', ...readMappings(files, path))
    .set('interleaveSetCookie', ...files.text(`${path}/set_cookie`))
    .set('persistenceDomain', ...files.text(`${path}/persistence_domain`))
    .set('numaNode', ...files.id(`${path}/numa_node`))
    .set('targetNode', ...files.id(`${path}/target_node`))
    .finish()
}

function readRegionType(files: TreeFiles, path: string): Sourced<'pmem' | 'volatile' | 'blk'> {
  const [text, source] = files.text(path)
  const type = text?.trim().replace(/^nd_/, '')
  return [type === 'pmem' || type === 'volatile' || type === 'blk' ? type : undefined, source]
}

/** mappingK = "nmemX,dpa_start,length,position" in decimal. */
function readMappings(files: TreeFiles, path: string): Sourced<readonly RegionMapping[]> {
  const [count, source] = files.number(`${path}/mappings`)
  if (count === undefined) return [undefined, source]
  const mappings: RegionMapping[] = []
  // 64 is above ND_MAX_MAPPINGS (32, include/linux/libnvdimm.h).
  for (let index = 0; index < Math.min(count, 64); index++) {
    const file = `${path}/mapping${index}`
    const [text] = files.text(file)
    if (text === undefined) continue
    const [nvdimmId, ...numbers] = text.trim().split(',')
    const [dpaStart, sizeBytes, position] = numbers.map(parseQuantity)
    if (nvdimmId === undefined || dpaStart === undefined || sizeBytes === undefined) {
      files.malformed(file, text, 'nmemX,start,length,position')
      continue
    }
    mappings.push({ nvdimmId, dpaStart, sizeBytes, position: position ?? index })
  }
  return [mappings.length === 0 ? undefined : mappings, source]
}
