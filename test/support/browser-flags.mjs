/**
 * Chromium's flags for tests: WebGL2 without a GPU, and no traffic of its own.
 * @returns {string[]}
 */
export function browserFlags() {
  const isRoot = process.getuid?.() === 0
  return [
    // Chromium refuses to start its sandbox as root.
    ...(isRoot ? ['--no-sandbox'] : []),
    '--enable-unsafe-swiftshader',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ]
}
