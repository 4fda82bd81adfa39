import type { ReadSource } from '../../model/source'
import type { DistanceMatrix } from '../../model/topology'
import { FactSheet } from '../facts'
import { domainName, type ProximityFacts } from '../proximity-facts'
import type { HmatMatrix } from './hmat'

/** SLIT as a matrix of the model. */
export function slitMatrix({
  size,
  values,
  path,
}: NonNullable<ProximityFacts['distances']>): DistanceMatrix {
  const members = Array.from({ length: size }, (_, domain) => domainName(domain))
  return new FactSheet<DistanceMatrix>('matrix:SLIT')
    .set('measures', 'latency', source(path))
    .set('values', values, source(path))
    .finish({ name: 'SLIT', members })
}

/** The matrices of HMAT, in ns and MB/s. */
export function hmatMatrices(matrices: readonly HmatMatrix[]): readonly DistanceMatrix[] {
  const names = new Map<string, number>()
  return matrices.map((matrix) => {
    const { name, isLatency, initiatorDomains, targetDomains, values, path } = matrix
    // Some tables give one matrix for each size of transfer.
    const count = (names.get(name) ?? 0) + 1
    names.set(name, count)
    const title = `HMAT ${name} (${isLatency ? 'ns' : 'MB/s'})${count === 1 ? '' : ` #${count}`}`
    return new FactSheet<DistanceMatrix>(`matrix:${title}`)
      .set('measures', isLatency ? 'latency' : 'bandwidth', source(path))
      .set('values', values, source(path))
      .finish({
        name: title,
        members: initiatorDomains.map(domainName),
        columns: targetDomains.map(domainName),
      })
  })
}

function source(path: string): ReadSource {
  return { kind: 'read', reader: 'acpi', path }
}
