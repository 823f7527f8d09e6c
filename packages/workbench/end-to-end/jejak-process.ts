import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const BIN = fileURLToPath(new URL('../../cli/bin/jejak.mjs', import.meta.url))

export interface Outcome {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly cwd?: string
  readonly input?: string | Buffer
  /** Added to the environment; `undefined` takes a variable out of it. */
  readonly env?: NodeJS.ProcessEnv
}

/** Runs a `jejak` command to its end, as a shell would. */
export async function runJejak(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  return await runProcess(process.execPath, [BIN, ...args], options)
}

export async function runProcess(command: string, args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const child = spawn(command, args, { cwd: options.cwd, env: { ...process.env, ...options.env } })
  const output = collect(child)
  child.stdin.on('error', () => {}) // a command that ends early need not read all of its input
  child.stdin.end(options.input)
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
  return { code, signal, ...output() }
}

export interface Server {
  readonly url: string
  readonly pid: number
  output(): { stdout: string; stderr: string }
  /** Asks it to stop, and tells how it went. */
  stop(signal?: NodeJS.Signals): Promise<Outcome>
}

/** Starts a `jejak` command that serves, and waits until it says where. */
export async function startJejak(args: readonly string[], options: RunOptions = {}): Promise<Server> {
  return await startServer(process.execPath, [BIN, ...args], options)
}

export async function startServer(command: string, args: readonly string[], options: RunOptions = {}): Promise<Server> {
  const child = spawn(command, args, { cwd: options.cwd, env: { ...process.env, ...options.env } })
  const output = collect(child)
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>
  const url = await new Promise<string>((resolve, reject) => {
    const look = () => {
      const { stdout, stderr } = output()
      const found = /https?:\/\/[\w.[\]-]+:\d+\S*/.exec(stdout + stderr)
      if (found) resolve(found[0])
    }
    child.stdout.on('data', look)
    child.stderr.on('data', look)
    child.on('close', code => reject(new Error(`it ended with ${code} before it listened:\n${output().stderr}`)))
  })
  return {
    url,
    pid: child.pid!,
    output,
    async stop(signal = 'SIGTERM') {
      child.kill(signal)
      const [code, by] = await ended
      return { code, signal: by, ...output() }
    },
  }
}

function collect(child: ChildProcess): () => { stdout: string; stderr: string } {
  const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] }
  child.stdout?.on('data', (chunk: Buffer) => chunks.stdout.push(chunk))
  child.stderr?.on('data', (chunk: Buffer) => chunks.stderr.push(chunk))
  return () => ({
    stdout: Buffer.concat(chunks.stdout).toString(),
    stderr: Buffer.concat(chunks.stderr).toString(),
  })
}
