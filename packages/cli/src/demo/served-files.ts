import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Reply } from './reply.tsx'

/** The same from `src` and from `dist`. */
const ASSETS = new URL('../../assets/', import.meta.url)

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
}

/** The files that are served as they are, by their path. What is not in here is not served, whatever the path. */
export async function readServedFiles(): Promise<ReadonlyMap<string, Reply>> {
  const names = await readdir(ASSETS, { recursive: true })
  const served = names
    .map(name => name.replaceAll('\\', '/'))
    .filter(name => /^((shop|live)\/)?[\w-]+\.(css|js)$/.test(name))
    .map(async name => [`/assets/${name}`, await readAsReply(new URL(name, ASSETS))] as const)
  return new Map([...(await Promise.all(served)), ['/jejak.js', await readTracker()]])
}

/** The tracker that shops put on their pages: the very file. */
async function readTracker(): Promise<Reply> {
  const require = createRequire(import.meta.url)
  try {
    return await readAsReply(require.resolve('@jejak/browser/jejak.js'))
  } catch (error) {
    const body = `console.error('The tracker has not been built. Run: npm run build')\n`
    if (isMissing(error)) return { status: 404, type: TYPES['js']!, body }
    throw error
  }
}

async function readAsReply(file: URL | string): Promise<Reply> {
  const type = TYPES[String(file).split('.').at(-1)!]!
  return { status: 200, type, body: await readFile(file), headers: { 'cache-control': 'no-cache' } }
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'ENOENT' || code === 'MODULE_NOT_FOUND'
}
