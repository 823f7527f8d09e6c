import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, stat, unlink, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import type { SealedEvent } from './server-event.ts'

/** Where events are kept until they were accepted. */
export interface Spool {
  /** Resolves once the events are as safe as this spool makes them. Rejects, and keeps nothing, if it is full or fails. */
  add(events: readonly SealedEvent[]): Promise<void>
  /** Takes some of what waits, the oldest first, for nobody else to send meanwhile. Undefined if nothing does. */
  claim(most: number): Promise<Claim | undefined>
  /** How many events wait, as far as this process knows. */
  waiting(): number
}

export interface Claim {
  readonly events: readonly SealedEvent[]
  /** They were accepted, or will never be. */
  done(): Promise<void>
  /** They are to be sent later. */
  putBack(): Promise<void>
  /** Still at it. */
  renew(): Promise<void>
}

export interface FolderSpoolOptions {
  readonly folder: string
  readonly maxEvents: number
  readonly now: () => number
  /** Files of other processes that were not touched for so long belong to nobody. */
  readonly abandonedMs: number
}

/** Of a parcel of events: when it was made, by whom, how many it has; `.ready`, or `.taken` by the one who sends it. */
const PARCEL = /^(?<time>\d{13})-(?<id>[\da-f-]{36})\.(?<count>\d+)\.(?<state>ready|taken)$/

const UNFINISHED = '.unfinished'

/**
 * Keeps events in files of a folder. Each `add` makes a file of its own, which gets its name once it is whole and on
 * the disk; so whatever happens to the process, a file is complete or does not count.
 *
 * Several processes may use one folder, in containers of their own too: who sends a file renames it before, which only
 * one can. If that one is killed, the file is free again when it was not touched for `abandonedMs`, and its events are
 * sent once more, maybe by two: their ids make them count once.
 */
export function createFolderSpool({ folder, maxEvents, now, abandonedMs }: FolderSpoolOptions): Spool {
  let isThere: Promise<unknown> | undefined
  let waiting = 0
  /** Events whose file is being written. */
  let adding = 0
  const ours = new Set<string>()

  const pathOf = (name: string): string => join(folder, name)

  async function list(): Promise<{ ready: string[]; taken: string[] }> {
    await (isThere ??= mkdir(folder, { recursive: true }))
    const all = await readdir(folder)
    // Nobody was told that these were safe.
    const unfinished = await abandoned(all.filter(name => name.endsWith(UNFINISHED)))
    for (const name of unfinished) await unlink(pathOf(name)).catch(ignoreMissing)
    const names = all.filter(name => PARCEL.test(name)).sort()
    waiting = names.reduce((sum, name) => sum + countOf(name), adding)
    return {
      ready: names.filter(name => name.endsWith('.ready')),
      taken: names.filter(name => name.endsWith('.taken') && !ours.has(name)),
    }
  }

  /** Gives a name to whoever comes first; undefined if that was somebody else. */
  async function renamed(from: string, to: string): Promise<string | undefined> {
    try {
      await rename(pathOf(from), pathOf(to))
      return to
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
  }

  async function abandoned(names: readonly string[]): Promise<string[]> {
    const found: string[] = []
    for (const name of names) {
      const seen = await stat(pathOf(name)).catch(() => undefined)
      if (seen && now() - seen.mtimeMs > abandonedMs) found.push(name)
    }
    return found
  }

  async function take(name: string): Promise<string | undefined> {
    const taken = name.replace(/\.(ready|taken)$/, '.taken')
    // Who takes an abandoned file says so by its time before anybody else looks again.
    const moment = new Date(now())
    const own = await renamed(name, taken)
    if (own === undefined) return undefined
    ours.add(own)
    await utimes(pathOf(own), moment, moment)
    return own
  }

  return {
    waiting: () => waiting,

    async add(events) {
      if (isThere === undefined) await list()
      await isThere
      if (waiting + events.length > maxEvents) {
        throw new Error(
          `${folder} holds ${waiting} events that could not be sent, and may hold ${maxEvents}: see why they cannot be sent, or raise \`spool.maxEvents\``,
        )
      }
      waiting += events.length
      adding += events.length
      const name = `${String(now()).padStart(13, '0')}-${randomUUID()}.${events.length}.ready`
      try {
        await writeDurably(folder, name, events.map(({ json }) => `${json}\n`).join(''))
      } catch (error) {
        waiting -= events.length
        throw error
      } finally {
        adding -= events.length
      }
    },

    async claim(most) {
      const { ready, taken } = await list()
      const names: string[] = []
      const events: SealedEvent[] = []
      for (const name of [...ready, ...(await abandoned(taken))]) {
        if (names.length > 0 && events.length + countOf(name) > most) break
        const own = await take(name)
        if (own === undefined) continue
        names.push(own)
        events.push(...eventsIn(await readFile(pathOf(own), 'utf8')))
      }
      if (names.length === 0) return undefined
      return {
        events,
        async done() {
          for (const name of names) {
            await unlink(pathOf(name)).catch(ignoreMissing)
            ours.delete(name)
          }
          waiting -= events.length
        },
        async putBack() {
          for (const name of names) {
            await renamed(name, name.replace(/taken$/, 'ready'))
            ours.delete(name)
          }
        },
        async renew() {
          const moment = new Date(now())
          for (const name of names) await utimes(pathOf(name), moment, moment).catch(ignoreMissing)
        },
      }
    },
  }
}

/** Keeps events in memory: they are gone with the process. */
export function createMemorySpool(maxEvents: number): Spool {
  let kept: SealedEvent[] = []
  let claimed = 0
  return {
    waiting: () => kept.length + claimed,
    async add(events) {
      if (kept.length + claimed + events.length > maxEvents) {
        throw new Error(
          `${kept.length + claimed} events could not be sent, and memory may hold ${maxEvents}: see why they cannot be sent, or give a \`spool\` folder`,
        )
      }
      kept.push(...events)
    },
    async claim(most) {
      if (kept.length === 0) return undefined
      const events = kept.slice(0, most)
      kept = kept.slice(most)
      claimed += events.length
      const settle = async (): Promise<void> => void (claimed -= events.length)
      return {
        events,
        done: settle,
        renew: async () => undefined,
        async putBack() {
          await settle()
          kept = [...events, ...kept]
        },
      }
    },
  }
}

function countOf(name: string): number {
  return Number(PARCEL.exec(name)?.groups?.['count'] ?? 0)
}

function eventsIn(text: string): SealedEvent[] {
  return text.split('\n').flatMap(json => {
    if (json === '') return []
    const { id, name } = JSON.parse(json) as SealedEvent
    return [{ id, name, json }]
  })
}

/** The file is there as a whole, also after a loss of power, or it is not. */
async function writeDurably(folder: string, name: string, text: string): Promise<void> {
  const unfinished = join(folder, `${name}${UNFINISHED}`)
  const file = await open(unfinished, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(unfinished, join(folder, name))
  if (process.platform === 'win32') return // which cannot open a folder
  const entry = await open(folder, 'r')
  try {
    await entry.sync()
  } finally {
    await entry.close()
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
