import { randomBytes } from 'node:crypto'
import { access, mkdir, readdir, rename, rmdir, unlink } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileError } from './file-error.ts'
import { ask, bePresent } from './presence.ts'
import type { Presence, Question } from './presence.ts'

/** Sees that of all processes of this machine one at a time works in a folder. */
export interface FolderLock {
  /**
   * Runs `work` while no other process does. `turn` is another number than last time if one may have done so in
   * between. Rejects if another does not let go for three seconds.
   */
  hold<Result>(work: (turn: number) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

// To change hands takes a few milliseconds. Who has more to do goes on for this long, even if another waits.
const TURN_MS = 20
// A commit takes milliseconds, on a bad disk a second. Who does not let go for longer than this is stuck.
const WAIT_MS = 3_000
// Who was let in comes within a moment, or has been stopped.
const GUEST_MS = 100

/**
 * Each process has a folder of its own below `.lock`, with its presence in it. To take the lock is to rename that
 * folder to `held`: the system refuses while anything is in there. To let go is to rename it back. The lock is kept
 * until another process asks for it, so that one alone never pays for it.
 *
 * A process that was killed leaves its presence behind, where the system now refuses connections, for certain and at
 * once; it is deleted by its name, which is never given twice, so nobody can take away the lock of one who lives.
 * There are no ids of processes and no clocks in this: it also holds between containers that share a folder.
 */
export function createFolderLock(folder: string, hasMore: () => boolean = () => false): FolderLock {
  const home = join(folder, '.lock')
  const held = join(home, 'held')
  const askers = new Set<Socket>()
  let own: { readonly id: string; readonly folder: string; readonly presence: Presence } | undefined
  let isTidy = false
  let holding = false
  let turn = 0
  let takenAt = 0
  let question: (Question & { readonly holder: string }) | undefined
  let last: Promise<unknown> = Promise.resolve()

  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = last.then(work)
    last = result.catch(() => {})
    return result
  }

  async function take(): Promise<void> {
    const givenUpAt = performance.now() + WAIT_MS
    await letGuestsIn()
    while (!(await claim())) {
      const waitMs = givenUpAt - performance.now()
      if (waitMs <= 0) throw new Error('another collector works in it and does not let go: is it stopped?')
      await waitForHolder(waitMs)
    }
    holding = true
    turn++
    takenAt = performance.now()
    endQuestion()
  }

  async function claim(): Promise<boolean> {
    own ??= await settle()
    try {
      await rename(own.folder, held)
      return true
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'ENOTEMPTY' || code === 'EEXIST') return false
      if (code !== 'ENOENT') throw error
      if (await isThere(join(held, own.id))) return true
      // Somebody deleted the folder.
      own.presence.close()
      own = undefined
      return false
    }
  }

  async function settle(): Promise<NonNullable<typeof own>> {
    const id = randomBytes(6).toString('hex')
    const place = join(home, id)
    await mkdir(place, { recursive: true })
    // Once: two that tidy up for ever would take away each other's folder while nobody is in it yet.
    if (!isTidy) await tidy(id).catch(() => {})
    isTidy = true
    try {
      const presence = await bePresent(join(place, id), socket => {
        askers.add(socket)
        socket.once('close', () => askers.delete(socket))
        void inTurn(handOver)
      })
      return { id, folder: place, presence }
    } catch (error) {
      // Somebody who tidied up took it for left behind.
      if (!(await isThere(place))) return settle()
      throw error
    }
  }

  /** Takes away what processes left that were killed while they did not hold the lock. */
  async function tidy(ownId: string): Promise<void> {
    const others = (await readdir(home)).filter(id => id !== ownId && id !== 'held')
    for (const id of others) {
      const path = join(home, id, id)
      const asked = await ask(path)
      if (typeof asked === 'object') asked.question.close()
      if (asked === 'dead') await unlink(path).catch(ifMissing(undefined))
      // Refused while there is something in it.
      await rmdir(join(home, id)).catch(() => {})
    }
  }

  async function waitForHolder(waitMs: number): Promise<void> {
    if (question?.isAnswered) endQuestion()
    const [holder] = await readdir(held).catch(ifMissing([]))
    if (holder === undefined) return
    if (question?.holder !== holder) {
      endQuestion()
      const asked = await ask(join(held, holder))
      if (asked === 'dead') await unlink(join(held, holder)).catch(ifMissing(undefined))
      if (typeof asked !== 'object') return
      question = Object.assign(asked.question, { holder })
    }
    const timeout = new AbortController()
    await Promise.race([question?.answered, delay(waitMs, undefined, timeout).catch(() => {})])
    timeout.abort()
  }

  function endQuestion(): void {
    question?.close()
    question = undefined
  }

  async function handOver(): Promise<void> {
    if (askers.size === 0) return
    if (holding && hasMore() && performance.now() - takenAt < TURN_MS) return
    if (holding && own) await rename(held, own.folder).catch(() => {})
    holding = false
    for (const asker of askers) asker.end()
  }

  /** Who asked and was answered goes first; it hangs up when it has the lock. */
  async function letGuestsIn(): Promise<void> {
    if (askers.size === 0) return
    const timeout = new AbortController()
    const gone = [...askers].map(async asker => new Promise(resolve => asker.once('close', resolve)))
    await Promise.race([Promise.all(gone), delay(GUEST_MS, undefined, timeout).catch(() => {})])
    timeout.abort()
    for (const asker of askers) asker.destroy()
  }

  return {
    async hold(work) {
      return inTurn(async () => {
        try {
          // Somebody may have deleted the folder, with the lock in it.
          holding &&= own !== undefined && (await isThere(join(held, own.id)))
          if (!holding)
            await take().catch(error => {
              throw fileError('lock', folder, error)
            })
          return await work(turn)
        } finally {
          await handOver()
        }
      })
    },

    async close() {
      await inTurn(async () => {
        endQuestion()
        if (!own) return
        const at = holding ? held : own.folder
        await unlink(join(at, own.id)).catch(() => {})
        await rmdir(at).catch(() => {})
        await rmdir(home).catch(() => {})
        own.presence.close()
        own = undefined
        holding = false
        for (const asker of askers) asker.destroy()
      })
    },
  }
}

/** For a system whose file names are no addresses (Windows): one process may use the folder, and it says so to nobody. */
export function createLockOfOne(): FolderLock {
  let last: Promise<unknown> = Promise.resolve()
  return {
    async hold(work) {
      const result = last.then(async () => work(1))
      last = result.catch(() => {})
      return result
    },
    async close() {
      await last
    },
  }
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

function ifMissing<Value>(value: Value): (error: NodeJS.ErrnoException) => Value {
  return error => {
    if (error.code !== 'ENOENT') throw error
    return value
  }
}
