import { KIB } from '../../model/units'
import type { Architecture } from './kernel-rule'

/** Base pages that each architecture can be built with, in bytes (DOMAIN §1.2). */
export const BASE_PAGE_SIZES: Readonly<Record<Architecture, readonly number[]>> = {
  x86_64: [4 * KIB],
  aarch64: [4 * KIB, 16 * KIB, 64 * KIB],
  riscv64: [4 * KIB],
  s390x: [4 * KIB],
  ppc64le: [4 * KIB, 64 * KIB],
  loongarch64: [4 * KIB, 16 * KIB, 64 * KIB],
}
