import { createStore, promisifyRequest } from 'idb-keyval'
import type { UseStore } from 'idb-keyval'
import { rankOf, sizeOf } from './row.ts'
import type { Row } from './row.ts'

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
  /** The rows of this page, and which of them IndexedDB has or is about to have. */
  const own = new Map<string, string>()
  const written = new Set<string>()
  let bytes = 0
  /** How much more IndexedDB may hold, as far as this page knows; it is counted when that is used up. */
  let room: Load = { events: 0, bytes: 0 }

  /** Undefined if IndexedDB fails. When the browser has closed the connection, another one helps. */
  async function access<Result>(mode: IDBTransactionMode, work: (rows: IDBObjectStore) => Promise<Result>) {
    for (let again = true; store; again = false) {
      try {
        return await store(mode, work)
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

  /** Which of `keys` have to be given up, the least valuable and of these the oldest first, and the room that is left. */
  function surplus(keys: readonly string[]): { gone: string[]; left: Load } {
    const left = { events: maxEvents - keys.length, bytes: maxBytes - totalSize(keys) }
    const gone: string[] = []
    if (left.events < 0 || left.bytes < 0) {
      // A little more than is needed, for sorting thousands takes a while.
      const spare = Math.floor(maxEvents / 100)
      for (const key of [...keys].sort((one, other) => rankOf(one) - rankOf(other) || compare(one, other))) {
        if (left.events >= spare && left.bytes >= 0) break
        left.events++
        left.bytes += sizeOf(key)
        gone.push(key)
      }
      onOverflow(gone.length)
    }
    return { gone, left }
  }

  return {
    remove,
    add({ key, json }) {
      own.set(key, json)
      bytes += sizeOf(key)
      if (own.size - written.size > maxEvents || bytes > maxBytes) forget(surplus([...own.keys()]).gone)
    },
    async write() {
      if (!store) return
      const keys = [...own.keys()].filter(key => !written.has(key))
      if (keys.length === 0) return
      const isWritten = access('readwrite', rows => {
        for (const key of keys) if (own.has(key)) rows.put(own.get(key), key)
        return commit(rows)
      })
      for (const key of keys) written.add(key)
      if (!(await isWritten)) return
      for (const key of own.keys()) {
        if (bytes > ownBytes && written.has(key)) forget([key])
      }

      room.events -= keys.length
      room.bytes -= totalSize(keys)
      if (room.events >= 0 && room.bytes >= 0) return
      const all = await access('readonly', rows => promisifyRequest(rows.getAllKeys()))
      if (!all) return
      const { gone, left } = surplus(all as string[])
      room = left
      if (gone.length > 0) await remove(gone)
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

interface Load {
  events: number
  bytes: number
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
