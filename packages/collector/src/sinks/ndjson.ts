import type { StoredEvent } from '@jejak/events'
import { optionError } from '../option-error.ts'
import { createEventFile } from './event-file.ts'
import type { EventFile } from './event-file.ts'
import { createEventFolder, prepareFolder } from './event-folder.ts'
import { createFolderLock, createLockOfOne } from './folder-lock.ts'
import { createSeenIds } from './seen-ids.ts'
import type { EventSink, WriteResult } from './sink.ts'

export interface NdjsonSinkOptions {
  /** Where the files are. It is made if it is not there. */
  readonly folder: string
  /** A file that would grow beyond this is followed by another. Default: 100 000 000. */
  readonly maxBytes?: number
  /**
   * How many of the newest ids at least are known again, across restarts too; they take about 150 bytes of memory
   * each, for twice as many at most. An event that comes again later than that is stored again; who reads the files
   * leaves it out by its id. Default: 1 000 000.
   */
  readonly rememberIds?: number
  /** Milliseconds since the epoch: it tells the day in the name of a file. Default: `Date.now`. */
  readonly now?: () => number
}

export interface NdjsonSink extends EventSink {
  /**
   * Reads what is there, and rejects with what to do if the folder cannot be used. The first write does this by
   * itself; called at the start, it tells so before there is anything to lose.
   */
  open(): Promise<void>
}

// More than this waiting means that the disk is slower than the events: senders have to wait, not our memory.
const MAX_WAITING_CHARACTERS = 16_000_000

// What a request takes besides its events, however few they are.
const CHARACTERS_PER_WRITE = 4_000

// What others have written is read while they wait, unless it is more than this.
const READ_AT_ONCE_BYTES = 4_000_000

interface Job {
  readonly events: readonly StoredEvent[]
  readonly lines: readonly string[]
  readonly size: number
  readonly resolve: (result: WriteResult) => void
  readonly reject: (reason: unknown) => void
}

/**
 * Stores events as lines of JSON in `events-2026-11-21.ndjson`, `events-2026-11-21-1.ndjson` … A write that has
 * resolved is on the disk. Writes that come while the disk is busy share the next turn.
 *
 * Several processes of one machine may use one folder, in containers of their own too: each event is stored once,
 * whichever of them it comes to, and if it comes to all at the same time. One at a time writes, after it has read what
 * the others added; each appends only to files it began itself, by day (UTC) and size. A process that is killed holds
 * nobody up. Processes of several machines (NFS, SMB) do not see each other: one machine may use a folder. On Windows
 * one process may.
 *
 * A process that is killed may leave half a line at the end of its last file; that event was never called stored, and
 * comes again. The next process to write cuts it off, so nothing but a sink may write to the event files of the folder.
 *
 * @throws TypeError for an option that cannot be used.
 */
