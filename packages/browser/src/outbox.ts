import { createStore, promisifyRequest } from 'idb-keyval'
import type { UseStore } from 'idb-keyval'
import { rankOf, sizeOf } from './row.ts'
import type { Row } from './row.ts'

/** How far, as a share, the bounds may be missed, so that the rows need not be counted for every event. */
const SPARE = 0.01

/** A database that has not answered by then may never do: another page can block it. */
const ANSWER_MS = 5_000

/** The events that wait to be sent: in IndexedDB, one row each; in memory where, and from the moment that, it fails. */
export interface Outbox {
  /** Keeps a row in memory. */
  add(row: Row): void
  /** Writes what was added, in one transaction. */
  write(): Promise<void>
  /** The oldest rows but those in `skip`: as many as `count` and `bytes` allow, and one if there is any. */
  oldest(count: number, bytes: number, skip: ReadonlySet<string>): Promise<{ rows: Row[]; more: boolean }>
  /** The rows that this page has added and knows to be unsent, oldest first. Those it forgets are safe in IndexedDB. */
  own(): Row[]
  remove(keys: readonly string[]): Promise<void>
  /** Changes the rows that are in memory. */
  rewrite(change: (json: string) => string): void
  /** Removes all rows: those in memory, and if `stored` those in IndexedDB. Gives back how many there were. */
  clear(stored: boolean): Promise<number>
}

export interface OutboxOptions {
  readonly name: string
  readonly maxEvents: number
  readonly maxBytes: number
  /** The size of the rows in bytes that this page keeps in memory too after they were written, for `own`. */
  readonly ownBytes: number
  readonly onOverflow: (count: number) => void
  readonly onFailure: (error: unknown) => void
}

export function createOutbox({ name, maxEvents, maxBytes, ownBytes, onOverflow, onFailure }: OutboxOptions): Outbox {
  const open = (): UseStore => createStore(name, 'outbox')
  /** Undefined once IndexedDB has failed. */
  let store: UseStore | undefined = open()
  /** The rows of this page, those of them that have still to be written, and those that were. */
  const own = new Map<string, string>()
  const fresh = new Set<string>()
  const written = new Set<string>()
  let bytes = 0
  /** What was written since the rows in IndexedDB were counted, as a share of what it may hold. */
  let uncounted = 1

  /** Undefined if IndexedDB fails. When the browser has closed the connection, another one helps. */
  async function access<Result>(mode: IDBTransactionMode, work: (rows: IDBObjectStore) => Promise<Result>) {
    if (!store) return undefined
    const silence = new Promise<never>((_, reject) => setTimeout(reject, ANSWER_MS))
    const doWork = (rows: IDBObjectStore) => {
      const { db } = rows.transaction
      // Who wants to delete the database need not wait until this page is left.
      db.onversionchange = () => db.close()
      return work(rows)
    }
    for (let again = true; store; again = false) {
      try {
        return await Promise.race([store(mode, doWork), silence])
      } catch (error) {
        store = again ? open() : undefined
        if (!again) onFailure(error)
      }
    }
    return undefined
  }

  function forget(keys: readonly string[]): void {
    for (const key of keys) {
      if (own.delete(key)) bytes -= sizeOf(key)
      fresh.delete(key)
      written.delete(key)
    }
  }

  async function remove(keys: readonly string[]): Promise<void> {
    forget(keys)
    await access('readwrite', rows => {
      for (const key of keys) rows.delete(key)
      return commit(rows)
    })
  }

  /** Which of `keys` have to be given up: the least valuable, and of these the oldest. */
  function surplus(keys: readonly string[]): string[] {
    let events = keys.length
    let size = totalSize(keys)
    if (events <= maxEvents && size <= maxBytes) return []
    const gone: string[] = []
    // A little more than is needed, for sorting thousands takes a while.
    const most = maxEvents - Math.floor(maxEvents * SPARE)
    for (const key of [...keys].sort((one, other) => rankOf(one) - rankOf(other) || compare(one, other))) {
      if (events <= most && size <= maxBytes) break
      events--
      size -= sizeOf(key)
      gone.push(key)
    }
    onOverflow(gone.length)
    return gone
  }

  return {
    remove,
    add({ key, json }) {
      own.set(key, json)
      fresh.add(key)
      bytes += sizeOf(key)
      if (own.size - written.size > maxEvents || bytes > maxBytes) forget(surplus([...own.keys()]))
    },
    async write() {
      if (!store || fresh.size === 0) return
      const keys = [...fresh]
      fresh.clear()
      const isWritten = await access('readwrite', rows => {
        for (const key of keys) if (own.has(key)) rows.put(own.get(key), key)
        return commit(rows)
      })
      if (!isWritten) return
      // Only now: what was written and is there no more is taken for sent.
      for (const key of keys) if (own.has(key)) written.add(key)
      for (const key of own.keys()) {
        if (bytes > ownBytes && written.has(key)) forget([key])
      }

      uncounted += keys.length / maxEvents + totalSize(keys) / maxBytes
      if (uncounted < SPARE) return
      uncounted = 0
      const all = await access('readonly', rows => promisifyRequest(rows.getAllKeys()))
      if (all) await remove(surplus(all as string[]))
    },
    async oldest(count, most, skip) {
      const mine = [...written]
      const read = count + skip.size + 1
      const stored = await access('readonly', rows =>
        Promise.all([
          promisifyRequest(rows.getAllKeys(null, read) as IDBRequest<string[]>),
          promisifyRequest(rows.getAll(null, read) as IDBRequest<string[]>),
        ]),
      )
      const [keys, values] = stored ?? [[], []]
      const waiting = new Map(keys.map((key, index) => [key, values[index]!]))
      // Everything was seen: what this page has written and is there no more, another tab has sent.
      if (stored && keys.length < read) forget(mine.filter(key => !waiting.has(key)))
      own.forEach((json, key) => {
        if (!store || !written.has(key)) waiting.set(key, json)
      })

      const candidates = [...waiting].filter(([key]) => !skip.has(key)).sort(([one], [other]) => compare(one, other))
      const rows: Row[] = []
      for (const [key, json] of candidates) {
        most -= sizeOf(key)
        if (rows.length > 0 && (rows.length === count || most < 0)) break
        rows.push({ key, json })
      }
      return { rows, more: rows.length < candidates.length }
    },
    own: () => [...own].map(([key, json]) => ({ key, json })),
    rewrite(change) {
      own.forEach((json, key) => own.set(key, change(json)))
    },
    async clear(stored) {
      const keys = new Set<IDBValidKey>(own.keys())
      forget([...own.keys()])
      if (stored) {
        const all = await access('readwrite', rows => {
          const before = promisifyRequest(rows.getAllKeys())
          rows.clear()
          return Promise.all([before, commit(rows)])
        })
        all?.[0].forEach(key => keys.add(key))
      }
      return keys.size
    },
  }
}

function totalSize(keys: readonly string[]): number {
  return keys.reduce((sum, key) => sum + sizeOf(key), 0)
}

function compare(one: string, other: string): number {
  return one < other ? -1 : 1
}

/** idb-keyval's own helpers leave it to the browser when to commit; said explicitly, rows outlive a killed browser. */
async function commit(rows: IDBObjectStore): Promise<true> {
  rows.transaction.commit?.()
  await promisifyRequest(rows.transaction)
  return true
}
