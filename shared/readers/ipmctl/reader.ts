import { documentsOf } from '../documents'
import type { Facts, Reader, ReaderContext } from '../facts'
import { readDimms, readNvdimms } from './modules'
import { isNvmxml, xmlRecords } from './nvmxml'
import { textRecords } from './records'
import { readRegions } from './regions'
import type { PlacedRecord } from './values'

/** A heading of a table, the first line of a list, or XML. */
const TEXT =
  /^[ \t]*(?:---(?:DimmID|ISetID|SocketID)=|(?:DimmID|SocketID|ISetID) +\| |MemoryType +\| +DDR +\|)/m

/** Output of ipmctl: modules, slots and regions as tables, lists (`-a`) or XML (`-o nvmxml`). */
export const ipmctlReader: Reader = {
  id: 'ipmctl',
  title: 'ipmctl show -dimm, -topology, -region, -memoryresources (text, -a, -o nvmxml)',
  inputKind: 'tool-output',
  sniff: (tree) => documentsOf(tree).some(({ text }) => TEXT.test(text) || isNvmxml(text)),
  read(tree, context): Facts {
    const records: PlacedRecord[] = []
    for (const { path, text } of documentsOf(tree)) {
      const place = (record: Omit<PlacedRecord, 'path'>) => void records.push({ ...record, path })
      if (TEXT.test(text)) textRecords(text).forEach(place)
      if (!isNvmxml(text)) continue
      const { records: fromXml, mistakes } = xmlRecords(text)
      fromXml.forEach(place)
      for (const { line, mistake } of mistakes) {
        context.refuse({
          code: 'broken-xml',
          what: `the XML is not well-formed: ${mistake}`,
          where: `${path}:${line}`,
          hint: 'save the output of ipmctl -o nvmxml again, without changes',
        })
      }
    }
    diagnoseTotalsAlone(records, context)
    const nvdimms = readNvdimms(records)
    const dimms = readDimms(records)
    const regions = readRegions(records)
    return {
      ...(nvdimms.length > 0 && { nvdimms }),
      ...(dimms.length > 0 && { dimms }),
      ...(regions.length > 0 && { regions }),
    }
  },
}

/** `show -memoryresources` holds sums over the machine, which are no objects. */
function diagnoseTotalsAlone(records: readonly PlacedRecord[], context: ReaderContext): void {
  const [first] = records
  const isTotal = ({ fields }: PlacedRecord) =>
    fields['MemoryType'] !== undefined && fields['DDR'] !== undefined
  if (first === undefined || !records.every(isTotal)) return
  context.diagnose({
    severity: 'info',
    code: 'incomplete-output',
    where: first.path,
    message:
      'these are totals without modules; add `ipmctl show -a -dimm` and `ipmctl show -topology`',
  })
}
