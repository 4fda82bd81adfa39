/** Directories of a machine and what a snapshot takes from each. */
export interface CapturePlace {
  /** Shell patterns of directories below the root, blanks between. Each is stored under its real path, links resolved. */
  readonly at: string
  /** Shell patterns of names in it, blanks between. A file is copied, a symbolic link stays a link, a directory is passed over. */
  readonly take: string
  /** `whole`: text of many lines or binary, copied by `cat`. Everything else is a line or two, which the shell reads itself. */
  readonly as?: 'whole'
  /** Only asked for by `--pages`, or only in a tree that is not the running machine. */
  readonly when?: 'pages' | 'tree'
}

const LINKS = 'driver subsystem'
const ND_ATTRIBUTES = `devtype modalias uevent provider commands state flags security frozen available_slots numa_node target_node size resource mappings mapping[0-9]* nstype align set_cookie available_size max_available_extent read_only persistence_domain init_namespaces badblocks mode holder holder_class uuid alt_name sector_size dpa_extents force_raw namespace supported_alignments log_zero_flags btt_seed pfn_seed dax_seed namespace_seed ${LINKS}`
/** Below these are the devices of libnvdimm where a tree lacks /sys/bus/nd (DOMAIN §14.8). */
const ND_BUSES = [
  'sys/devices/LNXSYSTM:00/LNXSYBUS:00/ACPI0012:00/ndbus[0-9]*',
  'sys/devices/platform/ACPI0012:00/ndbus[0-9]*',
]
/**
 * All that a capture takes of /sys and /proc; the same for a live capture, a tree and another host. Names are listed one by one:
 * reading some attributes acts or waits (`wait_probe`, `stat_refresh`), and others may only be written (`probe`, `create`).
 * Formats: DOMAIN §6.7, §7–9.
 */
