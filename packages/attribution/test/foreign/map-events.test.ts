import type { EventMapping } from '@jejak/attribution'
import { buildJourneys, createChannelRules, mapEvents } from '@jejak/attribution'
import { orderEventId } from '@jejak/events'
import { storedEventSchema } from '@jejak/events/schemas'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mapAll } from './read-mapped.ts'

const NOON = Date.UTC(2026, 0, 1, 12)
const mapping: EventMapping = {
  name: 'name',
  time: 'time',
  visitor_id: 'who',
  url: 'url',
  referrer: 'from',
  transaction_id: 'order',
}

/** A page view `minutes` after noon. */
const view = (minutes: number, facts: object = {}) => ({
  name: 'page_view',
  time: NOON + minutes * 60_000,
  who: 'ann',
  url: 'https://shop.example/',
  ...facts,
})

test('rows come from any loop, with dates and big numbers as databases give them', async () => {
  const rows = (async function* () {
    yield { ...view(0), time: new Date(NOON) }
    yield { ...view(0), time: BigInt(NOON) * 1_000n, order: 7n, name: 'purchase' }
  })()
  const { events } = await mapAll(rows, mapping)
  expect(events.map(event => event.time)).toEqual([NOON, NOON])
  expect(events[1]!.properties).toEqual({ transaction_id: '7' })
})

describe('times', () => {
  const timeOf = async (time: unknown, options = {}) =>
    (await mapAll([{ ...view(0), time }], mapping, options)).events[0]?.time

  test.each<[unknown, string]>([
    ['2026-01-01', '2026-01-01T00:00:00Z'],
    ['2026-01-01 10:00', '2026-01-01T10:00:00Z'],
    ['2026-01-01T10:00:00.123456', '2026-01-01T10:00:00.123Z'],
    ['2026-01-01T10:00:00+07:00', '2026-01-01T03:00:00Z'],
    ['2026-01-01 10:00:00-0330', '2026-01-01T13:30:00Z'],
    ['2026-01-01 10:00:00.5 UTC', '2026-01-01T10:00:00.500Z'],
    [1_767_261_600, '2026-01-01T10:00:00Z'],
    [1_767_261_600.25, '2026-01-01T10:00:00.250Z'],
    ['1767261600123', '2026-01-01T10:00:00.123Z'],
    [1_767_261_600_123_999, '2026-01-01T10:00:00.123Z'],
    ['1767261600123456789', '2026-01-01T10:00:00.123Z'],
  ])('%j is %s', async (time, iso) => {
    expect(await timeOf(time)).toBe(Date.parse(iso))
  })

  test.each(['2026-02-30', '2026-13-01', '2026-01-01 24:30', 'yesterday', 12, -5, Number.NaN, {}, '01/02/2026'])(
    '%j is none',
    async time => {
      expect(await timeOf(time)).toBeUndefined()
    },
  )

  test('a unit that is said leaves no doubt', async () => {
    expect(await timeOf(12, { timeUnit: 's' })).toBe(12_000)
    expect(await timeOf('1767261600', { timeUnit: 'ms' })).toBe(1_767_261_600)
  })

  test.each([
    ['2026-01-01 12:00', '2026-01-01T11:00:00Z'],
    ['2026-07-01 12:00', '2026-07-01T10:00:00Z'],
    ['2026-03-29 01:59', '2026-03-29T00:59:00Z'],
    ['2026-03-29 02:30', '2026-03-29T01:30:00Z'],
    ['2026-03-29 03:00', '2026-03-29T01:00:00Z'],
    ['2026-10-25 02:30', '2026-10-25T00:30:00Z'],
    ['2026-10-25 03:00', '2026-10-25T02:00:00Z'],
    ['2026-10-25 12:00+00:00', '2026-10-25T12:00:00Z'],
  ])('%s in Berlin is %s', async (time, iso) => {
    expect(await timeOf(time, { timeZone: 'Europe/Berlin' })).toBe(Date.parse(iso))
  })
})

