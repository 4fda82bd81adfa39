import { pack } from 'tar-stream'

export type TarMember =
  | { readonly name: string; readonly content: string | Uint8Array }
  | { readonly name: string; readonly linkTo: string; readonly isHard?: true }
  | { readonly name: string }

const EPOCH = new Date(0)

/**
 * Packs members in the given order; one without content and link is a directory. The same members always give the same
 * bytes: no times, no owners. Names are not checked: tests make archives that are refused.
 */
export async function packTar(members: readonly TarMember[]): Promise<Uint8Array> {
  const packer = pack()
  for (const member of members) addMember(packer, member)
  packer.finalize()
  const pieces: Uint8Array[] = []
  for await (const piece of packer as AsyncIterable<Uint8Array>) pieces.push(piece)
  return Buffer.concat(pieces)
}

function addMember(packer: ReturnType<typeof pack>, member: TarMember): void {
  const common = { name: member.name, mtime: EPOCH, uid: 0, gid: 0 }
  if ('content' in member) {
    packer.entry({ ...common, mode: 0o644, type: 'file' }, Buffer.from(member.content))
  } else if ('linkTo' in member) {
    const type = member.isHard ? 'link' : 'symlink'
    packer.entry({ ...common, mode: 0o777, type, linkname: member.linkTo })
  } else {
    packer.entry({ ...common, mode: 0o755, type: 'directory' })
  }
}
