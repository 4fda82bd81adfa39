import { EventEmitter } from 'node:events'

// What a utility process has instead of worker_threads' parentPort (electron.d.ts, ParentPort).
class ParentPort extends EventEmitter {
  /** @param {unknown} message */
  postMessage(message) {
    process.send?.(message)
  }
}

const parentPort = new ParentPort()
process.on('message', (data) => parentPort.emit('message', { data, ports: [] }))
Object.defineProperty(process, 'parentPort', { value: parentPort })
process.on('disconnect', () => process.exit(0))
