import type { TreeFiles } from '../tree-files'

const GPUS = 'proc/driver/nvidia/gpus'

/** Nodes that are the memory of a GPU, with the file that says so: the NVIDIA driver names them (POWER9, Grace). */
export function gpuNodes(files: TreeFiles): ReadonlyMap<number, string> {
  const nodes = new Map<number, string>()
  for (const gpu of files.tree.list(GPUS)) {
    const path = `${GPUS}/${gpu}/numa_status`
    const digits = /^Node:\s{1,20}(\d{1,7})\s*$/m.exec(files.text(path)[0] ?? '')?.[1]
    if (digits !== undefined) nodes.set(Number(digits), path)
  }
  return nodes
}
