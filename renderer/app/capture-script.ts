/**
 * Writes a snapshot with what the readers of sysfs and procfs look for. Files of /proc have no size, so tar would
 * store them empty: cp reads them first. tar pads files of /sys with zeros and complains; readers cut the zeros off.
 */
export const CAPTURE_SCRIPT = `cd / && S=$(mktemp -d)
for f in cmdline cpuinfo iomem meminfo version vmstat zoneinfo sys/kernel/hostname \\
  sys/vm/hugetlb_optimize_vmemmap; do cp --parents proc/$f $S; done 2>/dev/null
tar -czf $S/$(hostname).folioscope -C $S proc -C / sys/devices/system sys/kernel/mm \\
  sys/devices/virtual/memory_tiering sys/module/memory_hotplug sys/bus/nd sys/bus/dax \\
  $(find sys/devices '(' -name 'ndbus*' -o -name 'hmem.*' ')' -prune) 2>/dev/null
ls $S/*.folioscope`