describe('sessions', () => {
  const sessionsOf = async (...minutes: number[]) => {
    const { events } = await mapAll(
      minutes.map((minute, index) => view(minute, { url: `https://shop.example/${index}` })),
      mapping,
    )
    const names = [...new Set(events.map(event => event.session_id))]
    return events.map(event => names.indexOf(event.session_id))
  }

  test('end after half an hour without an event', async () => {
    expect(await sessionsOf(0, 30, 60, 90.1, 91)).toEqual([0, 0, 0, 1, 1])
  })

  test('take in rows that come late', async () => {
    expect(await sessionsOf(0, 100, 20, 90, -15)).toEqual([0, 1, 0, 1, 0])
  })

  test('are of one visitor each, numbered, and the same whenever the log is read', async () => {
    const rows = [view(0), view(0, { who: 'bob' }), view(99)]
    const [once, again] = [await mapAll(rows, mapping), await mapAll(rows, mapping)]
    expect(once.events).toEqual(again.events)
    expect(once.events.map(event => event.session_number)).toEqual([1, 1, 2])
    expect(new Set(once.events.map(event => event.session_id)).size).toBe(3)
  })

  test('are those of the log where it names them', async () => {
    const { events } = await mapAll([view(0, { s: 1 }), view(999, { s: 1 })], { ...mapping, session_id: 's' })
    expect(events.map(event => [event.session_id, event.sequence])).toEqual([
      ['1', 1],
      ['1', 2],
    ])
  })
})

describe('ids', () => {
  test('of a log are kept, or made of it', async () => {
    const uuid = '0197A2B4-CDEF-7ABC-8DEF-0123456789AB'
    const { events, summary } = await mapAll(
      ['7', uuid, '7'].map(key => view(0, { key })),
      { ...mapping, id: 'key' },
    )
    expect(events[1]!.id).toBe(uuid.toLowerCase())
    expect(summary).toMatchObject({ rows: 3, duplicates: 1 })
  })

  test('that a log does not have are made of what a row says: rows that are alike are one', async () => {
    const { events, summary } = await mapAll([view(0), view(0), view(0, { who: 'bob' })], mapping)
    expect(events).toHaveLength(2)
    expect(summary.duplicates).toBe(1)
  })

  test('are made of the row, where every row counts', async () => {
    expect((await mapAll([view(0), view(0)], mapping, { ids: 'row' })).events).toHaveLength(2)
  })

  test('of an order are those that everybody makes of it', async () => {
    const { events } = await mapAll([view(0, { name: 'purchase', order: 'T-1' })], mapping)
    expect(events[0]!.id).toBe(orderEventId('purchase', { transaction_id: 'T-1' }))
  })
})

describe('evidence of arrivals', () => {
  const touched = async (rows: object[], more: Partial<EventMapping> = {}) => {
    const { events } = await mapAll(rows, { ...mapping, ...more })
    return events.map(event => event.touch?.utm_source ?? event.touch?.referrer ?? (event.touch ? 'nothing' : null))
  }
  const tagged = { url: 'https://shop.example/?utm_source=x' }

  test('that is repeated on every row is told once a session', async () => {
    const rows = [view(0, tagged), view(1, { ...tagged, name: 'view_item' }), view(2, tagged), view(99, tagged)]
    expect(await touched(rows)).toEqual(['x', null, null, 'x'])
  })

  test('from elsewhere within a session is another', async () => {
    const inside = { url: 'https://shop.example/b', from: 'https://shop.example/' }
    const outside = { from: 'https://blog.example/' }
    expect(
      await touched([view(0, tagged), view(1, inside), view(2, outside), view(3, inside), view(4, outside)]),
    ).toEqual(['x', null, 'https://blog.example/', null, 'https://blog.example/'])
  })

  test('is not there on a row of a server', async () => {
    expect(await touched([view(0, { url: null, name: 'order_shipped' }), view(1)])).toEqual([null, 'nothing'])
  })

  test('in a column wins over that in the address', async () => {
    expect(await touched([view(0, { ...tagged, src: 'y' })], { utm_source: 'src' })).toEqual(['y'])
  })

  test('of a click id may have a column of its own', async () => {
    const rows = [view(0, { ids: { GCLID: 'g', _kx: 'secret', other: 'x' } })]
    const { events } = await mapAll(rows, { ...mapping, click_ids: 'ids' })
    expect(events[0]!.touch!.click_ids).toEqual({ gclid: 'g', _kx: '-' })
  })
})

