/**
 * A room is a folder (or one file) of the house. Its files may import each other, the rooms named here,
 * and the packages named here; `node:` stands for Node's own modules. The longest matching path is the
 * room of a file. Nothing else is allowed, and there is no list of exceptions.
 * @typedef {object} Room
 * @property {readonly string[]} imports
 * @property {readonly string[]} packages
 */

/** @type {Readonly<Record<string, Room>>} */
export const rooms = {
  'shared/model': { imports: [], packages: ['zod'] },
  'shared/memmap': { imports: ['shared/model'], packages: [] },
  'shared/readers': {
    imports: ['shared/model', 'shared/memmap'],
    packages: ['jsonc-parser', 'saxes', 'yaml', 'zod'],
  },
  'shared/summary': { imports: ['shared/model', 'shared/memmap'], packages: [] },
  // What the struct pages cost as a table, and what those of a layout would cost that does not exist yet.
  'shared/ledger': { imports: ['shared/model', 'shared/memmap'], packages: [] },
  'shared/plan': { imports: ['shared/model', 'shared/memmap'], packages: [] },
  'shared/layout': { imports: ['shared/model', 'shared/memmap', 'shared/summary'], packages: [] },
  'shared/export': { imports: ['shared/model', 'shared/layout'], packages: [] },
  // What a capture takes, as data, and the script that takes it.
  'shared/capture': { imports: [], packages: [] },
  'shared/host.ts': { imports: ['shared/model', 'shared/readers'], packages: [] },
  // How the page talks to its two hosts.
  'shared/electron-api.ts': {
    imports: ['shared/host.ts', 'shared/model', 'shared/readers'],
    packages: [],
  },
  'shared/serve-protocol.ts': {
    imports: ['shared/host.ts', 'shared/model', 'shared/readers'],
    packages: [],
  },

  // Names and version of the program.
  'package.json': { imports: [], packages: [] },

  host: {
    imports: ['shared', 'host/open', 'package.json'],
    packages: ['node:', 'commander', 'yaml', 'zod'],
  },
  'host/open': {
    imports: ['shared/capture', 'shared/host.ts', 'shared/model', 'shared/readers'],
    packages: ['node:', 'seek-bzip', 'tar-stream', 'xz-decompress'],
  },
  electron: { imports: ['shared', 'host', 'package.json'], packages: ['node:', 'electron', 'zod'] },
  // What a sandboxed preload imports is bundled into it, and only `electron` can be required.
  'electron/preload': {
    imports: ['shared/electron-api.ts', 'shared/host.ts', 'electron/channels.ts'],
    packages: ['electron'],
  },

  renderer: {
    imports: ['shared', 'renderer/scene', 'package.json'],
    packages: ['vue', 'pinia', 'reka-ui', '@lucide/vue', '@tanstack/vue-virtual', '@fontsource'],
  },
  'renderer/scene': { imports: ['shared/model', 'shared/layout'], packages: ['three'] },

  build: {
    imports: [],
    packages: [
      'node:',
      '@electron/asar',
      'electron-vite',
      'typescript',
      'vite',
      '@vitejs/plugin-vue',
      'yaml',
      'zod',
    ],
  },
  test: {
    imports: ['shared', 'host', 'electron', 'renderer', 'build'],
    packages: [
      'node:',
      'axe-core',
      'electron',
      'fast-check',
      'playwright-core',
      'vite',
      'vitest',
      'yaml',
      'zod',
    ],
  },
}

/** What `*.test.ts` beside a source, and `testing` folders, may import on top of its room. */
export const testExtras = {
  imports: ['shared', 'test/support', 'test/fakes'],
  packages: ['node:', 'fast-check', 'vitest', '@vue/test-utils', 'axe-core', 'vue', 'yaml'],
}

/** Top folders that the check reads. */
export const checkedFolders = ['shared', 'host', 'electron', 'renderer', 'build', 'test']
