import { gzipSync } from 'node:zlib'
import { FormatError } from '../../shared/model/errors'
import type { Topology } from '../../shared/model/topology'
import { loadTopology } from '../../shared/readers/load'
import { requireDemo } from '../load/load-request'
import { requestForInput } from '../load/request'
import { openBytes } from '../open/open-bytes'
import { openTree } from '../open/open-tree'
import { packTar } from '../open/pack-tar'
import { printable } from '../open/printable'
import { writeFiles } from './write-files'

const quiet = { report: () => undefined }

/** `synth SPEC|demo:NAME -o FILE`: a snapshot that holds the specification. The same input always gives the same bytes. */
export async function synth(input: string, output: string, version: string): Promise<void> {
  const { spec, topology } = await readSpecification(input)
  const manifest = {
    format: 'folioscope-snapshot',
    version: 1,
    host: topology.machine.hostname,
    kernel: topology.machine.kernelRelease,
    capturedBy: `folioscope ${version} synth`,
  }
  const tar = await packTar([
    { name: 'manifest.json', content: `${JSON.stringify(manifest, undefined, 1)}\n` },
    { name: 'spec.yaml', content: spec },
  ])
  await writeFiles([{ path: output, bytes: gzip(tar) }])
}

/** zlib writes no time, but the system that it was built for (RFC 1952, OS); 255 is "unknown". */
function gzip(bytes: Uint8Array): Uint8Array {
  const packed = gzipSync(bytes, { level: 9 })
  packed[9] = 255
  return packed
}

interface Specification {
  readonly spec: Uint8Array
  readonly topology: Topology
}

async function readSpecification(input: string): Promise<Specification> {
  const request = requestForInput(input)
  const opened =
    request.kind === 'demo'
      ? await openBytes('spec.yaml', new TextEncoder().encode(requireDemo(request.name)), quiet)
      : await openTree(input, quiet)
  const topology = loadTopology(opened, quiet.report)
  const [file] = opened.tree.list('')
  const spec = file === undefined ? undefined : opened.tree.bytes(file)
  if (opened.origin === 'file' && topology.input.kind === 'spec' && spec !== undefined) {
    return { spec, topology }
  }
  throw new FormatError({
    code: 'not-a-specification',
    what: 'this is not a specification',
    where: printable(input),
    hint: "give a YAML specification, or a demo such as 'demo:laptop'",
  })
}
