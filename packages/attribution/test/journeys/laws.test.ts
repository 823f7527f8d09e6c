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
    name: fc.constantFrom('page_view', 'page_view', 'page_view', 'purchase', 'sign_up'),
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

async function build(events: readonly StoredEvent[], chosen: Omit<JourneyOptions, 'channels'>) {
  const { journeys, stages, summary } = await buildJourneys(events, { channels, ...chosen })
  return { journeys: [...journeys], stages: [...stages], summary }
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

  test('the same events twice change nothing', async () => {
    await fc.assert(
      fc.asyncProperty(logOfEvents, options, async (events, chosen) => {
        const once = await build(events, chosen)
        const twice = await build([...events, ...events.toReversed()], chosen)
        expect(twice.journeys).toEqual(once.journeys)
        expect(twice.stages).toEqual(once.stages)
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
