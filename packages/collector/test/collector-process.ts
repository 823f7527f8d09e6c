import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { onTestFinished } from 'vitest'
import { batchOf } from './sending.ts'

export interface CollectorProcess {
  readonly url: string
  readonly port: number
  readonly pid: number
  /** What it wrote to its log. */
  log(): string
  /** The most memory it has taken so far, in bytes. */
  peakBytes(): Promise<number>
  tell(message: string): void
  kill(signal?: NodeJS.Signals): Promise<void>
  /** Sends a batch and gives back what came, or undefined if nothing did. */
  send(events: readonly unknown[]): Promise<Response | undefined>
}

export interface ProcessOptions {
  readonly folder: string
  readonly maxConnections?: number
  /** Whether fsync fails until it is told to `mend`. */
  readonly brokenSync?: boolean
  /** Commands of a shell before it starts, such as `ulimit -f 100`. */
  readonly shell?: string
  readonly uid?: number
}

/** Starts a collector as a process of its own. It is killed after the test, if it is still there. */
export async function startCollector(
  program: string,
  options: ProcessOptions,
  onFinished: (end: () => Promise<void>) => void = onTestFinished,
): Promise<CollectorProcess> {
  const { shell = 'true', uid, ...settings } = options
  const parameters = ['-c', `${shell}; exec "$0" "$@"`, process.execPath, program, JSON.stringify(settings)]
  const stdio = ['ignore', 'ignore', 'pipe', 'ipc'] as const
  const child = spawn('sh', parameters, { stdio: [...stdio], ...(uid === undefined ? {} : { uid, gid: uid }) })
  const ended = once(child, 'exit')
  let log = ''
  child.stderr?.on('data', text => (log += String(text)))
  async function kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    child.kill(signal)
    await ended
  }
  onFinished(() => kill())

  const started = await Promise.race([once(child, 'message'), ended])
  const [message] = started as [{ url: string } | number | null]
  if (typeof message !== 'object' || message === null) throw new Error(`The collector did not start. ${log}`)
  const { url } = message

  return {
    url,
    port: Number(new URL(url).port),
    pid: child.pid!,
    log: () => log,
    async peakBytes() {
      const answered = once(child, 'message')
      child.send('memory')
      const [{ peakBytes }] = (await answered) as [{ peakBytes: number }]
      return peakBytes
    },
    tell: text => void child.send(text),
    kill,
    async send(events) {
      const body = JSON.stringify(batchOf(events))
      return fetch(url, { method: 'POST', body, headers: { 'content-type': 'text/plain' } }).catch(() => undefined)
    },
  }
}
