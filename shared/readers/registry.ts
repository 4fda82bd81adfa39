import type { Reader } from './facts'
import { acpiReader } from './acpi/reader'
import { btfReader } from './btf/reader'
import { cxlListReader } from './cxl-list/reader'
import { daxctlReader } from './daxctl/reader'
import { dmidecodeReader } from './dmidecode/reader'
import { edacReader } from './edac/reader'
import { hwlocSyntheticReader } from './hwloc-synthetic/reader'
import { hwlocXmlReader } from './hwloc-xml/reader'
import { ipmctlReader } from './ipmctl/reader'
import { kernelLogReader } from './kernel-log/reader'
import { lscpuReader } from './lscpu/reader'
import { lsmemReader } from './lsmem/reader'
import { lspciReader } from './lspci/reader'
import { manifestReader } from './manifest/reader'
import { ndctlReader } from './ndctl/reader'
import { numactlReader } from './numactl/reader'
import { procfsReader } from './procfs/reader'
import { smbiosReader } from './smbios/reader'
import { sosreportReader } from './sosreport/reader'
import { specReader } from './spec/reader'
import { sysfsReader } from './sysfs/reader'
import { vmcoreinfoReader } from './vmcoreinfo/reader'

/**
 * All source formats. The order is the order of trust: where two readers give the same fact, the earlier one's is kept
 * (sysfs before tools before firmware, DESIGN §2) and a difference becomes a diagnostic.
 */
export const readers: readonly Reader[] = [
  sysfsReader,
  procfsReader,
  btfReader,
  vmcoreinfoReader,
  kernelLogReader,
  manifestReader,
  sosreportReader,
  daxctlReader,
  ndctlReader,
  cxlListReader,
  lsmemReader,
  numactlReader,
  ipmctlReader,
  lscpuReader,
  lspciReader,
  hwlocXmlReader,
  smbiosReader,
  dmidecodeReader,
  acpiReader,
  edacReader,
  specReader,
  hwlocSyntheticReader,
]
