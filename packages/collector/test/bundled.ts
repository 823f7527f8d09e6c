import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import { rollup } from 'rollup'
import { createViteServer } from 'vitest/node'
import { afterAll } from 'vitest'

const CONDITIONS = ['@jejak/source', 'module', 'node', 'import', 'default']

interface Transform {
  transform(this: unknown, code: string, id: string): Promise<{ code: string }>
}

/**
 * A program made of these sources as one file, for a process of its own: it starts at once and needs nothing built.
 * It is gone after the tests of the file.
 */
export async function bundled(entry: URL): Promise<string> {
  const vite = await createViteServer({
    configFile: false,
    logLevel: 'error',
    server: { middlewareMode: true, watch: null, ws: false },
    optimizeDeps: { noDiscovery: true },
  })
  // The compiler that the tests themselves go through. All of its plugins would rewrite imports for a browser.
  const compiler = vite.config.plugins.find(({ name }) => name === 'vite:oxc') as Transform | undefined
  const withoutTypes = {
    name: 'without-types',
    async transform(code: string, id: string) {
      const made =
        id.endsWith('.ts') && (await compiler?.transform.call({ environment: vite.environments.ssr }, code, id))
      return made ? { code: made.code, map: null } : null
    },
  }
  const built = await rollup({
    input: entry.pathname,
    external: /^node:/,
    logLevel: 'silent',
    plugins: [withoutTypes, nodeResolve({ exportConditions: CONDITIONS, extensions: ['.js', '.mjs', '.ts'] })],
  })
  const { output } = await built.generate({ format: 'es', inlineDynamicImports: true })
  await Promise.all([built.close(), vite.close()])

  const folder = mkdtempSync(join(tmpdir(), 'jejak-program-'))
  // Some tests run it as another user.
  chmodSync(folder, 0o755)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'program.mjs')
  writeFileSync(file, output[0].code)
  return file
}
