import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url))
/** The peers are not part of the repository: they are installed here once, 150 MB, when they are measured. */
const CACHE = join(ROOT, 'node_modules', '.cache', 'jejak-peers')

/** Installs the peers in the versions that are stated, if they are not there. */
export function installPeers(trackers) {
  const dependencies = Object.fromEntries(
    trackers.filter(one => one.package).map(({ package: name, version }) => [name, version]),
  )
  const manifest = JSON.stringify({ private: true, dependencies }, null, 2)
  const file = join(CACHE, 'package.json')
  if (existsSync(file) && readFileSync(file, 'utf8') === manifest) return
  mkdirSync(CACHE, { recursive: true })
  console.error('Installing the peers …')
  writeFileSync(join(CACHE, 'package.json'), manifest)
  const options = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const { status } = spawnSync('npm', options, {
    cwd: CACHE,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (status !== 0) {
    writeFileSync(file, '')
    throw new Error('npm could not install the peers: they need the registry')
  }
}

/** What a shop would serve of a tracker: minified, as one file. */
export async function bundle({ name, code, package: peer }) {
  const { outputFiles } = await build({
    stdin: {
      contents: `${code}\nwindow.tracked = { start, track }`,
      resolveDir: peer ? CACHE : ROOT,
      sourcefile: `${name}.js`,
    },
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  })
  const bytes = outputFiles[0].contents
  return {
    bytes,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
  }
}
