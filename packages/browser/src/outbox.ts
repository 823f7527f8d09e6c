import { createStore, promisifyRequest } from 'idb-keyval'
import type { UseStore } from 'idb-keyval'
import type { BrowserStorage } from './browser-storage.ts'
import { createLeftBehind } from './left-behind.ts'
import {
  bundled,
  countOf,
  fitting,
  inBundles,
  keysOf,
  placeOf,
  sizeOf,
  SPARE,
  surplus,
  total,
  unbundle,
} from './row.ts'
import type { Row } from './row.ts'

/** A database that has not answered after so many seconds may never do: another page can block it. */
const ANSWER_SECONDS = 5
const SILENCE = 'it does not answer'

/** After so many failures in a row IndexedDB is left alone. Fewer may be a full disk, which still lets rows be read. */
const MOST_FAILURES = 3

/** So many events are being written at most: more would keep the page busy for longer than anybody should notice. */
const PIECE = 500

/**
 * The events that wait to be sent: in IndexedDB, those of a burst in bundles, for to write a bundle takes no longer than
 * one event; in memory where, and from the moment that, it fails. A bundle is deleted when all of it is done with.
 */
export interface Outbox {
  /** Keeps a row in memory. */
  add(row: Row): void
  /**
   * Writes what was added: piece by piece, or at once if it is `urgent`. Until it is written it is left behind elsewhere
   * too where the page may be gone before: if it is `urgent`, or in WebKit always.
   */
  write(urgent: boolean): Promise<void>
  /** Adds what other pages have left behind and could not write. */
  adopt(): void
  /** The oldest rows but those in `skip`: as many as `count` and `bytes` allow, and one if there is any. */
  oldest(count: number, bytes: number, skip: ReadonlySet<string>): Promise<{ rows: Row[]; more: boolean }>
  /** The rows that this page has added and knows to be unsent, oldest first. Those it forgets are safe in IndexedDB. */
  own(): Row[]
  /** Removes rows from memory alone. */
  release(keys: readonly string[]): void
  /** Removes rows. Those that cannot be deleted are at least not given back any more. */
  remove(keys: readonly string[]): Promise<void>
  /** Changes the rows that are in memory. */
  rewrite(change: (json: string) => string): void
  /**
   * Removes all rows. Says how many they were. A `mark`, unlike that of any other time, sees to it that none is read
   * before, by whatever page; rows that are written while it is there bear it, and stay.
   */
  erase(mark: string): Promise<number>
  /** Whether IndexedDB was given up. */
  readonly isMemory: boolean
}

export interface OutboxOptions {
  readonly name: string
  readonly storage: BrowserStorage
  readonly maxEvents: number
  readonly maxBytes: number
  /** The size of the rows in bytes that this page keeps in memory too after they were written, for `own`. */
  readonly ownBytes: number
  /** Whether anything may be written. */
  readonly mayRun: () => boolean
  readonly onOverflow: (count: number) => void
  readonly onFailure: (reason: string) => void
}

/** A row of this page, and how far it is. */
interface OwnRow extends Row {
  json: string
  state: typeof NEW | typeof BEING_WRITTEN | typeof WRITTEN
}
const NEW = 0
const BEING_WRITTEN = 1
const WRITTEN = 2

