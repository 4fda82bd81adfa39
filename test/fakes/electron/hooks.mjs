import { existsSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'

const here = new URL('.', import.meta.url).href
const fake = new URL('module/index.ts', here).href

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier === 'electron') return { url: fake, shortCircuit: true }
    // The sources of the fake are written without suffixes, as everything here; Node wants them.
    if (specifier.startsWith('.') && context.parentURL?.startsWith(here)) {
      const url = new URL(`${specifier}.ts`, context.parentURL)
      if (existsSync(fileURLToPath(url))) return { url: url.href, shortCircuit: true }
    }
    return nextResolve(specifier, context)
  },
})
