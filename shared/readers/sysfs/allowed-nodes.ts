import { parseIdList } from '../../model/id-list'
import type { TreeFiles } from '../tree-files'

export interface AllowedNodes {
  readonly nodeIds: ReadonlySet<number>
  /** The file that says so. */
  readonly path: string
}

/**
 * Nodes that the process may use whose /proc/self is in the tree: the one that made the dump, or ours on the live
 * machine. In the order in which hwloc looks: cgroup v2, cgroup v1, the older cpuset file system.
 * Undefined when there is no such file.
 */
export function allowedNodes(files: TreeFiles): AllowedNodes | undefined {
  const mounts = (files.text('proc/mounts')[0] ?? '').split('\n').map((line) => line.split(' '))
  const [cgroups] = files.text('proc/self/cgroup')
  const group =
    /^\d{1,5}:(?:[^:\n]*,)?cpuset(?:,[^:\n]*)?:(\/.*)$/m.exec(cgroups ?? '')?.[1] ??
    files.text('proc/self/cpuset')[0] ??
    /^0::(\/.*)$/m.exec(cgroups ?? '')?.[1]
  for (const [, folder = '', type = '', options = ''] of mounts) {
    const found =
      type === 'cgroup2'
        ? readMems(files, [folder, group, 'cpuset.mems.effective'])
        : type === 'cgroup' && options.split(',').includes('cpuset')
          ? readMems(files, [folder, group, 'cpuset.mems'])
          : type === 'cpuset'
            ? readMems(files, [folder, group, 'mems'])
            : undefined
    if (found !== undefined) return found
  }
  return undefined
}

function readMems(
  files: TreeFiles,
  [folder, group, name]: readonly [string, string | undefined, string],
): AllowedNodes | undefined {
  if (group === undefined) return undefined
  const segments = `${folder}/${group}/${name}`.split('/').filter((segment) => segment !== '')
  if (segments.includes('..')) return undefined
  const path = segments.join('/')
  const [text] = files.text(path)
  const nodeIds = text === undefined ? undefined : parseIdList(text)
  return nodeIds === undefined || nodeIds.length === 0
    ? undefined
    : { nodeIds: new Set(nodeIds), path }
}
