/** A tool that knows what /sys and /proc do not say, or not to everybody. It is run where it exists, and only reads. */
export interface CaptureTool {
  /** Name below `cmd/` under which a snapshot keeps what it writes. */
  readonly file: string
  /** The program, or with a leading '/' the file, without which the command is not tried. */
  readonly needs: string
  /** One command for `sh -c`. Its output counts when it ends with status 0. */
  readonly command: string
}

/** What dmesg lines must speak of. The rest of a kernel log is nobody's business. */
const MEMORY_WORDS =
  'Linux version|memory|memmap|hugetlb|vmemmap|numa|node|zone|e820|efi: mem|srat|slit|hmat|nfit|cedt|cxl|nvdimm|pmem|nd_|dax|hmem|tier|edac|p2pdma|dmi:'

/** The notes at the head of /proc/kcore (DOMAIN §13.8, §14.9) without the addresses of symbols, but for the vmemmap. */
const NOTES = 'OSRELEASE|PAGESIZE|SIZE\\(page\\)|OFFSET\\(page\\.[a-z_]*\\)|SYMBOL\\(vmemmap\\)'

/** Tools of a capture and of the live machine. */
export const CAPTURE_TOOLS: readonly CaptureTool[] = [
  { file: 'ndctl-list.json', needs: 'ndctl', command: 'ndctl list -iBDFHMNRX' },
  { file: 'daxctl-list.json', needs: 'daxctl', command: 'daxctl list -iDRM' },
  { file: 'cxl-list.json', needs: 'cxl', command: 'cxl list -vvv' },
  { file: 'lsmem.json', needs: 'lsmem', command: 'lsmem -J -b --output-all' },
  { file: 'numactl-H.txt', needs: 'numactl', command: 'numactl -H' },
  { file: 'lscpu.json', needs: 'lscpu', command: 'lscpu -J' },
  // -vv would read the vital product data, which hangs on some devices for seconds.
  { file: 'lspci.txt', needs: 'lspci', command: 'lspci -Dnnv' },
  { file: 'dmidecode.txt', needs: 'dmidecode', command: 'dmidecode' },
  { file: 'ipmctl-dimm.txt', needs: 'ipmctl', command: 'ipmctl show -a -dimm' },
  { file: 'ipmctl-region.txt', needs: 'ipmctl', command: 'ipmctl show -a -region' },
  { file: 'ipmctl-topology.txt', needs: 'ipmctl', command: 'ipmctl show -a -topology' },
  {
    file: 'ipmctl-memoryresources.txt',
    needs: 'ipmctl',
    command: 'ipmctl show -memoryresources',
  },
  { file: 'dmesg.txt', needs: 'dmesg', command: `dmesg | grep -iE '${MEMORY_WORDS}'` },
  {
    file: 'vmcoreinfo.txt',
    needs: '/proc/kcore',
    command: `dd if=/proc/kcore bs=4096 count=16 | tr '\\000' '\\012' | tr -cd '\\012\\040-\\176' | grep -E '^(${NOTES})='`,
  },
]

/** Directories that a user's PATH may lack and dmidecode is in. */
export const SYSTEM_PATHS = '/usr/sbin:/sbin'

/** After this a tool is given up. */
export const TOOL_SECONDS = 20
