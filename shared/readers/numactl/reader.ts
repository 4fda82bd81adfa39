import { formatIdList } from '../../model/id-list'
import type { ReadSource } from '../../model/source'
import type { NumaNode } from '../../model/topology'
import { MIB } from '../../model/units'
import { documentsOf } from '../documents'
import { FactSheet, type Facts, type Reader } from '../facts'
import { hardwareNodes, type HardwareNode } from './hardware'

/** Of the two lines one is enough: pastes are cut. */
const NODE_LINE = /^[ \t]*node \d{1,7} (cpus:|size: \d)/m

/** Output of `numactl -H` (`--hardware`): nodes, their CPUs, memory in whole MB, distances. */
export const numactlReader: Reader = {
  id: 'numactl',
  title: 'numactl -H',
  inputKind: 'tool-output',
  sniff: (tree) => documentsOf(tree).some(({ text }) => NODE_LINE.test(text)),
  read(tree): Facts {
    // The first output of several wins: moments of one machine differ in free memory alone.
    const sheets = new Map<number, NumaNode>()
    for (const { path, text } of documentsOf(tree)) {
      if (!NODE_LINE.test(text)) continue
      for (const node of hardwareNodes(text)) {
        if (!sheets.has(node.nodeId)) sheets.set(node.nodeId, readNode(node, path))
      }
    }
    return { nodes: [...sheets.values()] }
  },
}

function readNode(node: HardwareNode, path: string): NumaNode {
  const { nodeId, cpuIds, sizeMib, freeMib, distances } = node
  const source = (key: string): ReadSource => ({ kind: 'read', reader: 'numactl', path, key })
  const rounded = (key: string): ReadSource => ({ ...source(key), roundedTo: MIB })
  return (
    new FactSheet<NumaNode>(`node${nodeId}`)
      .set('nodeId', nodeId, source(`node ${nodeId}`))
      .set(
        'cpuList',
        cpuIds === undefined ? undefined : formatIdList(cpuIds),
        source(`node ${nodeId} cpus`),
      )
      .set('memoryBytes', bytesOf(sizeMib), rounded(`node ${nodeId} size`))
      .set('freeBytes', bytesOf(freeMib), rounded(`node ${nodeId} free`))
      // In a cpuset numactl shows the nodes that it may use, sysfs shows all.
      .set('distances', distances, { ...source('node distances'), isPartial: true })
      .finish()
  )
}

function bytesOf(mib: number | undefined): number | undefined {
  return mib === undefined ? undefined : mib * MIB
}
