import { buildJourneys } from '@jejak/attribution'
import type { Journey, JourneyOptions } from '@jejak/attribution'
import { JOURNEY_STAGES } from '@jejak/events'
import type { StoredEvent } from '@jejak/events'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { channels, DAY, from, fromPayment, idOf, START } from './event.ts'

const LOOK_BACK_DAYS = 10
const LOOK_BACK_MS = LOOK_BACK_DAYS * DAY

const someOf = (letters: string, count: number) =>
  fc.integer({ min: 1, max: count }).map(number => `${letters}${number}`)

/** Few names and round times, so that everything meets and ties are common. */
const eventFacts = fc.record(
  {
    name: fc.constantFrom('page_view', 'page_view', 'page_view', 'purchase', 'sign_up', 'ad_impression', 'refund'),
    stage: fc.constantFrom(null, ...JOURNEY_STAGES),
    hours: fc.integer({ min: 0, max: 12 }).map(step => step * 60),
    visitor_id: someOf('v', 4),
    user_id: someOf('u', 3),
    account_id: someOf('a', 2),
    session_id: someOf('s', 8),
    sequence: fc.integer({ min: 0, max: 4 }),
    touch: fc.constantFrom(from('google'), from('email'), fromPayment, { landing: '/' }),
    onPage: fc.boolean(),
    bot: fc.constant(true as const),
    transaction_id: someOf('T', 6),
    value: fc.integer({ min: 0, max: 9 }),
  },
  { requiredKeys: ['name', 'stage', 'hours', 'visitor_id', 'session_id', 'sequence', 'onPage', 'value'] },
)

const logOfEvents = fc.array(eventFacts, { maxLength: 40, size: 'max' }).map(all =>
  all.map((facts, index): StoredEvent => {
    const { hours, onPage, transaction_id, value, ...rest } = facts
    const time = START + hours * 3_600_000
    return {
      id: idOf(index),
      time,
      session_number: 1,
      consent: 'granted',
      received_at: time,
      corrected_time: time,
      properties: transaction_id === undefined ? { value } : { value, transaction_id },
      ...(onPage ? { page: { url: 'https://shop.example/' } } : {}),
      ...rest,
    }
  }),
)

const options = fc.record({
  lookbackDays: fc.constant(LOOK_BACK_DAYS),
  afterConversion: fc.constantFrom('continue' as const, 'reset' as const),
  conversion: fc.constantFrom('purchase', ['purchase', 'sign_up'], ['stage:purchase', 'purchase'], 'stage:loyalty'),
  stageModel: fc.constantFrom('usage' as const, 'b2b' as const),
})

/** What may be asked for besides. */
const moreOptions = fc.record(
  {
    lookbackDays: fc.constantFrom(
      LOOK_BACK_DAYS,
      { click: LOOK_BACK_DAYS, view: 3 },
      { click: 3, view: LOOK_BACK_DAYS },
    ),
    afterConversion: fc.constantFrom('continue' as const, 'reset' as const),
    nulls: fc.constantFrom('idle' as const, 'window' as const),
    nullAfterDays: fc.constantFrom(2, 20),
    openJourneys: fc.constantFrom('count' as const, 'leave-out' as const),
    maxTouches: fc.constantFrom(1, 3),
    priority: fc.constant([['email'], [{ source: 'google' }]]),
    transforms: fc.constantFrom(['exposure' as const], ['drop-direct' as const, 'first' as const]),
    unit: fc.constantFrom('person' as const, 'account' as const),
  },
  { requiredKeys: [] },
)

const DEFINITIONS = {
  sale: 'purchase',
  start: { events: ['sign_up', 'stage:retention'], value: 5 },
  once: { events: 'purchase', count: 'once' },
} as const

async function build(events: readonly StoredEvent[], chosen: Omit<JourneyOptions, 'channels'>) {
  const { journeys, stages, transitions, summary } = await buildJourneys(events, { channels, ...chosen })
  return { journeys: [...journeys], stages: [...stages], transitions: [...transitions], summary }
}

const converting = (journeys: readonly Journey[]) =>
  journeys.flatMap(({ touches, conversion }) => (conversion ? [{ touches, conversion }] : []))

