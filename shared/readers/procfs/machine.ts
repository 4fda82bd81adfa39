import type { Source } from '../../model/source'
import type { Machine } from '../../model/topology'
import { FactSheet } from '../facts'
import type { Sourced, TreeFiles } from '../tree-files'
import type { Counters } from './counters'
import { procText } from './proc-text'
import { readHugetlbSections } from './kpageflags'

interface MachineCounters {
  readonly meminfo: Counters | undefined
  readonly vmstat: Counters | undefined
}

/** Facts about the machine as a whole from procfs. */
export function readMachine(files: TreeFiles, { meminfo, vmstat }: MachineCounters): Machine {
  const [version, versionSource] = procText(files, 'version')
  const [, meminfoSource] = procText(files, 'meminfo')
  const [flag, flagSource] = files.flag('proc/sys/vm/hugetlb_optimize_vmemmap')
  const memoryBytes = meminfo?.['MemTotal']
  return new FactSheet<Machine>('machine')
    .set('hostname', ...files.text('proc/sys/kernel/hostname'))
    .set('kernelRelease', /^Linux version (\S+)/.exec(version ?? '')?.[1], versionSource)
    .set('arch', ...readArch(files))
    .set('commandLine', ...files.text('proc/cmdline'))
    .set('memoryBytes', memoryBytes, { ...meminfoSource, key: 'MemTotal' })
    .set('basePageBytes', ...basePageBytes(files, { meminfo, vmstat }))
    .set('hugetlbOptimizeVmemmap', flag, flagSource)
    .set('hugetlbSections', ...readHugetlbSections(files))
    .finish()
}

/** Told by what /proc/cpuinfo prints; each architecture has keys of its own (arch/…/kernel/cpu/proc.c and the like). */
function readArch(files: TreeFiles): Sourced<string> {
  const [text, source] = files.text('proc/cpuinfo')
  const has = (pattern: RegExp) => pattern.test(text ?? '')
  const arch = has(/^vendor_id\s*:\s*IBM\/S390/m)
    ? 's390x'
    : has(/^flags\s*:.*\blm\b/m)
      ? 'x86_64'
      : has(/^CPU implementer\s*:/m) && has(/^CPU architecture\s*:\s*8/m)
        ? 'aarch64'
        : has(/^isa\s*:\s*rv64/m)
          ? 'riscv64'
          : has(/^cpu\s*:\s*POWER/m)
            ? 'ppc64le'
            : has(/loongson/i)
              ? 'loongarch64'
              : undefined
  return [arch, source]
}

/** Architectures with one base page size (DOMAIN §1.2). */
const FIXED_PAGE_BYTES: Readonly<Record<string, number>> = {
  x86_64: 4096,
  s390x: 4096,
  riscv64: 4096,
}

/** From the architecture where that decides it, else from two counters of the same free pages. */
function basePageBytes(
  files: TreeFiles,
  { meminfo, vmstat }: MachineCounters,
): readonly [number | undefined, Source] {
  const [arch] = readArch(files)
  const fixed = FIXED_PAGE_BYTES[arch ?? '']
  if (fixed !== undefined) {
    const rule = `${arch} has one base page size`
    return [fixed, { kind: 'derived', reader: 'procfs', rule }]
  }
  const freeBytes = meminfo?.['MemFree']
  const freePages = vmstat?.['nr_free_pages']
  const rule = 'MemFree of meminfo ÷ nr_free_pages of vmstat, to the nearest of 4, 16 and 64 KiB'
  const source: Source = { kind: 'derived', reader: 'procfs', rule }
  if (freeBytes === undefined || freePages === undefined || freePages < 64) {
    return [undefined, source]
  }
  const ratio = freeBytes / freePages
  // The two files are read a moment apart; sizes are a factor of four from each other, so a factor of 1.5 decides.
  return [[4096, 16384, 65536].find((size) => ratio > size / 1.5 && ratio < size * 1.5), source]
}
