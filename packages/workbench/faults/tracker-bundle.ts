import { readFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import { rollup } from 'rollup'

const DIST = new URL('../../browser/dist/', import.meta.url).pathname
const ENTRY = `\0entry`
const SOURCE = `export { createTracker } from '${DIST}index.js'
export { pageViews } from '${DIST}plugins/page-views.js'
`

let made: { readonly of: number; readonly code: Promise<string> } | undefined

/** The tracker and its page views as one module, made of what was built last. */
export async function bundleTracker(): Promise<string> {
  const built = await lastBuilt()
  if (made?.of !== built) made = { of: built, code: bundle() }
  return made.code
}

/** The file for script tags, as it was built last. */
export function readTrackerScript(): Promise<string> {
  return readFile(`${DIST}jejak.js`, 'utf8')
}

async function bundle(): Promise<string> {
  const entry = {
    name: 'entry',
    resolveId: (id: string) => (id === ENTRY ? ENTRY : null),
    load: (id: string) => (id === ENTRY ? SOURCE : null),
  }
  const built = await rollup({ input: ENTRY, plugins: [entry, nodeResolve({ browser: true })] })
  const { output } = await built.generate({ format: 'es' })
  await built.close()
  return output[0].code
}

async function lastBuilt(): Promise<number> {
  const files = await readdir(DIST, { recursive: true }).catch((cause: unknown) => {
    throw new Error('packages/browser/dist is missing: make it by `npm run build`.', { cause })
  })
  const times = await Promise.all(
    files.filter(file => file.endsWith('.js')).map(async file => (await stat(join(DIST, file))).mtimeMs),
  )
  return Math.max(...times)
}
