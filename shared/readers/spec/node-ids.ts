import { contradiction, type SpecContext } from './context'

/** Checks that `node` of regions and devices names a node that is described; a target may come online later. */
export function checkNodeIds(context: SpecContext): void {
  const { nodes, pmem = [], dax = [] } = context.written.spec
  const check = (node: number | undefined, path: readonly (string | number)[]) => {
    if (node === undefined || node < nodes.length) return
    throw contradiction(context, path, {
      what: `there is no node ${node}`,
      hint: nodes.length === 1 ? 'write 0' : `write 0 to ${nodes.length - 1}`,
    })
  }
  pmem.forEach(({ node }, index) => check(node, ['pmem', index, 'node']))
  dax.forEach(({ node }, index) => check(node, ['dax', index, 'node']))
}
