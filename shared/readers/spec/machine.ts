import { kernelRulesOf } from '../../memmap/kernel-rules'
import { BASE_PAGE_SIZES } from '../../memmap/rules/base-page-sizes'
import type { Machine } from '../../model/topology'
import { GIB, formatBytes } from '../../model/units'
import { FactSheet } from '../facts'
import { byDefault, contradiction, type SpecContext } from './context'
import type { SpecMachine } from './schema'
import type { WrittenSpec } from './read-spec'
import { isPowerOfTwo } from './numbers'

/** What the specification says of the machine as a whole, with the kernel's rules that follow from it. */
export function machineContext(written: WrittenSpec): SpecContext {
  const { machine: spec = {} } = written.spec
  const source = (key: keyof SpecMachine) => written.source(['machine', key])
  const arch = spec.arch ?? 'x86_64'
  const fallback = byDefault('x86_64, unless the specification says otherwise')
  const sheet = new FactSheet<Machine>('machine')
    .set('hostname', spec.hostname, source('hostname'))
    .set('product', spec.product, source('product'))
    .set('kernelRelease', spec.kernel, source('kernel'))
    .set('arch', arch, spec.arch === undefined ? fallback : source('arch'))
    .set('memmapOnMemory', spec.memmapOnMemory, source('memmapOnMemory'))
    .set('hugetlbOptimizeVmemmap', spec.hvo, source('hvo'))
  const pageBytes = spec.pageSize ?? BASE_PAGE_SIZES[arch][0]
  if (pageBytes === undefined || !BASE_PAGE_SIZES[arch].includes(pageBytes)) {
    throw contradiction({ written }, ['machine', 'pageSize'], {
      what: `${arch} has no base page of ${formatBytes(pageBytes ?? 0)}`,
      hint: `write one of ${BASE_PAGE_SIZES[arch].map(formatBytes).join(', ')}`,
    })
  }
  sheet.set(
    'basePageBytes',
    pageBytes,
    spec.pageSize === undefined ? byDefault(`smallest base page of ${arch}`) : source('pageSize'),
  )
  const structPageBytes = spec.structPageSize ?? 64
  if (structPageBytes < 32 || structPageBytes > 128 || structPageBytes % 8 !== 0) {
    throw contradiction({ written }, ['machine', 'structPageSize'], {
      what: `no kernel has a struct page of ${structPageBytes} B`,
      hint: 'write 64, or 56, 72 or 80 for unusual configurations',
    })
  }
  sheet.set(
    'structPageBytes',
    structPageBytes,
    spec.structPageSize === undefined
      ? byDefault('64 bytes, as in every normal 64-bit configuration')
      : source('structPageSize'),
  )
  const machine = sheet.finish()
  checkLowMemory(written, spec, arch)
  return { written, machine, rules: kernelRulesOf(machine) }
}

function checkLowMemory(written: WrittenSpec, { lowMemory }: SpecMachine, arch: string): void {
  if (lowMemory === undefined) return
  if (arch !== 'x86_64') {
    throw contradiction({ written }, ['machine', 'lowMemory'], {
      what: `only x86_64 has a hole below 4 GiB, and this machine is ${arch}`,
      hint: 'leave lowMemory out',
    })
  }
  if (lowMemory > 4 * GIB) {
    throw contradiction({ written }, ['machine', 'lowMemory'], {
      what: `${formatBytes(lowMemory)} of RAM do not fit below 4 GiB`,
      hint: 'write a size up to 4GiB',
    })
  }
}

/**
 * Size of memory blocks: as written, else as the kernel chooses by the end of RAM (probe_memory_block_size in
 * arch/x86/mm/init_64.c; DOMAIN §9.2).
 */
export function withMemoryBlockSize(context: SpecContext, endOfRam: number): SpecContext {
  const { written, machine, rules } = context
  const { machine: spec = {} } = written.spec
  const path = ['machine', 'memoryBlockSize']
  const chosen = chooseBlockBytes(context, endOfRam)
  const bytes = spec.memoryBlockSize ?? chosen.bytes
  if (!isPowerOfTwo(bytes) || bytes < rules.sectionBytes) {
    throw contradiction(context, path, {
      what: `a memory block cannot have ${formatBytes(bytes)}: it is a power of two of at least one section`,
      hint: `write ${formatBytes(rules.sectionBytes).replace(' ', '')} or two, four, eight times as much`,
    })
  }
  const source = spec.memoryBlockSize === undefined ? byDefault(chosen.rule) : written.source(path)
  return {
    ...context,
    machine: {
      ...machine,
      memoryBlockBytes: bytes,
      sources: { ...machine.sources, memoryBlockBytes: source },
    },
  }
}

function chooseBlockBytes(
  { written, machine, rules }: SpecContext,
  endOfRam: number,
): { readonly bytes: number; readonly rule: string } {
  if (machine.arch !== 'x86_64') {
    return { bytes: rules.sectionBytes, rule: 'one section' }
  }
  if (endOfRam < 64 * GIB) {
    return { bytes: rules.sectionBytes, rule: 'x86-64 with RAM below 64 GiB' }
  }
  if (written.spec.machine?.hypervisor !== true) {
    return { bytes: 2 * GIB, rule: 'x86-64 with RAM at or above 64 GiB, bare metal' }
  }
  let bytes = 2 * GIB
  while (bytes > rules.sectionBytes && endOfRam % bytes !== 0) bytes /= 2
  return {
    bytes,
    rule: 'x86-64 in a virtual machine: largest power of two up to 2 GiB that divides the end of RAM',
  }
}
