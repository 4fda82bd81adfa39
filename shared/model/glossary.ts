/**
 * The kernel's words for memory, each in one plain sentence. Tooltips and help show them; the same words name types and
 * fields in the code.
 */
export const glossary = {
  'access class':
    'How fast a node’s memory is for those who reach it best: class 0 counts any initiator, class 1 only CPUs.',
  altmap:
    'The part of a device that holds the struct pages of that same device, so that they take no RAM.',
  'base page': 'The smallest unit of memory that the kernel manages: 4 KiB on x86-64.',
  'boot RAM': 'Memory that was there when the kernel started, as opposed to memory added later.',
  BTF: 'The kernel’s own description of its data types; it tells how large struct page really is.',
  BTT: 'A table that makes writes of whole sectors to PMEM atomic; sector namespaces have one.',
  'compound page':
    'Adjacent base pages that the kernel treats as one, told apart as a head and its tails.',
  'CXL memory':
    'Memory on a device that is attached through Compute Express Link instead of a DIMM slot.',
  DAX: 'Direct access: programs map a device’s memory itself, without a copy in the page cache.',
  dedup:
    'Device-dax keeps 2 pages of struct pages for each large page and lets the rest repeat them, when they lie in RAM.',
  devdax: 'A namespace or device that programs map as the character device /dev/daxN.M.',
  DIMM: 'A memory module in a slot of the board.',
  distance: 'How far one node is from another: 10 is local, larger is slower, 255 is unreachable.',
  folio: 'A power-of-two run of base pages, naturally aligned, that the kernel manages as one.',
  fsdax: 'A namespace with a block device whose file system can map files directly from PMEM.',
  hmem: 'Memory that firmware reserved for a special purpose and the kernel offers as a dax device.',
  hugepage:
    'A large page, 2 MiB or 1 GiB on x86-64, that a pool reserves for programs that ask for it.',
  HVO: 'HugeTLB vmemmap optimization: a hugepage gives back nearly all memory that holds its struct pages.',
  'info block':
    'A record of 4 KiB near the start of an fsdax or devdax namespace that says how it is laid out.',
  'interleave set': 'DIMMs that share one range of addresses in turns, for speed.',
  kmem: 'The driver that turns a dax device into system RAM, in whole memory blocks.',
  map: 'Where the struct pages of a namespace lie: mem is RAM, dev is the namespace itself.',
  memmap: 'All struct pages together: the kernel’s record of every page of memory.',
  memmap_on_memory:
    'A setting by which memory added later holds its own struct pages at the head of each block.',
  'memory block': 'The unit in which memory is added, removed, and set online or offline.',
  'memory tier': 'Nodes of similar speed; a lower number is faster.',
  'memory-side cache':
    'Fast memory that hides in front of slower memory and has no addresses of its own.',
  namespace: 'A part of a PMEM region that is used as one device.',
  'NUMA node': 'Memory and CPUs that are close to each other.',
  NVDIMM: 'A memory module whose contents survive a power cut.',
  package: 'A processor as one plugs it into a socket.',
  'page table':
    'Where the processor looks up which physical page belongs to an address; it takes memory too.',
  PFN: 'Page frame number: a physical address divided by the size of a base page.',
  PMEM: 'Persistent memory: byte-addressable like RAM, and it keeps its contents.',
  'raw namespace': 'PMEM as a plain block device, without struct pages and without DAX.',
  region: 'A range of addresses that one interleave set of DIMMs, or CXL devices, makes up.',
  resident: 'Really backed by physical memory, as opposed to merely having addresses.',
  section:
    'The unit in which the kernel keeps struct pages: 128 MiB of memory on x86-64; RAM pays for whole ones.',
  'sector namespace': 'PMEM as a block device with atomic sectors; it has no struct pages.',
  'struct page': 'The 64 bytes that the kernel keeps for every base page of memory.',
  'system RAM': 'Memory that the kernel gives to programs and caches.',
  'usable size': 'What is left of a namespace after its metadata and alignment.',
  vmemmap: 'The virtual addresses at which all struct pages stand in one array, ordered by PFN.',
  ZONE_DEVICE: 'Memory of devices that has struct pages but is never handed out as RAM.',
} as const satisfies Readonly<Record<string, string>>

export type GlossaryTerm = keyof typeof glossary
