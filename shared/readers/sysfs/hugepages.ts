import type { HugepagePool, TransparentHugepages } from '../../model/topology'
import { KIB } from '../../model/units'
import type { Sourced, TreeFiles } from '../tree-files'
import { directoryNumbers } from './directory-numbers'

const SIZE_DIRECTORY = /^hugepages-(\d{1,15})kB$/
const TRANSPARENT = 'sys/kernel/mm/transparent_hugepage'
/** Kernel 7.3 has 24; a stranger's directory may hold anything. */
const MOST_COUNTERS = 100

/** The pools below a directory: those of one node, or /sys/kernel/mm/hugepages of the machine. Sizes in bytes. */
export function readHugepagePools(
  files: TreeFiles,
  path: string,
): Sourced<readonly HugepagePool[]> {
  const pools = directoryNumbers(files, path, SIZE_DIRECTORY).flatMap((sizeKib) => {
    const pool = `${path}/hugepages-${sizeKib}kB`
    const [total] = files.number(`${pool}/nr_hugepages`)
    const [free] = files.number(`${pool}/free_hugepages`)
    const [surplus] = files.number(`${pool}/surplus_hugepages`)
    const sizeBytes = sizeKib * KIB
    if (total === undefined || !Number.isSafeInteger(sizeBytes * total)) return []
    return [
      {
        sizeBytes,
        total,
        ...(free === undefined ? {} : { free }),
        ...(surplus === undefined ? {} : { surplus }),
      },
    ]
  })
  return [pools.length === 0 ? undefined : pools, files.source(path)]
}

/**
 * Transparent hugepages of each size, mTHP included (DOMAIN §10.1; Documentation/admin-guide/mm/transhuge.rst). Kernels
 * before 6.8 know one size: then the machine's own switch stands for it.
 */
export function readTransparentHugepages(
  files: TreeFiles,
): Sourced<readonly TransparentHugepages[]> {
  const sizes = directoryNumbers(files, TRANSPARENT, SIZE_DIRECTORY).flatMap((sizeKib) => {
    const path = `${TRANSPARENT}/hugepages-${sizeKib}kB`
    const sizeBytes = sizeKib * KIB
    if (!Number.isSafeInteger(sizeBytes)) return []
    return [{ sizeBytes, ...settingsOf(files, path), ...countersOf(files, `${path}/stats`) }]
  })
  if (sizes.length > 0) return [sizes, files.source(TRANSPARENT)]
  const [sizeBytes] = files.number(`${TRANSPARENT}/hpage_pmd_size`)
  return [
    sizeBytes === undefined ? undefined : [{ sizeBytes, ...settingsOf(files, TRANSPARENT) }],
    files.source(TRANSPARENT),
  ]
}

function settingsOf(
  files: TreeFiles,
  path: string,
): Pick<TransparentHugepages, 'enabled' | 'shmemEnabled'> {
  const enabled = chosenWord(files, `${path}/enabled`)
  const shmemEnabled = chosenWord(files, `${path}/shmem_enabled`)
  return {
    ...(enabled === undefined ? {} : { enabled }),
    ...(shmemEnabled === undefined ? {} : { shmemEnabled }),
  }
}

/** The word in brackets of "always inherit [madvise] never". */
function chosenWord(files: TreeFiles, path: string): string | undefined {
  return /\[([a-z_]{1,40})\]/.exec(files.text(path)[0] ?? '')?.[1]
}

function countersOf(files: TreeFiles, path: string): Pick<TransparentHugepages, 'counters'> {
  const counters = files.tree
    .list(path)
    .slice(0, MOST_COUNTERS)
    .flatMap((name) => {
      const [value] = files.number(`${path}/${name}`)
      return value === undefined ? [] : [[name, value] as const]
    })
  return counters.length === 0 ? {} : { counters: Object.fromEntries(counters) }
}