export function createOutbox(options: OutboxOptions): Outbox {
  const { name, storage, maxEvents, maxBytes, ownBytes, mayRun, onOverflow, onFailure } = options
  const open = (): UseStore => createStore(name, 'outbox')
  /** Undefined once IndexedDB was given up. */
  let store: UseStore | undefined = open()
  let failures = 0
  /** What is under way in IndexedDB that takes more than one step, and how often such was interrupted. */
  const underWay = new Set<IDBTransaction>()
  let interruptions = 0
  const own = new Map<string, OwnRow>()
  const leftBehind = createLeftBehind(storage)
  /** WebKit closes tabs without a word to their pages, and then completes none of their writes. */
  const isWebKit = navigator.vendor?.startsWith('Apple')
  let bytes = 0
  /** The keys of the rows in bundles that are known to be in IndexedDB, and those of them that are done with. */
  const bundles = new Map<string, readonly string[]>()
  const done = new Set<string>()
  /** What was written since the rows in IndexedDB were counted, as a share of what it may hold. */
  let uncounted = 1
  /** What is to be erased is marked in the storage that the tabs share; here if it takes nothing. */
  let unsavedMark: string | undefined
  let erased: readonly string[] = []

  const markNow = () => (storage.read('erase') ?? unsavedMark) as string | undefined
  const those = (state: OwnRow['state']) => [...own.values()].filter(row => row.state === state)
  const become = (rows: readonly OwnRow[], state: OwnRow['state']) => {
    for (const row of rows) row.state = state
  }

  const isUnwritten = (key: string) => (own.get(key)?.state ?? WRITTEN) !== WRITTEN

  /** Somebody deletes the database, or has done so: what it held is to be written again, as far as it is known. */
  const onGone = () => become(those(WRITTEN), NEW)

  /** Undefined if IndexedDB fails. When the browser has closed the connection, another one helps. */
  async function access<Result>(
    mode: IDBTransactionMode,
    work: (rows: IDBObjectStore, mark: string | undefined) => Promise<Result>,
  ) {
    for (let again = true; store;) {
      const mark = markNow()
      const interruptionsBefore = interruptions
      const doWork = async (rows: IDBObjectStore) => {
        const { transaction } = rows
        const { db } = transaction
        underWay.add(transaction)
        db.addEventListener('close', onGone)
        // Who wants to delete the database need not wait until this page is left.
        db.onversionchange = () => {
          db.close()
          onGone()
        }
        if (mark) {
          const places = await placesIn(rows)
          // Another page may have done so while this one waited for its turn.
          erased = markNow() === mark ? places.filter(place => !place.endsWith(mark)) : []
          for (const place of erased) rows.delete(place)
        }
        return work(rows, mark).finally(() => underWay.delete(transaction))
      }
      try {
        const result = await answered(store(mark ? 'readwrite' : mode, doWork))
        if (mark && markNow() === mark) {
          unsavedMark = undefined
          storage.write('erase', undefined)
        }
        failures = 0
        return result
      } catch (error) {
        if (interruptionsBefore < interruptions) continue
        store = open()
        if (again && error !== SILENCE) {
          again = false
          continue
        }
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
    }
    leftBehind.release(isUnwritten)
  }

  async function remove(keys: readonly string[]): Promise<void> {
    release(keys)
    // What is in no bundle by now will not be in one.
    for (const key of bundles.size > 0 ? keys : []) done.add(key)
    const gone = [...bundles.keys()].filter(place => bundles.get(place)!.every(key => done.has(key)))
    if (gone.length > 0 && (await access('readwrite', rows => deleteAll(rows, gone)))) {
      for (const place of gone) forget(place)
    }
  }

  function forget(place: string): void {
    for (const key of bundles.get(place) ?? []) done.delete(key)
    bundles.delete(place)
  }

  /** Sees to the bounds of what is stored, by all tabs: in one transaction, so that each row is given up by one of them. */
  async function trim(): Promise<void> {
    if (uncounted < SPARE) return
    uncounted = 0
    const gone = await access('readwrite', async rows => {
      const places = surplus(await placesIn(rows), maxEvents, maxBytes)
      // Before it is so, for by then this page may be gone.
      if (places.length > 0) onOverflow(total(places, countOf))
      await deleteAll(rows, places)
      return places
    })
    for (const place of gone ?? []) {
      release(bundles.get(place) ?? [])
      forget(place)
    }
  }

  /**
   * A page that WebKit puts into the back/forward cache keeps others from IndexedDB while a step is still to come. What
   * holds nothing new is begun again by whoever has wanted it, once the page is there again.
   */
  function interrupt(): void {
    interruptions++
    for (const transaction of underWay) {
      try {
        transaction.abort()
      } catch {
        // It is through.
      }
    }
  }

  function add(row: Row): void {
    own.set(row.key, { ...row, state: NEW })
    bytes += sizeOf(row.key)
    // Only of what is nowhere else: what is being written may be stored already.
    if (own.size <= maxEvents && bytes <= maxBytes) return
    const gone = surplus(keysOf(those(NEW)), maxEvents, maxBytes)
    release(gone)
    if (gone.length > 0) onOverflow(gone.length)
  }

  return {
    add,
    release,
    remove,
    get isMemory() {
      return !store
    },
    adopt() {
      for (const row of leftBehind.take()) if (!own.has(row.key)) add(row)
    },
    async write(urgent) {
      if (urgent) interrupt()
      if ((urgent || isWebKit) && mayRun()) {
        leftBehind.keep([...own.values()].filter(({ key }) => isUnwritten(key)))
      }
      while (store && mayRun()) {
        const fresh = those(NEW).slice(0, urgent ? undefined : Math.max(0, PIECE - those(BEING_WRITTEN).length))
        if (fresh.length === 0) break
        become(fresh, BEING_WRITTEN)
        const isWritten = await access('readwrite', (rows, mark) => {
          for (const bundle of inBundles(fresh.filter(({ key }) => own.has(key)))) {
            const place = placeOf(bundle, mark)
            bundles.set(place, keysOf(bundle))
            rows.put(bundled(bundle), place)
          }
          return commit(rows)
        })
        // Only now: what was written and is there no more is taken for sent.
        become(fresh, isWritten ? WRITTEN : NEW)
        if (!isWritten) return
        leftBehind.release(isUnwritten)
        for (const { key } of those(WRITTEN)) if (bytes > ownBytes) release([key])
        uncounted += fresh.length / maxEvents + total(keysOf(fresh), sizeOf) / maxBytes
      }
      if (!urgent) await trim()
    },
    async oldest(count, most, skip) {
      const mine = those(WRITTEN)
      const wanted = count + skip.size + done.size + 1
      const waiting = new Map<string, Row>()
      const hasSeenAll = await access('readonly', async rows => {
        const places = await placesIn(rows, wanted)
        // No more bundles than it takes: to read them all could keep the page busy.
        let left = wanted
        const enough = places.findIndex(place => (left -= countOf(place)) <= 0) + 1
        const values: unknown[] = await promisifyRequest(rows.getAll(null, enough || wanted))
        values.forEach((value, index) => {
          const bundle = unbundle(places[index]!, value)
          bundles.set(places[index]!, keysOf(bundle))
          for (const row of bundle) waiting.set(row.key, row)
        })
        return !enough
      })
      // What this page has written and is there no more, another tab has sent.
      if (hasSeenAll) release(keysOf(mine.filter(({ key, state }) => state === WRITTEN && !waiting.has(key))))
      for (const row of own.values()) if (!store || row.state !== WRITTEN) waiting.set(row.key, row)

      const candidates = [...waiting.values()]
        .filter(({ key }) => !skip.has(key) && !done.has(key))
        .sort((one, other) => (one.key < other.key ? -1 : 1))
      const rows = candidates.slice(0, fitting(candidates, count, most) || 1)
      return { rows, more: rows.length < candidates.length || !hasSeenAll }
    },
    own: () => [...own.values()],
    rewrite(change) {
      for (const row of own.values()) row.json = change(row.json)
    },
    async erase(mark) {
      const mine = [...new Set([...own.keys(), ...leftBehind.erase()])]
      release(mine)
      if (!storage.write('erase', mark)) unsavedMark = mark
      // Rows from before IndexedDB was given up are to go too.
      store ??= open()
      await access('readwrite', commit)
      const known = new Set(erased.flatMap(place => bundles.get(place) ?? []))
      return total(erased, countOf) + mine.filter(key => !known.has(key)).length
    },
  }
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

function placesIn(rows: IDBObjectStore, most?: number): Promise<string[]> {
  return promisifyRequest(rows.getAllKeys(null, most)) as Promise<unknown[]> as Promise<string[]>
}

function deleteAll(rows: IDBObjectStore, places: readonly string[]): Promise<true> {
  for (const place of places) rows.delete(place)
  return commit(rows)
}

/** idb-keyval's own helpers leave it to the browser when to commit; said explicitly, rows outlive a killed browser. */
async function commit(rows: IDBObjectStore): Promise<true> {
  rows.transaction.commit?.()
  await promisifyRequest(rows.transaction)
  return true
}
