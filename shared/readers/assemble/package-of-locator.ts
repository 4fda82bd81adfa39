import type { Dimm } from '../../model/memory-modules'
import type { CpuPackage } from '../../model/topology'

/** Boards name slots by their socket: `CPU1_DIMM_A2`, `P0_Node0_Channel1`, `PROC 2 DIMM 4` (SMBIOS type 17, locator and bank). */
const SOCKET = /^(?:CPU|PROC|PROCESSOR|SOCKET|SKT|P)[ _-]?(\d{1,2})(?!\d)/i

/**
 * The package of each module by the socket number in its locator or bank, where the numbers are as many as the packages:
 * some boards count sockets from 0 and some from 1, so that only their order is sure.
 * @returns package ids by module id; empty where the names do not tell
 */
export function packagesOfLocators(
  dimms: readonly Dimm[],
  packages: readonly CpuPackage[],
): ReadonlyMap<string, number> {
  const socketOf = (dimm: Dimm) => {
    const [, number] = SOCKET.exec(dimm.locator ?? '') ?? SOCKET.exec(dimm.bank ?? '') ?? []
    return number === undefined ? undefined : Number(number)
  }
  const numbered = dimms.map((dimm) => [dimm.id, socketOf(dimm)] as const)
  const numbers = [...new Set(numbered.map(([, number]) => number))]
  if (packages.length < 2 || numbers.includes(undefined) || numbers.length !== packages.length) {
    return new Map()
  }
  const sockets = numbers.filter((number) => number !== undefined).sort((a, b) => a - b)
  const packageIds = packages.map(({ packageId }) => packageId).sort((a, b) => a - b)
  return new Map(
    numbered.flatMap(([id, number]) => {
      const packageId = number === undefined ? undefined : packageIds[sockets.indexOf(number)]
      return packageId === undefined ? [] : [[id, packageId] as const]
    }),
  )
}
