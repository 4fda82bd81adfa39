import { contradiction, type SpecContext } from './context'

/** Checks that `node` of regions and devices names a node that is described; a target may come online later. */
export function checkNodeIds(context: SpecContext): void {
  const { nodes, pmem = [], cxl, dax = [] } = context.written.spec
  const check = (node: number | undefined, path: readonly (string | number)[]) => {
    if (node === undefined || node < nodes.length) return
    throw contradiction(context, path, {
      what: `there is no node ${node}`,
      hint: nodes.length === 1 ? 'write 0' : `write 0 to ${nodes.length - 1}`,
    })
  }
  pmem.forEach(({ node }, index) => check(node, ['pmem', index, 'node']))
  cxl?.hostBridges.forEach(({ node, memdevs = [], switches = [] }, bridge) => {
    const path = ['cxl', 'hostBridges', bridge]
    check(node, [...path, 'node'])
    memdevs.forEach((memdev, index) => check(memdev.node, [...path, 'memdevs', index, 'node']))
    switches.forEach((one, at) =>
      (one.memdevs ?? []).forEach((memdev, index) =>
        check(memdev.node, [...path, 'switches', at, 'memdevs', index, 'node']),
      ),
    )
  })
  cxl?.regions?.forEach(({ node }, index) => check(node, ['cxl', 'regions', index, 'node']))
  dax.forEach(({ node }, index) => check(node, ['dax', index, 'node']))
}
