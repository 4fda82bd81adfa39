import type { CxlDport, CxlPort } from '../../model/cxl'
import { compareIds } from '../../model/order'
import { FactSheet } from '../facts'
import type { Sourced, TreeFiles } from '../tree-files'
import { parentName, type BusDevice } from './bus-devices'

/** A CXL root, host bridge, switch or endpoint; what it hangs on is its parent directory. */
export function readCxlPort(files: TreeFiles, { name, path }: BusDevice): CxlPort {
  // The depth is the number of ports above: root0 has 0, a host bridge 1.
  const depth = path
    .split('/')
    .slice(0, -1)
    .filter((segment) => /^(?:root|port)\d+$/.test(segment)).length
  const uport = files.linkName(`${path}/uport`)
  const source = files.source(path)
  return new FactSheet<CxlPort>(name)
    .set('portKind', portKindOf(name, depth), source)
    .set('depth', depth, source)
    .set('parentPortId', depth === 0 ? undefined : parentName(path), source)
    .set('parentDport', ...files.linkName(`${path}/parent_dport`))
    .set('uport', ...uport)
    .set('memdevId', /^mem\d+$/.test(uport[0] ?? '') ? uport[0] : undefined, uport[1])
    .set('dports', ...readDports(files, path))
    .finish()
}

function portKindOf(name: string, depth: number): CxlPort['portKind'] {
  if (name.startsWith('root')) return 'root'
  if (name.startsWith('endpoint')) return 'endpoint'
  return depth === 1 ? 'host-bridge' : 'switch'
}

/** Links `dportK` to the devices below which the port leads on; K is what decoders call them. */
function readDports(files: TreeFiles, path: string): Sourced<readonly CxlDport[]> {
  const dports = files.tree.list(path).flatMap((name) => {
    const digits = /^dport(\d{1,9})$/.exec(name)?.[1]
    const [device] = files.linkName(`${path}/${name}`)
    return digits === undefined || device === undefined ? [] : [{ device, dportId: Number(digits) }]
  })
  dports.sort((a, b) => compareIds(a.device, b.device))
  return [dports.length === 0 ? undefined : dports, files.source(path, 'dport*')]
}
