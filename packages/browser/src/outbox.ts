import { createStore, promisifyRequest } from 'idb-keyval'
import type { UseStore } from 'idb-keyval'
import { bundle, countOf, placeOf, rankOf, sizeOf, unbundle } from './row.ts'
import type { Row } from './row.ts'

/** How far, as a share, the bounds may be missed, so that the rows need not be counted for every event. */
const SPARE = 0.01

/** A database that has not answered after so many seconds may never do: another page can block it. */
const ANSWER_SECONDS = 5
const SILENCE = 'it does not answer'

/** After so many failures in a row IndexedDB is left alone. Fewer may be a full disk, which still lets rows be read. */
const MOST_FAILURES = 3

/** So many events are being written at most: more would keep the page busy for longer than anybody should notice. */
const PIECE = 500

/**
 * The events that wait to be sent: in IndexedDB, those of a burst in bundles, for to write a bundle takes no longer than
 * one event; in memory where, and from the moment that, it fails.
 */
export interface Outbox {
  /** Keeps a row in memory. */
  add(row: Row): void
  /** Writes what was added: piece by piece, or if it is `urgent` at once. */
  write(urgent: boolean): Promise<void>
  /** The oldest rows but those in `skip`: as many as `count` and `bytes` allow, and one if there is any. */
  oldest(count: number, bytes: number, skip: ReadonlySet<string>): Promise<{ rows: Row[]; more: boolean }>
  /** The rows that this page has added and knows to be unsent, oldest first. Those it forgets are safe in IndexedDB. */
  own(): Row[]
  /** Removes rows from memory alone. */
  release(keys: readonly string[]): void
  /** Says whether it has done so. If not, they are still in IndexedDB. */
  remove(keys: readonly string[]): Promise<boolean>
  /** Changes the rows that are in memory. */
  rewrite(change: (json: string) => string): void
  /** Removes all rows, or those of events before a time from IndexedDB. Says how many they were, and whether all are gone. */
  erase(before?: number): Promise<{ count: number; isDone: boolean }>
  /** Whether IndexedDB was given up. */
  readonly isMemory: boolean
}

export interface OutboxOptions {
  readonly name: string
  readonly maxEvents: number
  readonly maxBytes: number
  /** The size of the rows in bytes that this page keeps in memory too after they were written, for `own`. */
  readonly ownBytes: number
  /** Whether anything may be written. */
  readonly mayRun: () => boolean
  readonly onOverflow: (count: number) => void
  readonly onFailure: (reason: string) => void
}

