// oxlint-disable typescript/unbound-method -- what takes a method's place calls it with the `this` that it gets itself
import { ENGINES } from '../engine.ts'
import type { Fault, Outcome, Stage } from '../fault.ts'
import type { Treatment } from '../faulty-endpoint.ts'
import { createTally } from '../tally.ts'
import { openTrialPage } from '../trial-page.ts'
import type { TrialPageOptions } from '../trial-page.ts'

const DOWN = { status: 503 }
const everywhere = { row: 14, engines: ENGINES } as const

/** Tracks 20 events in a page with broken storage while the server is down, and 20 more a moment later. */
async function track40(
  stage: Stage,
  page: TrialPageOptions,
  { meanwhile, answers = [DOWN, DOWN] }: { meanwhile?: () => unknown; answers?: readonly Treatment[] } = {},
): Promise<Outcome> {
  const { endpoint } = stage
  const tally = createTally(stage)
  endpoint.next(...answers)
  const { tab, track, flush, dropped } = await openTrialPage(stage, page)
  await track(tally.next(20), 20)
  await endpoint.until(() => endpoint.batches.length > 0)
  if (meanwhile) await tab.run(meanwhile, undefined)
  await track(tally.next(20), 20)
  await tally.settled()
  await flush()
  return tally.outcome(await dropped())
}

/** Runs in the page: opening a database throws, as where a policy forbids it. */
function refuseToOpen(): void {
  IDBFactory.prototype.open = () => {
    throw new DOMException('Access is denied.', 'SecurityError')
  }
}

/** Runs in the page: the database is of a later version than what is asked for. */
async function askForOldVersion(): Promise<void> {
  const { open } = IDBFactory.prototype
  await new Promise<void>((resolve, reject) => {
    const opening = open.call(indexedDB, 'jejak', 9)
    opening.onupgradeneeded = () => opening.result.createObjectStore('outbox')
    opening.onerror = () => reject(opening.error ?? new Error('not opened'))
    opening.onsuccess = () => {
      opening.result.close()
      resolve()
    }
  })
  IDBFactory.prototype.open = function (name) {
    return open.call(this, name, 1)
  }
}

/** Runs in another page: holds a connection, and does not let go of it for anybody. */
async function holdDatabase(): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open('jejak', 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore('outbox')
    opening.onerror = () => reject(opening.error ?? new Error('not opened'))
    opening.onsuccess = () => {
      Object.assign(window, { held: opening.result })
      resolve()
    }
  })
}

/** Runs in that page after it: from now on whoever wants to open the database has to wait for a later version. */
async function askForNewVersion(): Promise<void> {
  await new Promise<void>(resolve => {
    indexedDB.open('jejak', 2).onblocked = () => resolve()
  })
}

/** Runs in the page: keeps hold of its connections, for `closeConnections`. */
function noteConnections(): void {
  const connections: IDBDatabase[] = []
  const { open } = IDBFactory.prototype
  IDBFactory.prototype.open = function (...details) {
    const opening = open.apply(this, details)
    opening.addEventListener('success', () => connections.push(opening.result))
    return opening
  }
  Object.assign(window, { connections })
}

/** Runs in the page: closes them and says nothing, as WebKit does to a page that was in the background. */
function closeConnections(): void {
  for (const connection of (window as unknown as { connections: IDBDatabase[] }).connections) connection.close()
}

async function deleteDatabase(): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const deleting = indexedDB.deleteDatabase('jejak')
    deleting.onsuccess = () => resolve()
    deleting.onerror = () => reject(deleting.error ?? new Error('not deleted'))
    setTimeout(() => reject(new Error('The database cannot be deleted: somebody holds it.')), 10_000)
  })
}

/** Runs in the page: the first transaction that writes is aborted. */
function abortOnce(): void {
  const { transaction } = IDBDatabase.prototype
  IDBDatabase.prototype.transaction = function (...details) {
    const begun = transaction.apply(this, details)
    if (details[1] !== 'readwrite') return begun
    IDBDatabase.prototype.transaction = transaction
    queueMicrotask(() => begun.abort())
    return begun
  }
}