test('a channel that the log names is the channel of the touch', async () => {
  const log: EventMapping = {
    name: 'event',
    time: 'at',
    user_id: 'user',
    session_id: 'session',
    channel: 'channel',
    value: 'paid',
    names: { bought: 'purchase' },
  }
  const row = (hours: number, session: string, channel: string, event = 'home', paid = '') => ({
    event,
    at: NOON + hours * 3_600_000,
    user: 'u1',
    session,
    channel,
    paid,
  })
  const rows = [
    row(0, 'a', 'Influencer, TikTok'),
    row(1, 'a', 'Influencer, TikTok'),
    row(5, 'b', 'DIRECT'),
    row(9, 'c', 'email'),
    row(10, 'c', 'email', 'bought', '20'),
  ]
  const { journeys } = await buildJourneys(mapEvents(rows, log), { channels: createChannelRules() })
  const [journey] = [...journeys]
  expect(journey!.touches).toMatchObject([
    { channel: 'Influencer, TikTok', source: '(not set)', medium: '(not set)', internal: false },
    { channel: 'Direct', source: '(direct)', medium: '(none)' },
    { channel: 'email' },
  ])
  expect(journey!.conversion).toMatchObject({ name: 'purchase', value: 20 })
})

test('an advertisement that was only seen is an ad_impression, and no arrival', async () => {
  const rows = [view(0, { name: 'served', type: 'View', campaign: 'c', network: 'dv360', url: null })]
  const { events } = await mapAll(rows, { ...mapping, kind: 'type', utm_source: 'network', utm_campaign: 'campaign' })
  expect(events).toMatchObject([
    { name: 'ad_impression', stage: 'awareness', properties: { source: 'dv360', campaign: 'c' } },
  ])
  expect(events[0]).not.toHaveProperty('touch')
})

test('stages are told as everywhere: by name, by the shop, by page', async () => {
  const rows = [
    view(0, { name: 'home' }),
    view(1, { name: 'add_to_cart' }),
    view(2, { url: 'https://shop.example/x' }),
    view(3, { url: 'https://shop.example/blog/y' }),
  ]
  const stageRules = { events: { home: 'awareness' }, paths: { '/blog/*': 'awareness' } } as const
  const { events } = await mapAll(rows, mapping, { stageRules })
  expect(events.map(event => event.stage)).toEqual(['awareness', 'decision', 'decision', 'awareness'])
})

test('money that is no number is kept, for the journeys to report', async () => {
  const rows = [view(0, { paid: '12,50' }), view(1, { paid: '1e2' })]
  const { events } = await mapAll(rows, { ...mapping, value: 'paid' })
  expect(events.map(event => event.properties['value'])).toEqual(['12,50', 100])
})

test('a function of the mapping that fails costs its row only, and quotes nothing of it', async () => {
  const name = (row: Readonly<Record<string, unknown>>) => (row['deep'] as { name: string }).name
  const { events, badRows } = await mapAll([view(0, { deep: null }), view(1, { deep: { name: 'x' } })], {
    ...mapping,
    name,
  })
  expect(events).toHaveLength(1)
  expect(badRows).toEqual([{ file: 'rows', line: 1, reason: 'the mapping failed on the row: TypeError' }])
})

test('a signal ends the loop', async () => {
  const stop = new AbortController()
  const rows = (function* () {
    for (let minute = 0; ; minute++) {
      yield view(minute)
      if (minute === 9) stop.abort(new Error('enough'))
    }
  })()
  await expect(mapAll(rows, mapping, { signal: stop.signal })).rejects.toThrow('enough')
})

test('whatever the rows hold, each is an event as a collector stores it, a bad row or a duplicate', async () => {
  const all: EventMapping = {
    ...mapping,
    session_id: 's',
    channel: 'c',
    click_ids: 'k',
    utm_source: 'u',
    session_number: 'n',
    sequence: 'n',
    stage: 'g',
    title: 't',
    properties: 'p',
    kind: 'kind',
  }
  const keys = [
    'name',
    'time',
    'who',
    'url',
    'from',
    'order',
    's',
    'c',
    'k',
    'u',
    'n',
    'g',
    't',
    'p',
    'kind',
    '__proto__',
  ]
  const odd = fc.oneof(
    fc.jsonValue(),
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.constantFrom<unknown[]>('x'.repeat(5_000), 1n, new Date(Number.NaN), Symbol.iterator, () => 1, 'awareness', '%'),
  )
  const row = fc.dictionary(fc.constantFrom(...keys), odd, { maxKeys: 4 }).map(facts => ({ ...view(0), ...facts }))
  for (const chosen of [all, 'ga4', 'segment', 'snowplow'] as const) {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 5 }), async rows => {
        const { events, badRows, summary } = await mapAll(rows, chosen)
        expect(summary).toMatchObject({ rows: rows.length, bad: badRows.length })
        expect(events.length + summary.bad + summary.duplicates).toBe(rows.length)
        for (const event of events) expect(storedEventSchema.parse(event)).toEqual(event)
      }),
    )
  }
})
