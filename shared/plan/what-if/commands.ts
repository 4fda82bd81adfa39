import type { PlanEdit } from './edit'

/**
 * The shell commands that carry out an edit on the machine itself, for edits of namespaces and dax devices; none for what no
 * command changes. Options as in ndctl-create-namespace(1) and daxctl-reconfigure-device(1).
 */
export function commandsFor(edit: PlanEdit): readonly string[] {
  switch (edit.kind) {
    case 'namespace':
      return [`ndctl create-namespace --force --reconfig=${edit.id}${shapeOptions(edit)}`]
    case 'add-namespace':
      return [
        `ndctl create-namespace --region=${edit.regionId} --size=${edit.rawBytes}${shapeOptions(edit)}`,
      ]
    case 'dax-mode':
      return [`daxctl reconfigure-device --force --mode=${edit.mode} ${edit.id}`]
    case 'hugepages': {
      const sizeKib = edit.sizeBytes / 1024
      return [
        `echo ${edit.count} > /sys/devices/system/node/node${edit.nodeId}/hugepages/hugepages-${sizeKib}kB/nr_hugepages`,
      ]
    }
    case 'hvo':
      return [`sysctl vm.hugetlb_optimize_vmemmap=${edit.isOn ? 1 : 0}`]
    default:
      return []
  }
}

function shapeOptions(shape: {
  readonly mode: string
  readonly map?: string
  readonly alignBytes?: number
  readonly sectorBytes?: number
}): string {
  const isMapped = shape.mode === 'fsdax' || shape.mode === 'devdax'
  const options = [
    ['mode', shape.mode],
    ['map', isMapped ? shape.map : undefined],
    ['align', isMapped ? shape.alignBytes : undefined],
    ['sector-size', shape.mode === 'sector' ? shape.sectorBytes : undefined],
  ] as const
  return options
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` --${name}=${value}`)
    .join('')
}