describe('whatever the events', () => {
  test('their order changes nothing', async () => {
    const shuffledLog = logOfEvents.chain(events =>
      fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
    )
    await fc.assert(
      fc.asyncProperty(shuffledLog, options, async ([events, shuffled], chosen) => {
        expect(await build(shuffled, chosen)).toEqual(await build(events, chosen))
      }),
      { numRuns: 500 },
    )
  })

  test('their order changes nothing, whatever is asked for', async () => {
    const shuffledLog = logOfEvents.chain(events =>
      fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
    )
    await fc.assert(
      fc.asyncProperty(shuffledLog, moreOptions, async ([events, shuffled], more) => {
        const chosen = { ...more, conversions: DEFINITIONS }
        expect(await build(shuffled, chosen)).toEqual(await build(events, chosen))
      }),
      { numRuns: 500 },
    )
  })

  test('the journeys to a kind of conversion are the same as if it were asked for alone', async () => {
    await fc.assert(
      fc.asyncProperty(logOfEvents, moreOptions, async (events, more) => {
        const together = await build(events, { ...more, conversions: DEFINITIONS })
        for (const [name, definition] of Object.entries(DEFINITIONS)) {
          const alone = await build(events, { ...more, conversions: { [name]: definition } })
          expect(converting(together.journeys).filter(({ conversion }) => conversion.name === name)).toEqual(
            converting(alone.journeys),
          )
        }
      }),
    )
  })

  test('as many journeys may still convert as the summary says, and none lasts longer than the data', async () => {
    await fc.assert(
      fc.asyncProperty(logOfEvents, moreOptions, async (events, more) => {
        const all = await build(events, { ...more, openJourneys: 'count' })
        const closed = await build(events, { ...more, openJourneys: 'leave-out' })
        expect(all.journeys.length - closed.journeys.length).toBe(all.summary.openJourneys)
        for (const { touches, conversion, until } of all.journeys) {
          if (conversion) continue
          expect(until).toBeGreaterThanOrEqual(touches.at(-1)!.time)
          expect(until).toBeLessThanOrEqual(all.summary.to!)
        }
      }),
    )
  })

  test('a person makes each transition once, and there are as many as the summary says', async () => {
    await fc.assert(
      fc.asyncProperty(logOfEvents, moreOptions, async (events, more) => {
        const { transitions, summary } = await build(events, more)
        for (const { touches, transition } of transitions) {
          expect(touches).not.toHaveLength(0)
          expect(summary.transitions).toContainEqual(expect.objectContaining(transition))
        }
        for (const { name, count } of summary.transitions) {
          expect(transitions.filter(({ conversion }) => conversion?.name === name)).toHaveLength(count)
        }
        // A user and a visitor may have one name; here they never do.
        const made = transitions.flatMap(({ person, conversion }) =>
          conversion ? [`${person} ${conversion.name}`] : [],
        )
        expect(new Set(made).size).toBe(made.length)
      }),
    )
  })

  test('a conversion is worth what it was without refunds, less what was given back', async () => {
    await fc.assert(
      fc.asyncProperty(logOfEvents, async events => {
        const net = converting((await build(events, {})).journeys)
        const gross = converting((await build(events, { refunds: 'ignore' })).journeys)
        expect(net.map(({ conversion: { value, refunded = 0 } }) => value + refunded)).toEqual(
          gross.map(({ conversion }) => conversion.value),
        )
        for (const { conversion } of net) expect(conversion.value).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  test('the same events twice change nothing', async () => {
    await fc.assert(
      fc.asyncProperty(logOfEvents, options, async (events, chosen) => {
        const once = await build(events, chosen)
        const twice = await build([...events, ...events.toReversed()], chosen)
        expect(twice.journeys).toEqual(once.journeys)
        expect(twice.stages).toEqual(once.stages)
        expect(twice.transitions).toEqual(once.transitions)
      }),
    )
  })

  test('every conversion is there exactly once', async () => {
    await fc.assert(
      fc.asyncProperty(logOfEvents, async events => {
        const purchases = events.filter(event => event.name === 'purchase' && !event.bot)
        const orders = new Set(purchases.map(({ id, properties }) => properties['transaction_id'] ?? id))
        const { journeys } = await buildJourneys(events, { channels })
        const counted = converting([...journeys]).map(({ conversion }) => conversion.transaction_id ?? conversion.id)
        expect(new Set(counted)).toEqual(orders)
        expect(counted).toHaveLength(orders.size)
      }),
    )
  })

  test('no touch comes after its conversion, and all are in order', async () => {
    await fc.assert(
      fc.asyncProperty(logOfEvents, options, async (events, chosen) => {
        for (const { touches, conversion } of (await build(events, chosen)).journeys) {
          const times = touches.map(touch => touch.time)
          expect(times).toEqual(times.toSorted((a, b) => a - b))
          expect(times.at(-1)).toBeLessThanOrEqual(conversion?.time ?? Infinity)
        }
      }),
    )
  })

  test('no touch is older than the look-back, but for the one of the conversion’s own session', async () => {
    await fc.assert(
      fc.asyncProperty(logOfEvents, options, async (events, chosen) => {
        const sessionOf = new Map(events.map(event => [event.id, event.session_id]))
        for (const { touches, conversion } of converting((await build(events, chosen)).journeys)) {
          const [first] = touches
          if (first!.time >= conversion.time - LOOK_BACK_MS) continue
          expect(touches).toHaveLength(1)
          expect(first!.session_id).toBe(sessionOf.get(conversion.id))
        }
      }),
    )
  })

  test('no touch is missing, and none that led to nothing also led to a conversion', async () => {
    const touchesIn = (journeys: readonly Journey[]) =>
      new Set(journeys.flatMap(({ person, touches }) => touches.map(touch => JSON.stringify([person, touch]))))

    await fc.assert(
      fc.asyncProperty(logOfEvents, options, async (events, chosen) => {
        const { journeys } = await build(events, chosen)
        const led = touchesIn(journeys.filter(journey => journey.conversion))
        const ledToNothing = touchesIn(journeys.filter(journey => !journey.conversion))
        expect([...ledToNothing].filter(touch => led.has(touch))).toEqual([])

        // If nothing converts and the look-back has no end, every person's touches are one journey.
        const all = await build(events, { ...chosen, conversion: 'nothing', lookbackDays: Infinity })
        const missing = touchesIn(all.journeys)
        for (const touch of [...led, ...ledToNothing]) missing.delete(touch)
        expect(missing).toEqual(new Set())
      }),
    )
  })

  test('a journey has a touch', async () => {
    await fc.assert(
      fc.asyncProperty(logOfEvents, options, async (events, chosen) => {
        for (const { touches } of (await build(events, chosen)).journeys) expect(touches).not.toHaveLength(0)
      }),
    )
  })

  test('a journey that led to nothing has no gap longer than the look-back', async () => {
    await fc.assert(
      fc.asyncProperty(logOfEvents, options, async (events, chosen) => {
        for (const { touches, conversion } of (await build(events, chosen)).journeys) {
          if (conversion) continue
          const gaps = touches.slice(1).map((touch, index) => touch.time - touches[index]!.time)
          for (const gap of gaps) expect(gap).toBeLessThanOrEqual(LOOK_BACK_MS)
        }
      }),
    )
  })
})