export function createOutbox(options: OutboxOptions): Outbox {
  const { name, maxEvents, maxBytes, ownBytes, mayRun, onOverflow, onFailure } = options
  const open = (): UseStore => createStore(name, 'outbox')
  /** Undefined once IndexedDB was given up. */
  let store: UseStore | undefined = open()
  let failures = 0
  /** The rows of this page, those of them that have still to be written, and those that were. */
  const own = new Map<string, string>()
  const fresh = new Set<string>()
  const written = new Set<string>()
  let bytes = 0
  let beingWritten = 0
  /** The key in IndexedDB of the bundle that a row is in, for those that are known to be there. */
  const places = new Map<string, string>()
  /** What was written since the rows in IndexedDB were counted, as a share of what it may hold. */
  let uncounted = 1

  /** Somebody deletes the database, or has done so: what it held is to be written again, as far as it is known. */
  function onGone(): void {
    for (const key of written) fresh.add(key)
    written.clear()
  }

  /** Undefined if IndexedDB fails. When the browser has closed the connection, another one helps. */
  async function access<Result>(mode: IDBTransactionMode, work: (rows: IDBObjectStore) => Promise<Result>) {
    const doWork = (rows: IDBObjectStore) => {
      const { db } = rows.transaction
      db.addEventListener('close', onGone)
      // Who wants to delete the database need not wait until this page is left.
      db.onversionchange = () => {
        db.close()
        onGone()
      }
      return work(rows)
    }
    for (let again = true; store; again = false) {
      try {
        const result = await answered(store(mode, doWork))
        failures = 0
        return result
      } catch (error) {
        store = open()
        if (again && error !== SILENCE) continue
        onFailure(String(error))
        if (error === SILENCE || ++failures >= MOST_FAILURES) store = undefined
        break
      }
    }
    return undefined
  }

  function release(keys: readonly string[]): void {
    for (const key of keys) {
      if (own.delete(key)) bytes -= sizeOf(key)
      fresh.delete(key)
      written.delete(key)
    }
  }

  function put(rows: IDBObjectStore, bundled: readonly Row[]): void {
    const place = placeOf(bundled)
    for (const { key } of bundled) places.set(key, place)
    rows.put(bundle(bundled), place)
  }

  async function remove(keys: readonly string[]): Promise<boolean> {
    const removed = new Map<string, string[]>()
    for (const key of keys) {
      const place = places.get(key)
      if (place) removed.set(place, [...(removed.get(place) ?? []), key])
      places.delete(key)
    }
    release(keys)
    if (removed.size === 0) return true
    const isDone = await access('readwrite', async rows => {
      const taken = Array.from(removed, async ([place, gone]) => {
        if (gone.length < countOf(place)) {
          const rest = unbundle(place, await promisifyRequest(rows.get(place))).filter(({ key }) => !gone.includes(key))
          if (rest.length > 0) put(rows, rest)
        }
        rows.delete(place)
      })
      await Promise.all(taken)
      return commit(rows)
    })
    return isDone ?? !store
  }

  /** Which of `keys`, oldest first, have to be given up: the least valuable, and of these the oldest. */
  function surplus(keys: readonly string[]): string[] {
    let events = total(keys, countOf)
    let size = total(keys, sizeOf)
    const gone: string[] = []
    if (events <= maxEvents && size <= maxBytes) return gone
    // A little more than is needed, so that this is not done again for the next event.
    const most = maxEvents - Math.floor(maxEvents * SPARE)
    const mostBytes = maxBytes * (1 - SPARE)
    for (let rank = 0; rank < 10; rank++) {
      for (const key of keys) {
        if (rankOf(key) !== rank || (events <= most && size <= mostBytes)) continue
        events -= countOf(key)
        size -= sizeOf(key)
        gone.push(key)
      }
    }
    return gone
  }

  /** Sees to the bounds of what is stored, by all tabs: in one transaction, so that each row is given up by one of them. */
  async function trim(): Promise<void> {
    if (uncounted < SPARE) return
    uncounted = 0
    const gone = await access('readwrite', async rows => {
      const keys = surplus((await promisifyRequest(rows.getAllKeys())) as string[])
      for (const key of keys) rows.delete(key)
      await commit(rows)
      return keys
    })
    if (!gone || gone.length === 0) return
    release([...own.keys()].filter(key => gone.includes(places.get(key)!)))
    onOverflow(total(gone, countOf))
  }

  return {
    release,
    remove,
    get isMemory() {
      return !store
    },
    add({ key, json }) {
      own.set(key, json)
      fresh.add(key)
      bytes += sizeOf(key)
      // Only of what is nowhere else: what is being written may be stored already.
      if (fresh.size <= maxEvents && bytes <= maxBytes) return
      const gone = surplus([...fresh])
      release(gone)
      if (gone.length > 0) onOverflow(gone.length)
    },
    async write(urgent) {
      while (store && mayRun()) {
        const keys = [...fresh].slice(0, urgent ? undefined : Math.max(0, PIECE - beingWritten))
        if (keys.length === 0) break
        for (const key of keys) fresh.delete(key)
        beingWritten += keys.length
        const isWritten = await access('readwrite', rows => {
          for (const group of inBundles(keys.filter(key => own.has(key)))) {
            put(
              rows,
              group.map(key => ({ key, json: own.get(key)! })),
            )
          }
          return commit(rows)
        })
        beingWritten -= keys.length
        for (const key of keys) {
          // Only now: what was written and is there no more is taken for sent.
          if (own.has(key)) (isWritten ? written : fresh).add(key)
        }
        if (!isWritten) return
        for (const key of own.keys()) {
          if (bytes > ownBytes && written.has(key)) release([key])
        }
        uncounted += keys.length / maxEvents + total(keys, sizeOf) / maxBytes
      }
      await trim()
    },
    async oldest(count, most, skip) {
      const mine = [...written]
      const wanted = count + skip.size + 1
      const waiting = new Map<string, string>()
      const hasSeenAll = await access('readonly', async rows => {
        const found = (await promisifyRequest(rows.getAllKeys(null, wanted))) as string[]
        // No more bundles than it takes: to read them all could keep the page busy.
        let events = 0
        const enough = found.findIndex(place => (events += countOf(place)) >= wanted)
        const values: unknown[] = await promisifyRequest(rows.getAll(null, enough < 0 ? wanted : enough + 1))
        values.forEach((value, index) => {
          for (const { key, json } of unbundle(found[index]!, value)) {
            waiting.set(key, json)
            places.set(key, found[index]!)
          }
        })
        return enough < 0
      })
      if (hasSeenAll) {
        // What this page has written and is there no more, another tab has sent.
        const sent = mine.filter(key => written.has(key) && !waiting.has(key))
        release(sent)
        for (const key of sent) places.delete(key)
      }
      own.forEach((json, key) => {
        if (!store || !written.has(key)) waiting.set(key, json)
      })

      const candidates = [...waiting].filter(([key]) => !skip.has(key)).sort(([one], [other]) => (one < other ? -1 : 1))
      const rows: Row[] = []
      for (const [key, json] of candidates) {
        most -= sizeOf(key)
        if (rows.length > 0 && (rows.length === count || most < 0)) break
        rows.push({ key, json })
      }
      return { rows, more: rows.length < candidates.length || !hasSeenAll }
    },
    own: () => [...own].map(([key, json]) => ({ key, json })),
    rewrite(change) {
      own.forEach((json, key) => own.set(key, change(json)))
    },
    async erase(before) {
      const mine = before ? [] : [...own.keys()]
      const minePlaces = mine.map(key => places.get(key))
      release(mine)
      // Rows from before IndexedDB was given up are to go too.
      store ??= open()
      const moment = before?.toString(16).padStart(12, '0')
      const range = moment && IDBKeyRange.upperBound(`${moment.slice(0, 8)}-${moment.slice(8)}`)
      const gone = await access('readwrite', async rows => {
        const keys = promisifyRequest(rows.getAllKeys(range)) as Promise<unknown[]> as Promise<string[]>
        rows.delete(range || IDBKeyRange.lowerBound(''))
        return (await Promise.all([keys, commit(rows)]))[0]
      })
      const unwritten = minePlaces.filter(place => !place || !gone?.includes(place))
      return { count: total(gone ?? [], countOf) + unwritten.length, isDone: !!gone }
    },
  }
}

