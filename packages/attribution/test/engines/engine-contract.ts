import type { EngineJourneys, JourneyEngine, JourneyOptions } from '@jejak/attribution'
import type { StoredEvent } from '@jejak/events'
import { describe, expect, test } from 'vitest'
import { channels, DAY, from, fromPayment, idOf, offPage, on, purchase, START, visit } from '../journeys/event.ts'
import { inWords } from '../journeys/in-words.ts'

const ORDER = { value: 150_000, currency: 'IDR', transaction_id: 'T-1' }
const SERVER = { visitor_id: 'phone', user_id: 'ann', session_id: 'server', sequence: 0 }

/** Everything that may go wrong in one log: devices, lost and doubled events, bots, returns, orders seen twice. */
const LOG: readonly StoredEvent[] = [
  visit(0, 'google', { visitor_id: 'phone', session_id: 'a', stage: 'awareness' }),
  on(0.01, { visitor_id: 'phone', session_id: 'a', sequence: 2, stage: 'consideration' }),
  visit(0.02, 'social', { visitor_id: 'phone', session_id: 'a', sequence: 3 }),
  visit(1, 'email', { visitor_id: 'laptop', user_id: 'ann', account_id: 'acme', session_id: 'b' }),
  on(2, { visitor_id: 'phone', user_id: 'ann', session_id: 'c', sequence: 4 }),
  purchase(3, {
    id: idOf(0xfff1),
    visitor_id: 'phone',
    user_id: 'ann',
    session_id: 'd',
    touch: fromPayment,
    properties: ORDER,
  }),
  // The same order again: by the same event, and by another one.
  purchase(3, {
    id: idOf(0xfff1),
    visitor_id: 'phone',
    user_id: 'ann',
    session_id: 'd',
    touch: fromPayment,
    properties: ORDER,
  }),
  offPage(purchase(3.5, { ...SERVER, properties: ORDER })),
  offPage(on(4, { ...SERVER, name: 'order_shipped', stage: 'usage' })),
  visit(5, 'google', { visitor_id: 'kiosk', session_id: 'e', account_id: 'acme' }),
  visit(40, 'news', { visitor_id: 'kiosk', session_id: 'f', stage: 'advocacy' }),
  purchase(41, { visitor_id: 'kiosk', session_id: 'f', sequence: 2, properties: { value: 'many' } }),
  visit(0, 'crawler', { visitor_id: 'bot', bot: true }),
]