export const CAPTURE_PLACES: readonly CapturePlace[] = [
  {
    at: 'proc sys/devices/system/node/node[0-9]*',
    take: 'version cmdline cpuinfo meminfo vmstat zoneinfo buddyinfo pagetypeinfo iomem swaps numastat',
    as: 'whole',
  },
  { at: 'proc', take: 'kpageflags kpagecount', as: 'whole', when: 'pages' },
  {
    at: 'proc/sys/kernel proc/sys/vm',
    take: 'hostname osrelease hugetlb_optimize_vmemmap nr_hugepages nr_overcommit_hugepages zone_reclaim_mode min_free_kbytes overcommit_memory overcommit_ratio lowmem_reserve_ratio watermark_scale_factor',
  },

  // The lists of devices of a bus are links; of all other places here, everything can be read.
  {
    at: 'sys/bus/nd/devices sys/bus/dax/devices sys/bus/cxl/devices sys/bus/pci/devices sys/class/dmi sys/module/memory_hotplug/parameters sys/kernel/mm/mempolicy/weighted_interleave sys/kernel/mm/transparent_hugepage/hugepages-*/stats sys/devices/system/node/node[0-9]*/memory_failure',
    take: '*',
  },

  {
    at: 'sys/devices/system/cpu sys/devices/system/node sys/devices/system/memory sys/devices/system/edac/mc',
    take: 'possible present online kernel_max has_cpu has_memory has_normal_memory has_generic_initiator block_size_bytes auto_online_blocks',
  },
  {
    at: 'sys/devices/system/node/node[0-9]*',
    take: 'cpulist cpumap distance cpu[0-9]* memory[0-9]*',
  },
  {
    at: 'sys/devices/system/node/node[0-9]*/memory_side_cache/index*',
    take: 'size line_size indexing write_policy address_mode',
  },
  {
    at: 'sys/devices/system/node/node[0-9]*/access[0-9]*/initiators sys/devices/system/node/node[0-9]*/access[0-9]*/targets sys/bus/cxl/devices/*/access[0-9]*',
    take: 'node[0-9]* read_bandwidth write_bandwidth read_latency write_latency',
  },
  {
    at: 'sys/devices/virtual/memory_tiering/memory_tier[0-9]* proc/driver/nvidia/gpus/*',
    take: 'nodelist numa_status',
  },
  { at: 'sys/devices/system/memory/memory[0-9]*', take: 'state valid_zones' },

  {
    at: 'sys/devices/system/cpu/cpu[0-9]* sys/devices/system/cpu/cpu[0-9]*/topology',
    take: 'online physical_package_id die_id cluster_id core_id core_siblings',
  },
  {
    at: 'sys/devices/system/cpu/cpu[0-9]*/cache/index*',
    take: 'id level type size shared_cpu_list',
  },

  {
    at: 'sys/kernel/mm/hugepages/hugepages-* sys/devices/system/node/node[0-9]*/hugepages/hugepages-*',
    take: 'nr_hugepages free_hugepages resv_hugepages surplus_hugepages nr_overcommit_hugepages demote_size',
  },
  {
    at: 'sys/kernel/mm/transparent_hugepage sys/kernel/mm/transparent_hugepage/hugepages-* sys/kernel/mm/numa',
    take: 'enabled defrag shmem_enabled hpage_pmd_size use_zero_page demotion_enabled',
  },

  { at: 'sys/bus/nd/devices/*', take: ND_ATTRIBUTES },
  {
    at: 'sys/bus/nd/devices/*/nfit sys/bus/nd/devices/*/cxl',
    take: 'provider handle phys_id serial vendor device rev_id id family format formats format1 flags range_index revision subsystem_vendor subsystem_device subsystem_rev_id dirty_shutdown',
  },
  { at: 'sys/bus/nd/devices/*/block/*', take: 'size ro' },

  {
    at: 'sys/bus/dax/devices/*',
    take: `size align numa_node target_node resource memmap_on_memory state modalias ${LINKS}`,
  },
  {
    at: 'sys/bus/dax/devices/*/mapping[0-9]* sys/firmware/memmap/*',
    take: 'start end page_offset type',
  },
  {
    at: 'sys/bus/dax/devices/*/../dax_region sys/bus/nd/devices/*/dax_region sys/bus/cxl/devices/*/dax_region',
    take: 'id size align available_size',
  },

  {
    at: 'sys/bus/cxl/devices/*',
    take: `devtype modalias provider id serial numa_node firmware_version label_storage_size payload_max decoders_committed start size resource locked interleave_ways interleave_granularity target_list target[0-9]* cap_pmem cap_ram cap_type2 cap_type3 target_type mode region dpa_resource dpa_size qos_class uuid commit extended_linear_cache_size uport dport[0-9]* parent_dport ${LINKS}`,
  },
  {
    at: 'sys/bus/cxl/devices/*/ram sys/bus/cxl/devices/*/pmem sys/bus/cxl/devices/*/security',
    take: 'size qos_class state',
  },

  { at: 'sys/bus/pci/devices/*/p2pmem', take: 'size available published' },
  {
    at: 'sys/bus/pci/devices/*/p2pmem/.. sys/bus/cxl/devices/mem[0-9]*/..',
    take: 'vendor device class numa_node subsystem_vendor subsystem_device label',
  },

  {
    at: 'sys/devices/system/edac/mc/mc[0-9]*',
    take: 'mc_name size_mb max_location ce_count ue_count ce_noinfo_count ue_noinfo_count',
  },
  {
    at: 'sys/devices/system/edac/mc/mc[0-9]*/dimm[0-9]* sys/devices/system/edac/mc/mc[0-9]*/rank[0-9]* sys/devices/system/edac/mc/mc[0-9]*/csrow[0-9]*',
    take: 'size size_mb mem_type ue_count ch[0-9]*_dimm_label ch[0-9]*_ce_count dimm_label dimm_location dimm_mem_type dimm_dev_type dimm_edac_mode dimm_ce_count dimm_ue_count',
  },

  {
    at: 'sys/class/dmi/id',
    take: 'sys_vendor product_name product_version board_vendor board_name bios_version bios_date',
  },
  {
    at: 'sys/firmware/dmi/tables sys/firmware/acpi/tables sys/bus/cxl/devices/* sys/kernel/btf',
    take: 'DMI smbios_entry_point SRAT* SLIT* HMAT* NFIT* CEDT* MSCT* PPTT* CDAT vmlinux',
    as: 'whole',
  },
  {
    at: 'sys/firmware/devicetree/base sys/firmware/devicetree/base/memory*',
    take: 'model compatible reg device_type numa-node-id',
    as: 'whole',
  },

  // Trees that others made may say by these what the machine itself says by the places above.
  { at: 'sys/devices/system/memory/memory[0-9]*', take: 'node[0-9]*', when: 'tree' },
  {
    at: ND_BUSES.flatMap((bus) => [bus, `${bus}/*`, `${bus}/*/*`, `${bus}/*/*/block/*`]).join(' '),
    take: ND_ATTRIBUTES,
    when: 'tree',
  },
  {
    at: 'sys/firmware/dmi/entries/1[679]-* sys/firmware/dmi/entries/20-*',
    take: 'raw',
    as: 'whole',
    when: 'tree',
  },
  // Outputs of tools that were captured before: those of a snapshot and of a sosreport.
  { at: 'cmd', take: '*', as: 'whole', when: 'tree' },
  {
    at: 'sos_commands/[cdhklmnp]*',
    take: '*dmidecode* *ndctl* *daxctl* *cxl* *ipmctl* *lsmem* *numactl* *lstopo* *lscpu* *lspci* dmesg*',
    as: 'whole',
    when: 'tree',
  },
]
