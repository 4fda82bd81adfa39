import { describe, expect, it } from 'vitest'
import { checkImports, findImports } from './check-imports.mjs'
import * as houseRules from './import-rules.mjs'

function problemsOf(path: string, ...specifiers: readonly string[]): readonly string[] {
  const imports = specifiers.map((specifier, index) => ({ specifier, line: index + 1 }))
  return checkImports([{ path, imports }], houseRules)
}

describe('checkImports', () => {
  it.each([
    ['shared/layout/lay-out.ts', '../model/topology'],
    ['shared/layout/lay-out.ts', './palette'],
    ['shared/layout/deep/x.ts', '../../memmap/types'],
    ['shared/readers/spec/read.ts', 'yaml'],
    ['host/open/tar.ts', 'node:fs'],
    ['host/cli/info.ts', '../../shared/summary/summary'],
    ['electron/main/index.ts', '../../host/load/load-in-child'],
    ['renderer/scene/scene.ts', 'three/addons/lines/LineSegments2.js'],
    ['renderer/app/main.ts', '@fontsource/ibm-plex-sans/400.css'],
    ['renderer/stores/document.ts', '../../shared/host'],
    ['shared/model/units.test.ts', '../../test/support/test-data'],
  ])('allows %s → %s', (path, specifier) => {
    expect(problemsOf(path, specifier)).toEqual([])
  })

  it.each([
    ['shared/model/topology.ts', '../readers/facts'],
    ['shared/memmap/account.ts', '../layout/lay-out'],
    ['shared/layout/lay-out.ts', '../export/svg'],
    ['shared/readers/load.ts', 'node:fs'],
    ['shared/layout/pick.ts', 'three'],
    ['host/cli/open.ts', '../../electron/main/windows'],
    ['host/cli/open.ts', 'electron'],
    ['host/serve/serve.ts', '../../renderer/app/app'],
    ['renderer/app/app.ts', '../../host/serve/protocol'],
    ['renderer/app/app.ts', '../../electron/channels'],
    ['renderer/tree/rows.ts', 'three'],
    ['renderer/scene/scene.ts', 'vue'],
    ['renderer/app/app.ts', '../../test/support/browser'],
    ['electron/preload/index.ts', 'node:fs'],
    ['host/open/tar.ts', 'left-pad'],
    ['host/open/tar.ts', '../../../elsewhere/x'],
    ['host/open/tar.ts', '/etc/passwd'],
  ])('refuses %s → %s', (path, specifier) => {
    expect(problemsOf(path, specifier)).toHaveLength(1)
  })

  it('names the file, the line and the import, and files that belong to no room', () => {
    expect(problemsOf('shared/model/a.ts', './b', '../layout/c')).toEqual([
      "shared/model/a.ts:2: shared/model must not import '../layout/c'",
    ])
    expect(problemsOf('shared/utils.ts')).toEqual([
      'shared/utils.ts: no room of build/import-rules.mjs',
    ])
  })
})

describe('findImports', () => {
  it('finds every way to name a module', () => {
    const text = [
      "import a from 'a'",
      "import type { B } from 'b'",
      "export * from 'c'",
      "const d = await import('d')",
      "type E = import('e').E",
      "new Worker(new URL('f', import.meta.url))",
      "const g = require('g')",
      "// import 'not-this'",
      'const h = "import \'nor-this\'"',
    ].join('\n')
    const found = findImports('x.ts', text)
    expect(found.map((one) => `${one.specifier}${one.line}`)).toEqual([
      'a1',
      'b2',
      'c3',
      'd4',
      'e5',
      'f6',
      'g7',
    ])
  })

  it('reads the script of a component and keeps its line numbers', () => {
    const text =
      "<template>\n  <p>import 'no'</p>\n</template>\n<script setup lang=\"ts\">\nimport x from 'x'\n</script>\n"
    expect(findImports('x.vue', text)).toEqual([{ specifier: 'x', line: 5 }])
  })
})
