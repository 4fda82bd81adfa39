/** Outputs of tools that no capture of the checkout holds, hand-written, by the path that sosreport gives them. */
export const SAMPLES: Readonly<Record<string, string>> = {
  'sos_commands/lstopo/lstopo.xml': `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE topology SYSTEM "hwloc2.dtd">
<topology version="2.0">
 <object type="Machine" os_index="0" cpuset="0x00000003" nodeset="0x00000007" gp_index="1">
  <info name="Architecture" value="x86_64"/>
  <info name="HostName" value="sample"/>
  <object type="Package" os_index="0" cpuset="0x00000003" nodeset="0x00000003" gp_index="3">
   <object type="MemCache" cache_size="1073741824" cache_linesize="64" depth="1" gp_index="30">
    <object type="NUMANode" os_index="0" local_memory="4294967296" gp_index="10">
     <page_type size="4096" count="1048576"/>
     <page_type size="2097152" count="16"/>
    </object>
   </object>
   <object type="NUMANode" os_index="2" subtype="HBM" local_memory="1073741824" gp_index="12"/>
   <object type="Core" os_index="0" cpuset="0x00000001" gp_index="4">
    <object type="PU" os_index="0" cpuset="0x00000001" gp_index="5"/>
   </object>
   <object type="Core" os_index="1" cpuset="0x00000002" gp_index="6">
    <object type="PU" os_index="1" cpuset="0x00000002" gp_index="7"/>
   </object>
   <object type="OSDev" name="dax0.0" subtype="NVM" osdev_type="0" gp_index="8"/>
  </object>
  <object type="Misc" subtype="MemoryModule" gp_index="9">
   <info name="DeviceLocation" value="DIMM_A1"/>
   <info name="Size" value="4194304"/>
  </object>
 </object>
 <distances2 type="NUMANode" nbobjs="2" kind="5" indexing="os" name="NUMALatency">
  <indexes length="4">0 2 </indexes>
  <u64values length="12">10 21 21 10 </u64values>
 </distances2>
 <memattr name="Bandwidth" flags="5">
  <memattr_value target_obj_gp_index="10" target_obj_type="NUMANode" value="76000" initiator_cpuset="0x00000003"/>
 </memattr>
</topology>
`,
  'sos_commands/lstopo/lstopo1.xml': `<?xml version="1.0" encoding="UTF-8"?>
<topology>
 <object type="Machine" os_index="0" cpuset="0x00000003" nodeset="0x00000003">
  <distances nbobjs="2" relative_depth="1" latency_base="10.000000">
   <latency value="1.000000"/><latency value="2.000000"/>
   <latency value="2.000000"/><latency value="1.000000"/>
  </distances>
  <object type="NUMANode" os_index="0" cpuset="0x00000001" nodeset="0x00000001" local_memory="1073741824">
   <page_type size="4096" count="262144"/>
   <object type="Socket" os_index="0"><object type="PU" os_index="0"/></object>
  </object>
  <object type="NUMANode" os_index="1" cpuset="0x00000002" nodeset="0x00000002" local_memory="1073741824"/>
 </object>
</topology>
`,
  'sos_commands/pmem/ipmctl_topology': ` DimmID | MemoryType                  | Capacity    | PhysicalID| DeviceLocator
================================================================================
 0x0001 | Logical Non-Volatile Device | 126.375 GiB | 0x0015    | P1-DIMMD2
 N/A    | DDR4                        | 32.000 GiB  | 0x0010    | P1-DIMMA1

 SocketID | ISetID             | PersistentMemoryType | Capacity    | FreeCapacity | HealthState
=================================================================================================
 0x0000   | 0x0dffc3d0c9758888 | AppDirect            | 126.000 GiB | 0.000 GiB    | Healthy
`,
  'sos_commands/pmem/ndctl_list': `[
  {
    "provider":"ACPI.NFIT",
    "dev":"ndbus0",
    "dimms":[{"dev":"nmem0","id":"8089-a2-1839-00000001","handle":1,"phys_id":21,"security":"disabled","health":{"health_state":"ok"}}],
    "regions":[
      {
        "dev":"region0","size":135291469824,"align":16777216,"available_size":0,"max_available_extent":0,
        "type":"pmem","numa_node":0,"target_node":2,"iset_id":-1002301293928738952,"persistence_domain":"memory_controller",
        "mappings":[{"dimm":"nmem0","offset":268435456,"length":135291469824,"position":0}],
        "namespaces":[
          {"dev":"namespace0.0","mode":"devdax","map":"dev","size":133175443456,"uuid":"a1b2c3d4-0000-4000-8000-000000000001",
           "daxregion":{"id":0,"size":133175443456,"align":2097152,"devices":[{"chardev":"dax0.0","size":133175443456,"target_node":2,"mode":"devdax"}]},
           "align":2097152}
        ]
      }
    ]
  }
]
`,
  'sos_commands/cxl/cxl_list': `{
  "memdevs":[
    {"memdev":"mem0","ram_size":1073741824,"serial":18364758544493064720,"numa_node":0,"host":"0000:0d:00.0"},
    {"memdev":"mem1","ram_size":1073741824,"serial":"0x2","numa_node":0,"host":"0000:0e:00.0"}
  ],
  "regions:decoder0.0":[
    {"region":"region0","resource":"0x490000000","size":"2.00 GiB (2.15 GB)","type":"ram","interleave_ways":2,
     "interleave_granularity":256,"decode_state":"commit",
     "mappings":[{"position":1,"memdev":"mem1","decoder":"decoder3.0"},{"position":0,"memdev":"mem0","decoder":"decoder2.0"}]}
  ]
}
`,
  'sos_commands/numa/numactl_-H': `available: 3 nodes (0-2)
node 0 cpus: 0
node 0 size: 3953 MB
node 0 free: 3100 MB
node 1 cpus: 1
node 1 size: 3953 MB
node 1 free: 3100 MB
node 2 cpus:
node 2 size: 126000 MB
node 2 free: 126000 MB
node distances:
node   0   1   2
  0:  10  21  17
  1:  21  10  28
  2:  17  28  10
`,
  'sos_commands/memory/lsmem_-a_-o_RANGE_SIZE_STATE_REMOVABLE_ZONES_NODE_BLOCK': `RANGE                                  SIZE   STATE REMOVABLE  ZONES NODE BLOCK
0x0000000000000000-0x000000007fffffff    2G  online       yes Normal    0  0-15
0x0000000100000000-0x000000017fffffff    2G  online       yes Normal    1 32-47
0x0000000180000000-0x000000018fffffff  256M offline       yes Movable   1 48-49

Memory block size:       128M
Total online memory:       4G
Total offline memory:    256M
`,
  'sos_commands/processor/lscpu': `Architecture:             x86_64
CPU(s):                   2
On-line CPU(s) list:      0,1
Thread(s) per core:       1
Socket(s):                2
NUMA node(s):             3
NUMA node0 CPU(s):        0
NUMA node1 CPU(s):        1
NUMA node2 CPU(s):
`,
  'sos_commands/pci/lspci_-nnvv': `0d:00.0 CXL [0502]: Intel Corporation Device [8086:0d93] (rev 01) (prog-if 10 [CXL Memory Device (CXL 2.x)])
\tNUMA node: 0
\tRegion 0: Memory at fe240000 (64-bit, non-prefetchable) [size=64K]
`,
  'sos_commands/hardware/dmidecode': `# dmidecode 3.3
Getting SMBIOS data from sysfs.
SMBIOS 3.2.0 present.

Handle 0x1000, DMI type 16, 23 bytes
Physical Memory Array
\tLocation: System Board Or Motherboard
\tUse: System Memory
\tError Correction Type: Multi-bit ECC
\tMaximum Capacity: 6 TB
\tNumber Of Devices: 2

Handle 0x0010, DMI type 17, 84 bytes
Memory Device
\tArray Handle: 0x1000
\tTotal Width: 72 bits
\tData Width: 64 bits
\tSize: 32 GB
\tForm Factor: DIMM
\tLocator: P1-DIMMA1
\tBank Locator: P0_Node0_Channel0_Dimm0
\tType: DDR4
\tSpeed: 2933 MT/s
\tSerial Number: 0x1234
\tRank: 2

Handle 0x0011, DMI type 17, 84 bytes
Memory Device
\tArray Handle: 0x1000
\tSize: No Module Installed
\tLocator: P1-DIMMA2
`,
  'sys/devices/system/edac/mc/mc0/dimm0/size': '32768\n',
  'sys/devices/system/edac/mc/mc0/dimm0/dimm_label': 'P1-DIMMA1\n',
  'sys/devices/system/edac/mc/mc0/dimm0/dimm_location': 'channel 0 slot 0\n',
  'sys/devices/system/edac/mc/mc0/dimm0/dimm_mem_type': 'Registered-DDR4\n',
  'sys/devices/system/edac/mc/mc0/dimm0/dimm_ce_count': '3\n',
  'sys/devices/system/node/online': '0-2\n',
  'sys/devices/system/node/node0/meminfo': 'Node 0 MemTotal:        4048000 kB\n',
  'sys/devices/system/node/node0/cpulist': '0\n',
  'sys/devices/system/node/node0/distance': '10 21 17\n',
  'proc/meminfo': 'MemTotal:        8096000 kB\nMemFree:         6300000 kB\n',
  version: 'sos report version: 4.5.6\n',
}

/** Synthetic topologies as `lstopo -i` takes them, with what hwloc's manual names. */
export const SYNTHETIC: readonly string[] = [
  'node:4 core:8 pu:2',
  'package:2 [numa(memory=192GiB)] l3:1 core:28 pu:2',
  'pack:2 [numa(memory=4GB memorysidecachesize=1GB indexes=0,2)] [numa(memory=8GiB)] core:4 1(indexes=4*2:2*1)',
]