/** What every engine promises. Each engine's test file calls this first, then adds its own cases. */
export function testJourneyEngine(open: (events: readonly StoredEvent[]) => JourneyEngine): void {
  const build = (options: Partial<JourneyOptions> = {}) => open(LOG).build({ channels, lookbackDays: 30, ...options })
  const wordsOf = async ({ journeys }: Pick<EngineJourneys, 'journeys'>) => {
    const words: string[] = []
    for await (const journey of journeys) words.push(inWords(journey))
    return words
  }

  describe('a journey engine', () => {
    test('builds the journeys of every person', async () => {
      expect(await wordsOf(await build())).toEqual([
        'ann: google > social > email > Direct => purchase',
        'kiosk: news => purchase',
        'kiosk: google',
      ])
    })

    test('gives each touch and each conversion in full', async () => {
      const all = []
      for await (const journey of (await build()).journeys) all.push(journey)
      expect(all[0]?.touches[2]).toEqual({
        ...channels(from('email')),
        term: '(not set)',
        content: '(not set)',
        landing: '/',
        time: START + DAY,
        session_id: 'b',
      })
      expect(all[0]?.conversion).toEqual({
        id: idOf(0xfff1),
        name: 'purchase',
        time: START + 3 * DAY,
        value: 150_000,
        currency: 'IDR',
        transaction_id: 'T-1',
      })
    })

    test('builds the journeys of accounts where the stage model reads accounts', async () => {
      expect(await wordsOf(await build({ stageModel: 'b2b' }))).toEqual([
        'acme: google > social > email > Direct => purchase',
        'acme: news => purchase',
        'acme: google',
      ])
    })

    test('lets each conversion start afresh where that is asked for', async () => {
      const options = { conversion: ['purchase', 'order_shipped'], afterConversion: 'reset' } as const
      expect(await wordsOf(await build(options))).toEqual([
        'ann: google > social > email > Direct => purchase',
        'ann: Direct => order_shipped',
        'kiosk: news => purchase',
        'kiosk: google',
      ])
    })

    test('takes the first time a stage is reached as the conversion', async () => {
      expect(await wordsOf(await build({ conversion: 'stage:consideration' }))).toEqual([
        'ann: google => stage:consideration',
        'ann: social > email > Direct',
        'kiosk: google',
        'kiosk: news',
      ])
    })

    test('says when each person first reached each stage', async () => {
      const stages = []
      for await (const reached of (await build()).stages) stages.push(reached)
      expect(stages).toEqual([
        { awareness: START, consideration: START + 0.01 * DAY, purchase: START + 3 * DAY, usage: START + 4 * DAY },
        { advocacy: START + 40 * DAY, purchase: START + 41 * DAY },
      ])
    })

    test('says what the journeys were made of', async () => {
      expect((await build()).summary).toEqual({
        events: 12,
        bots: 1,
        persons: 2,
        sessions: 7,
        conversions: 2,
        conversionsByName: [{ name: 'purchase', conversions: 2 }],
        duplicateConversions: 2,
        badValues: 1,
        refunds: { counted: 0, duplicates: 0, withoutOrder: 0, otherCurrency: 0, unreadable: 0 },
        openJourneys: 0,
        transitions: [
          { name: 'awareness → consideration', from: 'awareness', to: 'consideration', count: 1 },
          { name: 'consideration → purchase', from: 'consideration', to: 'purchase', count: 1 },
          { name: 'purchase → usage', from: 'purchase', to: 'usage', count: 1 },
        ],
        from: START,
        to: START + 41 * DAY,
      })
    })

    test('builds the journeys to every stage transition', async () => {
      const { transitions } = await build()
      expect(await wordsOf({ journeys: transitions })).toEqual([
        'ann: google => awareness → consideration',
        'ann: social > email > Direct => consideration → purchase',
        'ann: Direct => purchase → usage',
      ])
    })

    test('builds the journeys of several kinds of conversions at once', async () => {
      const conversions = {
        sale: 'purchase',
        interest: { events: 'stage:consideration', value: 5, currency: 'IDR' },
      }
      const built = await build({ conversions })
      expect(await wordsOf(built)).toEqual([
        'ann: google => interest',
        'ann: google > social > email > Direct => sale',
        'ann: social > email > Direct => no interest',
        'kiosk: news => sale',
        'kiosk: google',
        'kiosk: news => no interest',
      ])
      expect(built.summary.conversionsByName).toEqual([
        { name: 'interest', conversions: 1 },
        { name: 'sale', conversions: 2 },
      ])
    })

    test('says when each stage was first reached with every journey, and until when one without a conversion lasted', async () => {
      const all = []
      for await (const journey of (await build()).journeys) all.push(journey)
      expect(all.map(({ reached }) => reached?.['purchase'])).toEqual([
        START + 3 * DAY,
        START + 41 * DAY,
        START + 41 * DAY,
      ])
      expect(all.map(({ until }) => until)).toEqual([undefined, undefined, START + 35 * DAY])
    })

    test('can be looped over again', async () => {
      const built = await build()
      expect(await wordsOf(built)).toEqual(await wordsOf(built))
    })

    test('makes no journeys of no events', async () => {
      const built = await open([]).build({ channels })
      expect(await wordsOf(built)).toEqual([])
      expect(built.summary).toMatchObject({ events: 0, persons: 0, from: null, to: null })
    })

    test('refuses an option that is not what it should be', async () => {
      await expect(build({ lookbackDays: 0 })).rejects.toThrow(/`lookbackDays`/)
    })
  })
}
