import { readdirSync, readFileSync } from 'node:fs'
import { join, posix, relative, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import ts from 'typescript'
import * as houseRules from './import-rules.mjs'

/**
 * @typedef {object} Import
 * @property {string} specifier
 * @property {number} line 1-based
 */

/** @param {string} text */
function scriptOf(text) {
  const script = /<script\b[^>]*>(.*?)<\/script>/gs
  // Everything else becomes empty lines, so that line numbers stay.
  const blank = (/** @type {string} */ part) => part.replace(/[^\n]/g, '')
  let result = ''
  let end = 0
  for (const match of text.matchAll(script)) {
    const body = match[1] ?? ''
    const bodyStart = match.index + match[0].lastIndexOf(body, match[0].length - '</script>'.length)
    result += blank(text.slice(end, bodyStart)) + body
    end = bodyStart + body.length
  }
  return result
}

/** @param {ts.Node | undefined} node */
function literalText(node) {
  return node !== undefined && ts.isStringLiteralLike(node) ? node : undefined
}

/**
 * The string literal by which a node names another module, if it does: static, type and dynamic
 * imports, re-exports, `require`, and `new URL('…', import.meta.url)` as workers are named.
 * @param {ts.Node} node
 */
function moduleNameOf(node) {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    return literalText(node.moduleSpecifier)
  }
  if (ts.isImportTypeNode(node)) {
    return ts.isLiteralTypeNode(node.argument) ? literalText(node.argument.literal) : undefined
  }
  if (ts.isCallExpression(node)) {
    const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword
    const isRequire = ts.isIdentifier(node.expression) && node.expression.text === 'require'
    return isImport || isRequire ? literalText(node.arguments[0]) : undefined
  }
  if (ts.isNewExpression(node) && ts.isIdentifier(node.expression)) {
    const [name, base] = node.arguments ?? []
    const isModuleUrl = node.expression.text === 'URL' && base?.getText() === 'import.meta.url'
    return isModuleUrl ? literalText(name) : undefined
  }
  return undefined
}

/**
 * Every module that a source file names.
 * @param {string} path
 * @param {string} text
 * @returns {readonly Import[]}
 */
export function findImports(path, text) {
  const script = path.endsWith('.vue') ? scriptOf(text) : text
  const source = ts.createSourceFile(path, script, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS)
  /** @type {Import[]} */
  const imports = []
  const visit = (/** @type {ts.Node} */ node) => {
    const name = moduleNameOf(node)
    if (name !== undefined) {
      const { line } = source.getLineAndCharacterOfPosition(name.getStart())
      imports.push({ specifier: name.text, line: line + 1 })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return imports
}

/**
 * True if a path is a place of the rules, or lies in it; imports name files without their suffix.
 * @param {string} path
 * @param {string} place
 */
const isInside = (path, place) =>
  path === place || path === place.replace(/\.ts$/, '') || path.startsWith(`${place}/`)

/**
 * @param {string} path
 * @param {Readonly<Record<string, unknown>>} rooms
 */
function roomOf(path, rooms) {
  const [longest] = Object.keys(rooms)
    .filter((room) => isInside(path, room))
    .sort((a, b) => b.length - a.length)
  return longest
}

/** @param {string} specifier */
function packageOf(specifier) {
  if (specifier.startsWith('node:')) return 'node:'
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

/**
 * Tests, and what a `testing` folder makes for them.
 * @param {string} path
 */
function isTestCode(path) {
  return path.endsWith('.test.ts') || path.includes('/testing/')
}

/**
 * Lines about the imports that the rules do not allow; empty when all is well.
 * @param {readonly { path: string, imports: readonly Import[] }[]} files paths from the project, with '/'
 * @param {{ rooms: Readonly<Record<string, import('./import-rules.mjs').Room>>, testExtras: import('./import-rules.mjs').Room }} rules
 * @returns {readonly string[]}
 */
export function checkImports(files, rules) {
  const { rooms, testExtras } = rules
  return files.flatMap(({ path, imports }) => {
    const roomName = roomOf(path, rooms)
    const room = roomName === undefined ? undefined : rooms[roomName]
    if (room === undefined || roomName === undefined)
      return [`${path}: no room of build/import-rules.mjs`]
    const extras = isTestCode(path) ? testExtras : { imports: [], packages: [] }
    const allowedRooms = [...room.imports, ...extras.imports]
    const allowedPackages = [...room.packages, ...extras.packages]

    const isAllowed = (/** @type {string} */ specifier) => {
      const [plain = ''] = specifier.split('?')
      if (!plain.startsWith('.')) {
        const name = packageOf(plain)
        return allowedPackages.some((allowed) => name === allowed || name.startsWith(`${allowed}/`))
      }
      const target = posix.join(posix.dirname(path), plain)
      const targetRoom = roomOf(target, rooms)
      if (targetRoom === undefined) return false
      return (
        targetRoom === roomName ||
        allowedRooms.some((allowed) => isInside(targetRoom, allowed) || isInside(target, allowed))
      )
    }
    return imports
      .filter(({ specifier }) => !isAllowed(specifier))
      .map(({ specifier, line }) => `${path}:${line}: ${roomName} must not import '${specifier}'`)
  })
}

/** @param {string} projectFolder */
export function readHouse(projectFolder) {
  return houseRules.checkedFolders.flatMap((folder) =>
    readdirSync(join(projectFolder, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|mjs|vue)$/.test(entry.name))
      .map((entry) => {
        const full = join(entry.parentPath, entry.name)
        const path = relative(projectFolder, full).split(sep).join('/')
        return { path, imports: findImports(path, readFileSync(full, 'utf8')) }
      }),
  )
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const files = readHouse(join(import.meta.dirname, '..'))
  const problems = checkImports(files, houseRules)
  for (const problem of problems) console.log(problem)
  console.log(`${files.length} files, ${problems.length} imports that are not allowed`)
  process.exitCode = problems.length === 0 ? 0 : 1
}
