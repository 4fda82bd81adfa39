import type { Machine } from '../../model/topology'
import { FactSheet, type Facts, type Reader } from '../facts'
import { TreeFiles } from '../tree-files'

/** `uname -a`: the words before the build, and the architecture behind it. */
const UNAME =
  /^Linux (\S{1,100}) (\S{1,100}) (?:.* )?(x86_64|aarch64|riscv64|s390x|ppc64le|loongarch64)(?: |$)/

/**
 * A report of sos: what it says of the machine as a whole. Its copies of /proc and /sys and the outputs of tools are read
 * by their own readers (DOMAIN §13.1). Names may be obfuscated (`sos clean`), so none is checked for its form.
 */
export const sosreportReader: Reader = {
  id: 'sosreport',
  title: 'sosreport (directory, .tar.xz, .tar.gz)',
  inputKind: 'sosreport',
  sniff: (tree) => tree.kind('sos_commands') === 'directory',
  read(tree, context): Facts {
    const files = new TreeFiles(tree, 'sosreport', context)
    const [uname, unameSource] = firstOf(files, ['sos_commands/kernel/uname_-a', 'uname'])
    const [, , release, arch] = UNAME.exec(uname ?? '') ?? []
    const hostname = firstOf(files, ['sos_commands/host/hostname', 'hostname', 'etc/hostname'])
    const machine = new FactSheet<Machine>('machine')
      .set('hostname', ...hostname)
      .set('kernelRelease', release, unameSource)
      .set('arch', arch, unameSource)
      .finish()
    return { machine }
  },
}

function firstOf(files: TreeFiles, paths: readonly string[]): ReturnType<TreeFiles['text']> {
  const known = paths.map((path) => files.text(path)).find(([text]) => text !== undefined)
  return known ?? files.text(paths[0] ?? '')
}
