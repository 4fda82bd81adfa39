import { isFile, memberName, withContent, type RawMember } from './tar-members'

/** Page flags and the like are cut to this: readers run over them at once, and that is the same for 8192 pages. */
const MOST_FILE_BYTES = 64 * 1024
/** CPUs, memory blocks and so on of which more tell nothing new. */
const MOST_NUMBER = 11

/** Paths that readers look at (DOMAIN §6, §9); below them, those few without which there is no machine. */
const READ =
  /(^|\/)(manifest\.json$|version$|cmd\/|sos_commands\/|proc\/(iomem|meminfo|zoneinfo|vmstat|buddyinfo|pagetypeinfo|cmdline|version|kpage|cpuinfo|sys\/vm)|sys\/(devices\/system\/(node|memory|edac|cpu\/(online|cpu\d+\/topology))|kernel\/(mm|btf|vmcoreinfo)|firmware\/|bus\/(nd|dax|cxl|pci|memory|node)\/|class\/(dax|nd|bdi)|module\/memory_hotplug|devices\/virtual\/memory_tiering)|(ndbus|region|namespace|nmem|dax|cxl|port|decoder|endpoint|mem|root|p2pmem|btt|pfn)\d)/
const CORE =
  /(^|\/)(manifest\.json|proc\/(iomem|meminfo)|sys\/devices\/system\/node\/(online|node\d+\/(cpulist|meminfo|distance)))$/

/** How much a path matters to readers. */
export function interestOf(path: string): 'core' | 'read' | 'none' {
  if (CORE.test(path)) return 'core'
  return READ.test(path) ? 'read' : 'none'
}

/** The members that readers look at, of a machine with few CPUs and memory blocks, without very large files. */
export function trimMembers(members: readonly RawMember[]): readonly RawMember[] {
  return members.flatMap((member) => {
    const path = memberName(member)
    if (interestOf(path) === 'none' || isOneOfMany(path)) return []
    // Copies, so that the whole unpacked archive can be forgotten.
    const content = new Uint8Array(member.content.subarray(0, MOST_FILE_BYTES))
    const isCut = isFile(member) && content.length < member.content.length
    const copy = {
      header: new Uint8Array(member.header),
      content: isCut ? content : new Uint8Array(member.content),
    }
    return [isCut ? withContent(copy, content) : copy]
  })
}

function isOneOfMany(path: string): boolean {
  const numbers = [...path.matchAll(/\/(?:cpu|memory)(\d+)(?=\/|$)/g)]
  return numbers.some(([, number]) => Number(number) > MOST_NUMBER) || /\/power\//.test(path)
}
