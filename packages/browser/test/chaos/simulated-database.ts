import { IDBFactory } from 'fake-indexeddb'
import type { Luck } from './luck.ts'
import type { SimulatedTime, Worker } from './simulated-time.ts'

/**
 * What is wrong with IndexedDB: `refused`, it cannot be opened; `hanging`, an open is never answered; `full`, what is
 * written is not kept.
 */
export const DATABASE_FAULTS = ['none', 'refused', 'hanging', 'full'] as const

export type DatabaseFault = (typeof DATABASE_FAULTS)[number]

/** The databases that the tabs of one browser share. */
export interface SimulatedDatabases {
  fault: DatabaseFault
  /** What a tab has as `indexedDB`. */
  of(tab: Worker): Pick<IDBFactory, 'open' | 'deleteDatabase' | 'databases' | 'cmp'>
  /** Closes every connection, as some browsers do now and then. */
  closeAll(): void
  /** Ends what a tab was at. What it has told to commit may go on; if `isGentle`, it does, and if `isStrict`, it does not. */
  release(tab: Worker, isGentle: boolean, isStrict: boolean): void
  /** Everything that is stored, as text. */
  read(): Promise<string[]>
}

export interface DatabasesOptions {
  readonly time: SimulatedTime
  readonly luck: Luck
  /** Told of values that are safe from now on, whatever becomes of their tab. */
  readonly onCommit: (values: readonly string[]) => void
}

interface Connection {
  readonly tab: Worker
  readonly database: IDBDatabase
  readonly open: Map<IDBTransaction, { isCommitting: boolean }>
}

export function createSimulatedDatabases({ time, luck, onCommit }: DatabasesOptions): SimulatedDatabases {
  const factory = new IDBFactory()
  const connections = new Set<Connection>()

  const databases: SimulatedDatabases = {
    fault: 'none',
    of: tab => ({
      open(name, version) {
        if (tab.isDead || databases.fault === 'hanging') return {} as IDBOpenDBRequest
        if (databases.fault === 'refused') return failing(tab, 'UnknownError')
        const request = factory.open(name, version)
        request.addEventListener('success', () => {
          if (tab.isDead) request.result.close()
          else connect(tab, request.result)
        })
        return request
      },
      deleteDatabase: name => (tab.isDead ? ({} as IDBOpenDBRequest) : factory.deleteDatabase(name)),
      databases: () => factory.databases(),
      cmp: (first, second) => factory.cmp(first, second),
    }),
    closeAll() {
      for (const { database, tab, open } of connections) {
        for (const transaction of open.keys()) if (luck.below(2)) abort(transaction, 'AbortError')
        database.close()
        time.later(0, () => void database.dispatchEvent(closeEvent()), tab)
      }
      connections.clear()
    },
    release(tab, isGentle, isStrict) {
      for (const connection of connections) {
        if (connection.tab !== tab) continue
        for (const [transaction, { isCommitting }] of connection.open) {
          silence(transaction)
          if (!(isCommitting && !isStrict && (isGentle || luck.below(2)))) abort(transaction, null)
        }
        connection.database.close()
        connections.delete(connection)
      }
    },
    async read() {
      const found: string[] = []
      for (const { name } of await factory.databases()) {
        const database = await answer(factory.open(name!))
        for (const store of database.objectStoreNames) {
          const rows = database.transaction(store).objectStore(store)
          found.push(...(await answer(rows.getAll())).map(asText))
        }
        database.close()
      }
      return found
    },
  }

  function connect(tab: Worker, database: IDBDatabase): void {
    const connection: Connection = { tab, database, open: new Map() }
    connections.add(connection)
    const begin = database.transaction.bind(database)
    database.transaction = (stores, mode, options) => {
      const transaction = begin(stores, mode, options)
      const state = { isCommitting: false }
      const values: string[] = []
      connection.open.set(transaction, state)
      const end = () => connection.open.delete(transaction)
      transaction.addEventListener('abort', end)
      transaction.addEventListener('complete', () => {
        end()
        onCommit(values)
      })
      const commit = transaction.commit.bind(transaction)
      transaction.commit = () => {
        commit()
        state.isCommitting = true
      }
      const find = transaction.objectStore.bind(transaction)
      transaction.objectStore = name => watchWrites(find(name), transaction, values)
      return transaction
    }
  }

  function watchWrites(store: IDBObjectStore, transaction: IDBTransaction, values: string[]): IDBObjectStore {
    for (const method of ['put', 'add'] as const) {
      if (Object.hasOwn(store, method)) continue
      const write = store[method].bind(store)
      store[method] = (value: unknown, key?: IDBValidKey) => {
        values.push(asText(value))
        const request = key === undefined ? write(value) : write(value, key)
        if (databases.fault === 'full') time.later(0, () => abort(transaction, 'QuotaExceededError'))
        return request
      }
    }
    return store
  }

  function failing(tab: Worker, name: string): IDBOpenDBRequest {
    const request = { error: new DOMException('IndexedDB is out of order.', name) } as unknown as IDBOpenDBRequest & {
      onerror: () => void
    }
    time.later(0, () => request.onerror(), tab)
    return request
  }

  return databases
}

/** From outside: fake-indexeddb lets nobody abort what is being committed, but a browser that ends may. */
function abort(transaction: IDBTransaction, error: string | null): void {
  const inner = transaction as IDBTransaction & { _state: string; _abort(error: string | null): void }
  if (inner._state !== 'finished') inner._abort(error)
}

/** Nobody is there any more to be told. */
function silence(transaction: IDBTransaction): void {
  const { _requests: waiting } = transaction as IDBTransaction & { _requests: { request: IDBRequest }[] }
  for (const target of waiting.map(({ request }) => request)) target.onsuccess = target.onerror = null
  transaction.oncomplete = transaction.onabort = transaction.onerror = null
}

/** fake-indexeddb dispatches only events of its own kind. */
function closeEvent(): Event {
  return { type: 'close', initialized: true, eventPath: [] } as unknown as Event
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function answer<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error!))
  })
}
