import { spawn } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

/** A program and all the processes it starts, which end together. */
export interface Program {
  readonly pid: number
  /** Waits for a line on stderr or stdout, and gives back what `pattern` caught of it. */
  said(pattern: RegExp): Promise<string>
  /** Every process of the program, with its command line. */
  processes(): ProgramProcess[]
  /** Sends SIGKILL to all of them at once, and waits until none is left. */
  kill(): Promise<void>
  /** Waits until the program has ended by itself, and its processes with it; after `ms` milliseconds it is killed. */
  ended(ms: number): Promise<void>
}

export interface ProgramProcess {
  readonly pid: number
  readonly parent: number
  readonly command: string
}

const START_MS = 60_000
const SAID_BYTES = 200_000
/** Ends the group of processes `$1` when the process that holds the other end of its stdin has ended, however that came. */
const WATCH = 'read _ || kill -KILL "-$1"'

/** Starts a program that ends with this process at the latest, also when this process is killed. */
export function startProgram(command: string, args: readonly string[], env = process.env): Program {
  // A session of its own: its processes are known by it, even those whose parent is gone.
  const child = spawn(command, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const { pid } = child
  if (pid === undefined) throw new Error(`${command} cannot be started.`)

  const watch = spawn('/bin/sh', ['-c', WATCH, 'sh', String(pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  watch.unref()
  watch.stdin.on('error', () => {})

  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-SAID_BYTES)
    })
  }
  child.on('exit', () => watch.stdin.end('\n'))
  const killGroup = () => signal(-pid)
  process.prependOnceListener('exit', killGroup)

  const processes = () => allProcesses().filter(each => each.session === pid)

  async function kill(): Promise<void> {
    killGroup()
    while (processes().length > 0) {
      for (const each of processes()) signal(each.pid)
      await wait(10)
    }
    process.off('exit', killGroup)
  }

  return {
    pid,
    processes,
    kill,
    async said(pattern) {
      for (const until = Date.now() + START_MS; Date.now() < until; await wait(20)) {
        const found = pattern.exec(said)
        if (found) return found[1] ?? found[0]
        if (child.exitCode !== null) break
      }
      throw new Error(`${command} did not say ${pattern}, but:\n${said.slice(-2_000)}`)
    },
    async ended(ms) {
      for (const until = Date.now() + ms; Date.now() < until && processes().length > 0;) await wait(20)
      await kill()
    },
  }
}

/** Sends SIGKILL to a process, or to a group of them by its negative number. It may have ended already. */
export function signal(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Nothing is left to be ended.
  }
}

/** Every process of this machine that has not ended. */
function allProcesses(): (ProgramProcess & { readonly session: number })[] {
  return readdirSync('/proc').flatMap(name => {
    if (!/^\d+$/.test(name)) return []
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      // The name of the program, in brackets, may have spaces and brackets itself.
      const [state, parent, , session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      if (state === 'Z' || state === 'X') return []
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
      return [{ pid: Number(name), parent: Number(parent), session: Number(session), command }]
    } catch {
      // It ended while we looked.
      return []
    }
  })
}
