import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { extractFile, listPackage } from '@electron/asar'
import { parse } from 'yaml'
import { z } from 'zod'
import { projectFolder } from './run-steps.mjs'

const configSchema = z.object({ electronFuses: z.record(z.string(), z.boolean()) })

/** Precedes the fuses in Electron's program: then a version, their number, and one character for each. */
export const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/** The fuses in the order of the wire (FuseV1Options of @electron/fuses 1.8). */
const fuseOrder = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
]

/**
 * What is wrong with the fuses of a packed program; empty when they are as wanted.
 * @param {Buffer} program
 * @param {Readonly<Record<string, boolean>>} wanted
 * @returns {readonly string[]}
 */
export function checkFuses(program, wanted) {
  const position = program.indexOf(fuseSentinel)
  if (position === -1) return ['there are no fuses']
  const lengthAt = position + fuseSentinel.length + 1
  const wire = program.toString('latin1', lengthAt + 1, lengthAt + 1 + program.readUInt8(lengthAt))
  return Object.entries(wanted).flatMap(([name, isEnabled]) => {
    const state = wire.charAt(fuseOrder.indexOf(name))
    return state === (isEnabled ? '1' : '0') ? [] : [`fuse ${name} is '${state}', not ${isEnabled}`]
  })
}

function wantedFuses() {
  const text = readFileSync(join(projectFolder, 'build/electron-builder.yml'), 'utf8')
  return configSchema.parse(parse(text)).electronFuses
}

const neededFiles = [
  'package.json',
  'out/main/index.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
]

/**
 * What is wrong with the contents of app.asar: a file is missing, or too much is packed.
 * @param {string} asarPath
 * @returns {readonly string[]}
 */
function checkContents(asarPath) {
  const files = listPackage(asarPath, { isPack: false }).map((path) => {
    return path.replaceAll('\\', '/').replace(/^\//, '')
  })
  const missing = neededFiles.filter((path) => !files.includes(path))
  const surplus = files.filter((path) => !/^(package\.json|out(\/.*)?)$/.test(path))
  const main = JSON.parse(extractFile(asarPath, 'package.json').toString()).main
  return [
    ...missing.map((path) => `${path} is missing`),
    ...surplus.slice(0, 5).map((path) => `${path} should not be there`),
    ...(files.includes(main) ? [] : [`package.json names ${main}, which is not there`]),
  ]
}

/** Where an unpacked application has its program, the file with its fuses, and its resources. */
const layouts = [
  { program: 'folioscope', fuses: 'folioscope', resources: 'resources' },
  { program: 'Folioscope.exe', fuses: 'Folioscope.exe', resources: 'resources' },
  {
    program: 'Folioscope.app/Contents/MacOS/Folioscope',
    fuses: 'Folioscope.app/Contents/Frameworks/Electron Framework.framework/Electron Framework',
    resources: 'Folioscope.app/Contents/Resources',
  },
]

/**
 * Checks every unpacked application in a folder that electron-builder wrote.
 * @param {string} distFolder
 * @returns {{ checked: readonly string[], problems: readonly string[] }}
 */
export function verifyPackage(distFolder) {
  const applications = readdirSync(distFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => layouts.map((layout) => ({ folder: join(distFolder, name), layout })))
    .filter(({ folder, layout }) => existsSync(join(folder, layout.program)))
  const problems = applications.flatMap(({ folder, layout }) => {
    const asar = join(folder, layout.resources, 'app.asar')
    const found = [
      ...(existsSync(asar) ? checkContents(asar) : ['app.asar is missing']),
      ...checkFuses(readFileSync(join(folder, layout.fuses)), wantedFuses()),
    ]
    return found.map((problem) => `${basename(folder)}: ${problem}`)
  })
  return {
    checked: applications.map(({ folder }) => folder),
    problems: applications.length === 0 ? [`${distFolder}: no application`] : problems,
  }
}