/** What a bundle holds at most: as much as is sent together. */
const BUNDLE_EVENTS = 50
const BUNDLE_BYTES = 30_000

/** Keys of rows in groups: only such of one rank are given up together. */
function inBundles(keys: readonly string[]): string[][] {
  const groups: string[][] = []
  const last: Record<number, { group: string[]; bytes: number }> = {}
  for (const key of keys) {
    const rank = rankOf(key)
    let open = last[rank]
    if (!open || open.group.length === BUNDLE_EVENTS || open.bytes + sizeOf(key) > BUNDLE_BYTES) {
      open = last[rank] = { group: [], bytes: 0 }
      groups.push(open.group)
    }
    open.group.push(key)
    open.bytes += sizeOf(key)
  }
  return groups
}

function total(keys: readonly string[], measure: (key: string) => number): number {
  return keys.reduce((sum, key) => sum + measure(key), 0)
}

/** Rejects with `SILENCE` if there is no answer. A page that is frozen meanwhile has all but a second of it left. */
async function answered<Result>(answer: Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<never>((_, reject) => {
    const wait = (seconds: number) => (seconds ? (timer = setTimeout(wait, 1_000, seconds - 1)) : reject(SILENCE))
    wait(ANSWER_SECONDS)
  })
  try {
    return await Promise.race([answer, silence])
  } finally {
    clearTimeout(timer)
  }
}

/** idb-keyval's own helpers leave it to the browser when to commit; said explicitly, rows outlive a killed browser. */
async function commit(rows: IDBObjectStore): Promise<true> {
  rows.transaction.commit?.()
  await promisifyRequest(rows.transaction)
  return true
}
