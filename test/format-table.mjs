import { z } from 'zod'

/** The part of the report of vitest's JSON reporter that says which test of which file passed. */
const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })),
    }),
  ),
})

/**
 * What each format is called, and which tests are about it: those beside its reader, and those of the contract tests
 * whose names match.
 * @type {readonly (readonly [format: string, folders: readonly string[], contract: readonly RegExp[]])[]}
 */
const FORMATS = [
  [
    'snapshot (.folioscope)',
    ['manifest'],
    [/kernel-truth\.test/, /goldens\.test/, /capture\.test/],
  ],
  ['sysfs tree', ['sysfs'], [/sysfs-captures\.test/, /cxl-captures\.test/]],
  ['hwloc-gather-topology tree', [], [/hwloc-trees\.test/]],
  ['procfs', ['procfs'], []],
  ['kernel log', ['kernel-log'], []],
  ['BTF and VMCOREINFO', ['btf', 'vmcoreinfo'], []],
  ['sosreport', ['sosreport'], []],
  ['hwloc XML', ['hwloc-xml', 'xml'], [/hwloc-xml\.test.*XML/]],
  ['hwloc synthetic string', ['hwloc-synthetic'], [/hwloc-xml\.test.*synthetic/]],
  ['ndctl JSON', ['ndctl'], [/tools-json\.test.*_ndctl-/]],
  ['daxctl JSON', ['daxctl'], [/tools-json\.test.*_daxctl-/]],
  ['cxl JSON', ['cxl-list'], [/tools-json\.test.*_cxl-/]],
  ['lsmem', ['lsmem'], [/text-tools\.test.*lsmem/]],
  ['numactl', ['numactl'], [/text-tools\.test.*numactl/]],
  ['ipmctl', ['ipmctl'], [/text-tools\.test.*ipmctl/]],
  ['lscpu', ['lscpu'], [/text-tools\.test.*lscpu/]],
  ['lspci', ['lspci'], [/text-tools\.test.*lspci/]],
  ['SMBIOS tables', ['smbios'], [/firmware\.test/]],
  ['dmidecode', ['dmidecode'], []],
  ['ACPI tables', ['acpi'], [/firmware-acpi\.test/]],
  ['EDAC', ['edac'], []],
  ['written specification', ['spec'], []],
]

/**
 * @typedef {object} FormatRow
 * @property {string} format
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/**
 * Counts the cases of each format over the reports of several runs. A case about two formats counts for both.
 * @param {readonly string[]} reportTexts
 * @returns {readonly FormatRow[]}
 */
export function countByFormat(reportTexts) {
  const cases = reportTexts
    .flatMap((text) => reportSchema.parse(JSON.parse(text)).testResults)
    .flatMap(({ name, assertionResults }) =>
      assertionResults.map(({ status, fullName }) => ({ status, title: `${name} ${fullName}` })),
    )
  return FORMATS.map(([format, folders, patterns]) => {
    const own = cases.filter(
      ({ title }) =>
        folders.some((folder) => title.includes(`shared/readers/${folder}/`)) ||
        patterns.some((pattern) => pattern.test(title)),
    )
    const count = (/** @type {(status: string) => boolean} */ isCounted) =>
      own.filter(({ status }) => isCounted(status)).length
    return {
      format,
      passed: count((status) => status === 'passed'),
      failed: count((status) => status === 'failed'),
      skipped: count((status) => status !== 'passed' && status !== 'failed'),
    }
  })
}

/**
 * The table for people: one line for each format.
 * @param {readonly FormatRow[]} rows
 */
export function formatTable(rows) {
  const width = Math.max(...rows.map(({ format }) => format.length))
  const line = (/** @type {string} */ name, /** @type {readonly (string | number)[]} */ cells) =>
    `${name.padEnd(width)}${cells.map((cell) => String(cell).padStart(9)).join('')}`
  return [
    line('format', ['passed', 'failed', 'skipped']),
    ...rows.map(({ format, passed, failed, skipped }) => line(format, [passed, failed, skipped])),
  ].join('\n')
}
