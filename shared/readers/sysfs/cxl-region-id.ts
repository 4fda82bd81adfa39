import type { ObjectId } from '../../model/model-object'

/** The model's id of a CXL region, `cxl:region0`; undefined for what is not the kernel's name of one. */
export function cxlRegionId(name: string | undefined): ObjectId | undefined {
  return name !== undefined && /^region\d+$/.test(name) ? `cxl:${name}` : undefined
}
