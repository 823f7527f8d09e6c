import type { Batch, BatchAnswer, Envelope } from '@jejak/events'
import { ENGINES } from '../engine.ts'
import type { Fault, Stage } from '../fault.ts'
import type { Treatment } from '../faulty-endpoint.ts'
import { goShopping, numberOf } from '../shopping.ts'
import type { Shopping } from '../shopping.ts'

const SECOND = 1_000
const HOUR = 60 * 60 * SECOND

interface Row {
  readonly row: number
  readonly name: string
  readonly fast?: Fault['fast']
  readonly mayLose?: Fault['mayLose']
}

function fault({ row, name, fast, mayLose }: Row, run: (shopping: Shopping, stage: Stage) => Promise<void>): Fault {
  return {
    row,
    name,
    engines: ENGINES,
    ...(fast && { fast }),
    ...(mayLose && { mayLose }),
    async run(stage) {
      const shopping = await goShopping(stage)
      await run(shopping, stage)
      return shopping.leave()
    },
  }
}

/** All is answered so while two pages track, half of `ms` apart; a third one, after it, only has to be there. */
function outage(row: Row, ms: number, treatment: Treatment): Fault {
  return fault(row, async (shopping, { endpoint }) => {
    endpoint.always(treatment)
    await shopping.visit()
    await shopping.track(20)
    await endpoint.until(() => endpoint.batches.length > 0)
    await shopping.visit({ later: ms / 2 })
    await shopping.track(20)
    await shopping.flush()
    endpoint.always()
    await shopping.visit({ later: ms + SECOND })
    await shopping.arrive()
  })
}

/** The first three requests are refused so; then they are taken, in the same page and without a further event. */
function passing(row: Row, ...treatments: readonly [Treatment, Treatment, Treatment]): Fault {
  return fault(row, async (shopping, { endpoint }) => {
    endpoint.next(...treatments)
    await shopping.visit({ hurries: true })
    await shopping.track(20)
    await endpoint.until(() => endpoint.batches.length > 3)
    await shopping.arrive()
  })
}

/** The first request is answered so, which must not keep what comes after it. */
function answered(row: Row, treatment: Treatment): Fault {
  return fault(row, async (shopping, { endpoint }) => {
    endpoint.next(treatment)
    await shopping.visit({ hurries: true })
    await shopping.track(20)
    await endpoint.until(() => endpoint.batches.length > 0)
    await shopping.track(20)
    await shopping.arrive()
  })
}

const thrice = (treatment: Treatment) => [treatment, treatment, treatment] as const

/** The server asks for an hour of patience: neither `flush` nor the next page may disturb it before. */
function patience(row: Row, retryAfter: () => string): Fault {
  return fault(row, async (shopping, { endpoint }) => {
    endpoint.next({ status: 429, headers: { 'retry-after': retryAfter() } })
    await shopping.visit()
    await shopping.track(20)
    // The second of these waits its turn while the first is told.
    await shopping.flush(2)
    await endpoint.until(() => endpoint.batches.length > 0)
    await shopping.visit({ later: HOUR / 2 })
    await shopping.track(20)
    await shopping.flush()
    if (endpoint.batches.length > 1) throw new Error('It was disturbed within the time that Retry-After asks for.')
    await shopping.visit({ later: HOUR + SECOND })
    await shopping.arrive()
  })
}

const BAD = 17
const isBad = (event: Envelope) => numberOf(event) === BAD
const hasBad = ({ events }: Batch) => events.some(isBad)
const sizeOf = (batch: Batch) => JSON.stringify(batch).length

/** One event of 50 will never be stored: it alone is given up, and a later batch says so. */
function poison(row: Row, treatmentOf: (batch: Batch) => Treatment, properties: object = {}): Fault {
  const mayLose = { atMost: 1, because: 'the endpoint will not take it, now or later' }
  return fault({ ...row, mayLose }, async (shopping, { endpoint }) => {
    endpoint.always(treatmentOf)
    await shopping.visit()
    await shopping.track(50, { [BAD]: properties })
    await shopping.arrive(1)
    await expectOneGivenUp(shopping)
    // The next batch tells of it.
    await shopping.track(1)
    await shopping.arrive(1)
    const told = endpoint.batches.flatMap(({ dropped = {} }) => Object.values(dropped))
    if (told.length === 0) throw new Error('No batch says that an event was given up.')
  })
}

/** Tries until an event is given up: no more than one, and not in silence. */
async function expectOneGivenUp(shopping: Shopping): Promise<void> {
  for (let tries = 0; tries < 20 && (await shopping.givenUp()) === 0; tries++) await shopping.flush()
  const count = await shopping.givenUp()
  if (count !== 1) throw new Error(`Expected one event to be given up, and onDrop to be told; got ${count}`)
}

const statusTable = [500, 502, 503].flatMap(status => [
  outage({ row: 9, name: `${status} for 5 s`, ...(status === 500 && { fast: ['chromium'] }) }, 5 * SECOND, { status }),
  outage({ row: 9, name: `${status} for 30 s` }, 30 * SECOND, { status }),
  outage({ row: 9, name: `${status} for an hour`, ...(status === 503 && { fast: ENGINES }) }, HOUR, { status }),
])

const STALL: Treatment = { fault: 'stall' }
const STORED_STALL: Treatment = { fault: 'stall', store: true }

