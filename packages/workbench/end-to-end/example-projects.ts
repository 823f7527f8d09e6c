import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { StoredEvent } from '@jejak/events'
import { runProcess, startServer } from './jejak-process.ts'
import type { Server } from './jejak-process.ts'
import { storedEvents } from './stored-events.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

export interface ExampleProjects {
  /**
   * Installs and starts an example as its README says. `command` takes the place of the one that serves, which is the
   * last.
   */
  start(name: string, command?: string): Promise<RunningExample>
  remove(): void
}

export interface RunningExample extends Server {
  readonly project: string
  /** What its collector has stored so far, in the order in which it happened. */
  events(): StoredEvent[]
}

/** Copies of the examples that have a package.json, beside packages as they are in a checkout. */
export function copyExamples(): ExampleProjects {
  const folder = mkdtempSync(join(tmpdir(), 'jejak-example-projects-'))
  mkdirSync(join(folder, 'examples'))
  symlinkSync(join(root, 'packages'), join(folder, 'packages'))
  const prepared = new Set<string>()
  let started = 0

  return {
    async start(name, command) {
      const project = join(folder, 'examples', name)
      const steps = commandBlocksOf(name)[0]!
      const serve = steps.pop()!
      if (!prepared.has(name)) {
        prepared.add(name)
        cpSync(join(root, 'examples', name), project, { recursive: true, filter: isSource })
        for (const step of steps) await succeed(step, project)
      }
      const target = join(project, `events-${++started}`)
      const env = { ...ENVIRONMENT, FOLDER: target, PORT: await freePort() }
      const server = await startServer('bash', ['-c', `exec ${command ?? serve}`], { cwd: project, env })
      return { ...server, project, events: () => storedEvents(target) }
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}

/** In which examples are run. */
export const ENVIRONMENT: NodeJS.ProcessEnv = {
  NO_COLOR: '1',
  HOST: '127.0.0.1',
  NODE_ENV: undefined, // vitest's own is for tests, and would have frameworks make another build
  // Nobody is told of these runs.
  NEXT_TELEMETRY_DISABLED: '1',
  NUXT_TELEMETRY_DISABLED: '1',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  npm_config_prefer_offline: 'true',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_update_notifier: 'false',
  // Becomes the program it is to run, so that a signal reaches that.
  npm_config_script_shell: 'bash',
}

/** Some take 0 for no port at all. */
async function freePort(): Promise<string> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return `${port}`
}

/** What somebody who has run it in the checkout has there besides. */
function isSource(path: string): boolean {
  return !/\/(node_modules|dist|build|events|\.next|\.nuxt|\.output|\.svelte-kit|\.wrangler)$/.test(path)
}

/** The commands of an example's README, block by block; the last one of the first serves, where anything does. */
export function commandBlocksOf(name: string): string[][] {
  const readme = readFileSync(join(root, 'examples', name, 'README.md'), 'utf8')
  return Array.from(readme.matchAll(/```sh\n(.*?)\n```/gs), ([, block]) => block!.split('\n'))
}

async function succeed(command: string, cwd: string): Promise<void> {
  const { code, stdout, stderr } = await runProcess('bash', ['-c', command], { cwd, env: ENVIRONMENT })
  if (code !== 0) throw new Error(`${command} ended with ${code}:\n${stdout}${stderr}`)
}