/** Runs in the page: every transaction that writes is aborted. */
function abortAlways(): void {
  const { transaction } = IDBDatabase.prototype
  IDBDatabase.prototype.transaction = function (...details) {
    const begun = transaction.apply(this, details)
    IDBTransaction.prototype.commit = () => {}
    if (details[1] === 'readwrite') setTimeout(() => begun.abort())
    return begun
  }
}

/** Runs in the page: there is no room at all. */
function refuseToPut(): void {
  IDBObjectStore.prototype.put = () => {
    throw new DOMException('No room is left.', 'QuotaExceededError')
  }
}

/** Runs in the page: there is room for 30 rows. What goes beyond it ends its transaction, as a full disk does. */
function leaveLittleRoom(): void {
  const { put } = IDBObjectStore.prototype
  let room = 30
  IDBObjectStore.prototype.put = function (...details) {
    if (room-- > 0) return put.apply(this, details)
    throw new DOMException('No room is left.', 'QuotaExceededError')
  }
}

export const faults: readonly Fault[] = [
  {
    ...everywhere,
    name: 'IndexedDB refuses to open',
    fast: ['chromium'],
    run: stage => track40(stage, { before: refuseToOpen }),
  },
  {
    ...everywhere,
    name: 'IndexedDB refuses to open, and the page is left at once',
    async run(stage) {
      const tally = createTally(stage)
      const { tab, track } = await openTrialPage(stage, { before: refuseToOpen })
      await track(tally.next(20), 20)
      await tab.goto(`${stage.endpoint.otherSite}/plain`)
      await tally.settled()
      return tally.outcome()
    },
  },
  {
    ...everywhere,
    name: 'the database has a later version than what is asked for',
    run: stage => track40(stage, { before: askForOldVersion }),
  },
  {
    ...everywhere,
    name: 'another page holds the database and does not let go',
    async run(stage) {
      const browser = await stage.openBrowser(stage.engine)
      const other = await browser.open(`${stage.endpoint.origin}/plain`)
      await other.run(holdDatabase, undefined)
      return track40(stage, { browser })
    },
  },
  {
    ...everywhere,
    name: 'opening is blocked for ever, because another page waits for a later version of the database',
    fast: ['chromium'],
    async run(stage) {
      const browser = await stage.openBrowser(stage.engine)
      const other = await browser.open(`${stage.endpoint.origin}/plain`)
      await other.run(holdDatabase, undefined)
      await other.run(askForNewVersion, undefined)
      return track40(stage, { browser })
    },
  },
  {
    ...everywhere,
    name: 'the database is deleted under the tracker',
    fast: ['chromium'],
    run: stage => track40(stage, {}, { meanwhile: deleteDatabase }),
  },
  {
    ...everywhere,
    name: 'everything the site has stored is wiped under the tracker',
    // The answer that the server is down is also what makes the browser wipe.
    run: stage => track40(stage, {}, { answers: [{ ...DOWN, headers: { 'clear-site-data': '"storage"' } }, DOWN] }),
  },
  {
    ...everywhere,
    name: 'the browser closes the connection to the database, and says nothing',
    fast: ['chromium'],
    run: stage => track40(stage, { before: noteConnections }, { meanwhile: closeConnections }),
  },
  {
    ...everywhere,
    name: 'a transaction is aborted',
    run: stage => track40(stage, { before: abortOnce }),
  },
  {
    ...everywhere,
    name: 'every transaction is aborted',
    run: stage => track40(stage, { before: abortAlways }),
  },
  {
    ...everywhere,
    name: 'the quota is exceeded at once',
    fast: ['chromium'],
    run: stage => track40(stage, { before: refuseToPut }),
  },
  {
    ...everywhere,
    name: 'the quota is exceeded in the middle of a burst',
    run: stage => track40(stage, { before: leaveLittleRoom }),
  },
]