const stalled = fault(
  { row: 12, name: 'no answer comes before the page is left', fast: ['chromium'] },
  async (shopping, { endpoint }) => {
    for (const treatment of [STORED_STALL, STALL]) {
      const { length } = endpoint.batches
      endpoint.always(treatment)
      await shopping.visit()
      await shopping.track(20)
      await endpoint.until(() => endpoint.batches.length > length)
    }
    endpoint.always()
    await shopping.visit({ later: 60 * SECOND })
    await shopping.arrive()
  },
)

/** Nobody can tell yet whether it is the event or the endpoint. */
const lonelyPoison = fault(
  {
    row: 11,
    name: '400 for a poison event that is alone at first',
    fast: ['chromium'],
    mayLose: { atMost: 1, because: 'the endpoint will not take it, now or later' },
  },
  async (shopping, { endpoint }) => {
    endpoint.always(batch => (batch.events.some(event => numberOf(event) === 0) ? { status: 400 } : {}))
    await shopping.visit()
    await shopping.track(1)
    await shopping.flush()
    await shopping.flush()
    if ((await shopping.givenUp()) > 0) throw new Error('It was given up before the endpoint took any other event.')
    await shopping.track(20)
    await shopping.arrive(1)
    await expectOneGivenUp(shopping)
  },
)

const tooLarge = fault(
  { row: 11, name: '413 for any body over 3000 bytes', fast: ['chromium'] },
  async (shopping, stage) => {
    stage.endpoint.always(batch => (sizeOf(batch) > 3_000 ? { status: 413 } : {}))
    await shopping.visit()
    await shopping.track(50)
    await shopping.arrive()
  },
)

/** The page is on another origin than the endpoint, and may not read its answers; the events are stored all the same. */
const opaque = fault({ row: 12, name: 'an opaque CORS answer', fast: ['chromium'] }, async (shopping, { endpoint }) => {
  const unreadable = { cors: false, store: true }
  endpoint.next(unreadable, unreadable, unreadable)
  await shopping.visit({ endpoint: `${endpoint.otherSite}/e` })
  await shopping.track(20)
  await endpoint.until(() => endpoint.batches.length > 3)
  await shopping.arrive()
})

/** What the server answers, and what breaks off: rows 9, 11 and 12. */
export const faults: readonly Fault[] = [
  ...statusTable,
  passing({ row: 9, name: '503 three times, with no further event', fast: ['chromium'] }, ...thrice({ status: 503 })),
  passing({ row: 9, name: '408 three times' }, ...thrice({ status: 408 })),
  passing({ row: 9, name: '425 three times' }, ...thrice({ status: 425 })),
  passing({ row: 9, name: '429 three times, without Retry-After' }, ...thrice({ status: 429 })),
  outage({ row: 9, name: '429 with Retry-After of a hundred days, which must be a mistake' }, HOUR, {
    status: 429,
    headers: { 'retry-after': '8640000' },
  }),
  patience({ row: 9, name: '429 with Retry-After in seconds', fast: ['chromium'] }, () => '3600'),
  patience({ row: 9, name: '429 with Retry-After as a date', fast: ['chromium'] }, () =>
    new Date(Date.now() + HOUR).toUTCString(),
  ),

  tooLarge,
  poison(
    { row: 11, name: '413 for one event that is too large', fast: ['chromium'] },
    batch => (sizeOf(batch) > 20_000 ? { status: 413 } : {}),
    { text: 'x'.repeat(25_000) },
  ),
  poison({ row: 11, name: '400 for one poison event among 50', fast: ENGINES }, batch =>
    hasBad(batch) ? { status: 400 } : {},
  ),
  lonelyPoison,
  poison({ row: 11, name: '422 with a reason for each event', fast: ['chromium'] }, batch =>
    hasBad(batch) ? { status: 422, body: JSON.stringify(refusalsOf(batch)) } : {},
  ),
  poison({ row: 11, name: '200 with the ids of refused events', fast: ['chromium'] }, () => ({}), deep(30)),

  stalled,
  passing({ row: 12, name: 'no answer comes, three times', fast: ['chromium'] }, STORED_STALL, STALL, STALL),
  answered({ row: 12, name: 'the answer comes slowly' }, { fault: 'slow', body: '{}' }),
  answered({ row: 12, name: 'the answer comes too slowly to wait for' }, { fault: 'slow', body: ' '.repeat(60) }),
  answered({ row: 12, name: 'the answer is truncated', fast: ENGINES }, { fault: 'truncate' }),
  answered({ row: 12, name: 'the answer is no JSON', fast: ['chromium'] }, { status: 200, body: 'Thank you!' }),
  answered({ row: 12, name: '204' }, { status: 204 }),
  answered(
    { row: 12, name: '200 with the page of a captive portal, and nothing stored' },
    {
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: '<!doctype html><title>Log in to the Wi-Fi</title>',
      store: false,
    },
  ),
  opaque,
]

function refusalsOf({ events }: Batch): BatchAnswer {
  const refused = events.flatMap(({ id, ...event }, index) =>
    isBad({ id, ...event }) ? [{ id, index, reason: 'properties.number: expected another' }] : [],
  )
  return { accepted: 0, duplicates: 0, refused }
}

/** Nested deeper than the collector takes. */
function deep(levels: number): object {
  return levels === 0 ? {} : { deeper: deep(levels - 1) }
}
