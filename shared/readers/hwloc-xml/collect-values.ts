import { formatIdList } from '../../model/id-list'
import { parseDecimal } from '../../model/units'
import type { Attributes } from './collect-object'
import type { HwlocAttributeValue, HwlocMemoryTier } from './topology'

const MOST_VALUES = 65_536
const MOST_TIERS = 64

type ParseSet = (text: string | undefined, line: number) => readonly number[] | undefined

/** Takes `<memattr>` with its values, and `<memtier>` of hwloc 3. */
export class ValueCollector {
  readonly attributeValues: HwlocAttributeValue[] = []
  readonly memoryTiers: HwlocMemoryTier[] = []
  private attributeName: string | undefined

  constructor(private readonly parseSet: ParseSet) {}

  open(name: string, attributes: Attributes, line: number): void {
    if (name === 'memattr') this.attributeName = attributes['name']
    else if (name === 'memattr_value') this.addValue(attributes, line)
    else if (name === 'memtier' && this.memoryTiers.length < MOST_TIERS) {
      const kinds = parseDecimal(attributes['kinds'] ?? '')
      const nodeIds = this.parseSet(attributes['nodeset'], line)
      if (kinds !== undefined && nodeIds !== undefined) this.memoryTiers.push({ kinds, nodeIds })
    }
  }

  private addValue(attributes: Attributes, line: number): void {
    const name = this.attributeName
    const value = parseDecimal(attributes['value'] ?? '')
    const targetGpIndex = attributes['target_obj_gp_index']
    // A value for a group of nodes has no place in the model.
    if (attributes['target_obj_type'] !== 'NUMANode' || targetGpIndex === undefined) return
    if (name === undefined || name === '' || value === undefined) return
    if (this.attributeValues.length >= MOST_VALUES) return
    const initiator = this.initiatorOf(attributes, line)
    this.attributeValues.push({
      line,
      name,
      targetGpIndex,
      value,
      ...(initiator === undefined ? {} : { initiator }),
    })
  }

  private initiatorOf(attributes: Attributes, line: number): string | undefined {
    const cpuIds = this.parseSet(attributes['initiator_cpuset'], line)
    if (cpuIds !== undefined) return `CPUs ${formatIdList(cpuIds)}`
    const { initiator_obj_type: type, initiator_obj_gp_index: index } = attributes
    return type === undefined || index === undefined ? undefined : `${type}:${index}`
  }
}