export function createNdjsonSink(options: NdjsonSinkOptions): NdjsonSink {
  const { folder, maxBytes, rememberIds, now } = checkOptions(options)
  let waiting: Job[] = []
  const lock = process.platform === 'win32' ? createLockOfOne() : createFolderLock(folder, () => waiting.length > 0)
  const files = createEventFolder(folder, rememberIds)
  const seen = createSeenIds(rememberIds)
  let waitingCharacters = 0
  let working: Promise<void> | undefined
  // The turn of the lock in which all that is stored was known: it still is while the turn is the same.
  let knownTurn: number | undefined
  let file: EventFile | undefined
  let closed = false

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      const jobs = waiting
      waiting = []
      try {
        const results = await whileCurrent(async () => commit(jobs))
        jobs.forEach(({ resolve }, index) => resolve(results[index]!))
      } catch (error) {
        for (const { reject } of jobs) reject(error)
      }
      for (const { size } of jobs) waitingCharacters -= size
    }
    working = undefined
  }

  /** Runs `store` while no other process writes, and with all in `seen` that any of them has stored. */
  async function whileCurrent<Result>(store: () => Promise<Result>): Promise<Result> {
    if (knownTurn === undefined) await prepareFolder(folder)
    for (;;) {
      const outcome = await lock.hold(async turn => {
        if (turn !== knownTurn) {
          const unread = await files.unread(file?.path)
          const isMuch = unread.reduce((sum, { from, to }) => sum + to - from, 0) > READ_AT_ONCE_BYTES
          if (isMuch) return { unread }
          remember(await files.read(unread, true))
          knownTurn = turn
        }
        return { result: await store() }
      })
      if (!outcome.unread) return outcome.result
      // Up to here it is safe already. The others go on meanwhile; what they add is little.
      remember(await files.read(outcome.unread, false))
    }
  }

  function remember(ids: Iterable<string>): void {
    for (const id of ids) seen.add(id)
  }

  async function commit(jobs: readonly Job[]): Promise<WriteResult[]> {
    const fresh = new Map<string, string>()
    const results = jobs.map(({ events, lines }) => {
      const stored = events.filter(({ id }, index) => {
        const isNew = !seen.has(id) && !fresh.has(id)
        if (isNew) fresh.set(id, lines[index]!)
        return isNew
      })
      return { stored, duplicates: events.length - stored.length }
    })
    if (fresh.size > 0) await append(Buffer.from([...fresh.values()].join('')))
    remember(fresh.keys())
    return results
  }

  async function append(lines: Buffer): Promise<void> {
    const day = new Date(now()).toISOString().slice(0, 10)
    const full = file !== undefined && file.bytes > 0 && file.bytes + lines.length > maxBytes
    if (file && (!file.sound || file.day !== day || full)) await leaveFile()
    file ??= await createEventFile(folder, day)
    try {
      await file.append(lines)
    } catch (error) {
      // Nothing is sure any more, least of all that this is still the folder it was.
      knownTurn = undefined
      if (!file.sound) await leaveFile()
      throw error
    }
  }

  async function leaveFile(): Promise<void> {
    const left = file
    file = undefined
    if (!left) return
    // All that was promised is on the disk already.
    await left.close().catch(() => {})
    await files.skip(left.path, left.bytes).catch(() => {})
  }

  return {
    async open() {
      await whileCurrent(async () => {})
    },

    async write(events) {
      if (closed) throw new Error(`The sink of ${folder} is closed: nothing can be written to it any more.`)
      const lines = events.map(toLine)
      const size = lines.reduce((sum, line) => sum + line.length, CHARACTERS_PER_WRITE)
      if (waitingCharacters + size > MAX_WAITING_CHARACTERS)
        throw new Error(`The disk of ${folder} is slower than the events arrive: they have to be sent again later.`)

      waitingCharacters += size
      return new Promise((resolve, reject) => {
        waiting.push({ events, lines, size, resolve, reject })
        working ??= work()
      })
    },

    async close() {
      closed = true
      await working
      await leaveFile()
      await lock.close()
    },
  }
}

/** The id comes first, where it is looked for when the file is read again. */
function toLine(event: StoredEvent): string {
  const text = JSON.stringify(event)
  if (text.startsWith('{"id":')) return `${text}\n`
  const { id, ...rest } = event
  return `${JSON.stringify({ id, ...rest })}\n`
}

function checkOptions(options: NdjsonSinkOptions): Required<NdjsonSinkOptions> {
  const { folder, maxBytes = 100_000_000, rememberIds = 1_000_000, now = Date.now } = options
  if (typeof folder !== 'string' || folder === '')
    throw optionError('folder', 'the path of a folder', folder, 'For example "./events".')
  if (!Number.isSafeInteger(maxBytes) || maxBytes < 1)
    throw optionError('maxBytes', 'a whole number of bytes above 0', maxBytes, 'For example 100_000_000.')
  // A Set holds no more than 2 ** 24.
  if (!Number.isSafeInteger(rememberIds) || rememberIds < 1 || rememberIds > 16_000_000)
    throw optionError('rememberIds', 'a whole number from 1 to 16 000 000', rememberIds, 'Leave it out for 1 000 000.')
  if (typeof now !== 'function') throw optionError('now', 'a function', now, 'Leave it out for Date.now.')
  return { folder, maxBytes, rememberIds, now }
}
