export { emptyTopology } from '../empty-topology'
