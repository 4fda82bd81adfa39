import { hostileText } from './hostile'
import { mutateAcpi } from './mutate-acpi'
import { mutateBytes } from './mutate-bytes'
import { mutateJson } from './mutate-json'
import { mutateSmbios, mutateSmbiosEntryPoint } from './mutate-smbios'
import { mutateText } from './mutate-text'
import { mutateXml } from './mutate-xml'
import type { Random } from './random'

/** What a file holds, as far as the way to change it depends on it. */
export type FileKind =
  'acpi' | 'binary' | 'json' | 'smbios' | 'smbios-entry-point' | 'text' | 'value' | 'xml'

/** Longer texts than one value that the kernel prints into one file of sysfs. */
const VALUE_BYTES = 200

/** Tells by the content, for binary tables also by the path (DOMAIN §9.4, §9.5). */
export function fileKind(path: string, bytes: Uint8Array): FileKind {
  if (/(^|\/)dmi\/tables\/DMI$/.test(path)) return 'smbios'
  if (/(^|\/)smbios_entry_point$/.test(path)) return 'smbios-entry-point'
  const head = Buffer.from(bytes.subarray(0, 512)).toString('latin1')
  if (/(^|\/)acpi\/tables\/(data\/)?\w{4}\d*$/.test(path) && /^[A-Z]{4}/.test(head)) return 'acpi'
  if (bytes.subarray(0, 512).includes(0)) return 'binary'
  if (/^\s*[{[]/.test(head)) return 'json'
  if (/^\s*<[?!\w]/.test(head)) return 'xml'
  return bytes.length <= VALUE_BYTES ? 'value' : 'text'
}

/** Changes a file in a way that fits what it holds. An empty one becomes something. */
export function mutateFile(random: Random, path: string, original: Uint8Array): Uint8Array {
  // The slices of a Buffer are no copies: what follows would change the corpus.
  const bytes = new Uint8Array(original)
  if (bytes.length === 0) return Buffer.from(hostileText(random))
  const text = () => Buffer.from(bytes).toString('utf8')
  switch (fileKind(path, bytes)) {
    case 'smbios':
      return mutateSmbios(random, bytes)
    case 'smbios-entry-point':
      return mutateSmbiosEntryPoint(random, bytes)
    case 'acpi':
      return mutateAcpi(random, bytes)
    case 'json':
      return Buffer.from(mutateJson(random, text()))
    case 'xml':
      return Buffer.from(mutateXml(random, text()))
    case 'text':
      return Buffer.from(mutateText(random, text()))
    case 'value':
      return Buffer.from(
        random.chance(0.6) ? `${hostileText(random)}\n` : mutateText(random, text()),
      )
    case 'binary':
      return mutateBytes(random, bytes)
  }
}
