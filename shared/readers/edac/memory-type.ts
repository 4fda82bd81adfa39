/**
 * The kind of memory behind one of the kernel's names (edac_mem_types, drivers/edac/edac_mc.c: `Registered-DDR5`,
 * `Low-Power-DDR4-RAM`), in the words of SMBIOS; undefined where it names none.
 */
export function memoryTypeOf(name: string | undefined): string | undefined {
  if (name === undefined) return undefined
  if (name.startsWith('Non-volatile')) return 'Logical non-volatile device'
  const generation = /^High-bandwidth-memory(?:-Gen(\d))?/.exec(name)
  if (generation !== null) return `HBM${generation[1] ?? ''}`
  const type = /\b(DDR\d?)\b/.exec(name)?.[1]
  if (type === undefined) return /-SDR$/.test(name) ? 'SDRAM' : undefined
  return name.startsWith('Low-Power') ? `LP${type}` : type
}
