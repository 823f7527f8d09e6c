import { fileURLToPath } from 'node:url'
import { Script } from 'node:vm'
import { build } from 'esbuild'

/** The source of `@jejak/browser` as one script that makes a global `jejak` of its exports. */
const bundle = build({
  entryPoints: [fileURLToPath(new URL('../../src/index.ts', import.meta.url))],
  bundle: true,
  write: false,
  format: 'iife',
  globalName: 'jejak',
  target: 'es2022',
  conditions: ['@jejak/source'],
}).then(({ outputFiles }) => outputFiles[0]!.text)

/** The tracker, to be run in many realms; or one with a mistake in it: `instead` in place of what `line` matches. */
export async function trackerScript(mistake?: { readonly line: RegExp; readonly instead: string }): Promise<Script> {
  const text = await bundle
  if (!mistake) return new Script(text, { filename: 'jejak.js' })
  if (!mistake.line.test(text)) throw new Error(`Nothing in the tracker looks like ${String(mistake.line)} any more.`)
  return new Script(text.replace(mistake.line, mistake.instead), { filename: 'jejak-with-a-mistake.js' })
}
