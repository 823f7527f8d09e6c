import { newEventId } from '@jejak/events'
import type { Envelope } from '@jejak/events'
import { ENGINES } from '../engine.ts'
import type { Fault, Outcome, Stage } from '../fault.ts'
import { createTally } from '../tally.ts'
import type { Tally } from '../tally.ts'
import { openTrialPage } from '../trial-page.ts'

const everywhere = { row: 23, engines: ENGINES } as const

interface StoredRow {
  readonly key: string
  readonly value: unknown
}

interface Database {
  readonly version?: number
  readonly stores: readonly string[]
  readonly rows: readonly StoredRow[]
}

/** Runs in a page that has no tracker: what another version has left behind. */
async function leaveBehind({ version = 1, stores, rows }: Database): Promise<void> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('jejak', version)
    opening.onupgradeneeded = () => {
      for (const store of stores) opening.result.createObjectStore(store)
    }
    opening.onerror = () => reject(opening.error ?? new Error('not opened'))
    opening.onsuccess = () => resolve(opening.result)
  })
  const [store] = stores
  if (store) {
    await new Promise<void>((resolve, reject) => {
      const writing = database.transaction(store, 'readwrite')
      for (const { key, value } of rows) writing.objectStore(store).put(value, key)
      writing.oncomplete = () => resolve()
      writing.onabort = () => reject(writing.error ?? new Error('not written'))
    })
  }
  database.close()
}

function envelopeOf(number: number): Envelope {
  const time = Date.now() - 60_000
  return {
    id: newEventId({ time, counter: number }),
    name: 'trial',
    stage: null,
    time,
    visitor_id: '0190a6c0-0000-7000-8000-000000000001',
    session_id: '0190a6c0-0000-7000-8000-000000000002',
    session_number: 1,
    sequence: number + 1,
    consent: 'granted',
    properties: { number },
  }
}

/** Twenty rows as another version writes them. */
function rowsOf(tally: Tally, write: (envelope: Envelope, json: string) => StoredRow): StoredRow[] {
  const first = tally.next(20)
  return Array.from({ length: 20 }, (_, index) => {
    const envelope = envelopeOf(first + index)
    return write(envelope, JSON.stringify(envelope))
  })
}

/** A page finds what was left behind and tracks 20 events more; the next page after it does the same. */
async function goOn(stage: Stage, makeDatabase: (tally: Tally) => Database): Promise<Outcome> {
  const tally = createTally(stage)
  const browser = await stage.openBrowser(stage.engine)
  const before = await browser.open(`${stage.endpoint.origin}/plain`)
  await before.run(leaveBehind, makeDatabase(tally))
  await before.close()

  let given = 0
  for (let pages = 0; pages < 2; pages++) {
    const { tab, track, flush, dropped } = await openTrialPage(stage, { browser })
    await track(tally.next(20), 20)
    const before = given
    await tally.settled(async () => before + (await dropped()))
    await flush()
    given += await dropped()
    await tab.close()
  }
  return tally.outcomeOfCounted(given)
}

const inOutbox =
  (write: (envelope: Envelope, json: string) => StoredRow, version?: number) =>
  (tally: Tally): Database => ({
    ...(version && { version }),
    stores: ['outbox'],
    rows: rowsOf(tally, write),
  })

const today = ({ id }: Envelope, json: string) => ({ key: `${id}.0.${json.length}`, value: json })

export const faults: readonly Fault[] = [
  {
    ...everywhere,
    name: 'an older version left rows that are envelopes, not texts',
    fast: ['chromium'],
    run: stage =>
      goOn(
        stage,
        inOutbox((envelope, json) => ({ key: today(envelope, json).key, value: envelope })),
      ),
  },
  {
    ...everywhere,
    name: 'an older version left rows whose keys are bare ids',
    fast: ['chromium'],
    run: stage =>
      goOn(
        stage,
        inOutbox((envelope, json) => ({ key: envelope.id, value: json })),
      ),
  },
  {
    ...everywhere,
    name: 'an older version left rows that are envelopes, under bare ids',
    run: stage =>
      goOn(
        stage,
        inOutbox(envelope => ({ key: envelope.id, value: envelope })),
      ),
  },
  {
    ...everywhere,
    name: 'a newer version left rows whose keys have more parts than are known',
    fast: ['chromium'],
    run: stage =>
      goOn(
        stage,
        inOutbox((envelope, json) => ({ key: `${today(envelope, json).key}.granted.2`, value: json })),
      ),
  },
  {
    ...everywhere,
    name: 'a newer version left a database of a later version, with more stores in it',
    run: stage => goOn(stage, tally => ({ ...inOutbox(today, 7)(tally), stores: ['outbox', 'sent', 'settings'] })),
  },
  {
    ...everywhere,
    name: 'a database of this name belongs to somebody else',
    fast: ['chromium'],
    run: stage => goOn(stage, () => ({ version: 3, stores: ['orders'], rows: [{ key: 'T-1', value: 'not ours' }] })),
  },
  {
    ...everywhere,
    name: 'a database of this name is empty: whoever began to make it was killed',
    run: stage => goOn(stage, () => ({ stores: [], rows: [] })),
  },
  {
    ...everywhere,
    name: 'among the rows are some that nobody can read',
    mayLose: { atMost: 3, because: 'they are no events any more; they are counted' },
    run: stage =>
      goOn(stage, tally => {
        const rows = rowsOf(tally, today)
        const spoiled = rows.map(({ key, value }, index) => ({
          key,
          value: [`${String(value).slice(0, 50)}`, 'null', '[]'][index - 8] ?? value,
        }))
        return { stores: ['outbox'], rows: spoiled }
      }),
  },
]
