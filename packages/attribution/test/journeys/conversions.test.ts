import { buildJourneys } from '@jejak/attribution'
import type { JourneyOptions } from '@jejak/attribution'
import { describe, expect, test } from 'vitest'
import { channels, DAY, idOf, on, purchase, START, visit } from './event.ts'
import { inWords, journeysFrom } from './in-words.ts'

const lead = (day: number, facts = {}) =>
  on(day, { name: 'generate_lead', stage: 'consideration', session_id: 's', sequence: 9, ...facts })
const DEFINITIONS = { purchase: 'purchase', lead: 'generate_lead' } as const

describe('several kinds of conversions at once', () => {
  const log = [
    visit(0, 'google', { session_id: 's' }),
    lead(1),
    visit(2, 'email'),
    purchase(3, { touch: { landing: '/', utm_source: 'ads' } }),
    lead(4),
    visit(200, 'news'),
  ]

  test('each has journeys of its own, and what led to none of them is there once', async () => {
    expect(await journeysFrom(log, { conversions: DEFINITIONS })).toEqual([
      'visitor: google => lead',
      'visitor: google > email > ads => purchase',
      'visitor: google > email > ads => lead',
      'visitor: news',
    ])
  })

  test('one does not start another afresh, but each starts itself', async () => {
    expect(await journeysFrom(log, { conversions: DEFINITIONS, afterConversion: 'reset' })).toEqual([
      'visitor: google => lead',
      'visitor: google > email > ads => purchase',
      'visitor: email > ads => lead',
      'visitor: news',
    ])
  })

  test('a touch that led to one of them has still missed the other', async () => {
    const options = { conversions: DEFINITIONS, lookbackDays: 2 }
    expect(
      await journeysFrom([visit(0, 'a'), lead(1, { touch: { landing: '/', utm_source: 'b' } }), purchase(5)], options),
    ).toEqual([
      'visitor: a > b => lead',
      'visitor: Direct => purchase',
      'visitor: a > b => no purchase',
      'visitor: Direct => no lead',
    ])
  })

  test('a definition can gather events, which are then called as it is', async () => {
    const conversions = { contact: ['generate_lead', 'request_demo'] }
    const { journeys } = await buildJourneys(
      [lead(0), on(1, { name: 'request_demo', session_id: 's', sequence: 10 })],
      { channels, conversions },
    )
    expect(Array.from(journeys, inWords)).toEqual(['visitor: Direct => contact', 'visitor: Direct => contact'])
  })

  test('an event that is of a definition by its name and by its stage is one conversion', async () => {
    const conversions = { interest: ['generate_lead', 'stage:consideration'] }
    const events = [lead(0), on(1, { stage: 'consideration', session_id: 's' }), lead(2)]
    const { summary } = await buildJourneys(events, { channels, conversions })
    expect(summary).toMatchObject({ conversions: 2, duplicateConversions: 0 })
  })

  test('names that mean something to JavaScript are only names', async () => {
    const conversions = JSON.parse('{"__proto__":"purchase","constructor":"generate_lead"}') as Record<string, string>
    const { summary } = await buildJourneys(log, { channels, conversions })
    expect(summary.conversionsByName).toEqual([
      { name: '__proto__', conversions: 1 },
      { name: 'constructor', conversions: 2 },
    ])
  })
})

describe('a definition that counts once', () => {
  test('takes the first of a person, on whatever device', async () => {
    const events = [
      lead(3, { visitor_id: 'phone', user_id: 'ann' }),
      lead(1, { visitor_id: 'laptop', user_id: 'ann', session_id: 't' }),
    ]
    const { journeys, summary } = await buildJourneys(events, {
      channels,
      conversions: { lead: { events: 'generate_lead', count: 'once' } },
    })
    expect(Array.from(journeys, ({ conversion }) => conversion?.time)).toEqual([START + DAY, undefined])
    expect(summary).toMatchObject({ conversions: 1, duplicateConversions: 0 })
  })

  test('takes the first of an account where accounts are read', async () => {
    const staff = { account_id: 'acme' }
    const events = [lead(0, { visitor_id: 'a', ...staff }), lead(1, { visitor_id: 'b', session_id: 't', ...staff })]
    const { summary } = await buildJourneys(events, {
      channels,
      unit: 'account',
      conversions: { lead: { events: 'generate_lead', count: 'once' } },
    })
    expect(summary.conversions).toBe(1)
  })
})

describe('what a conversion of a definition is worth', () => {
  const worth = async (value: object, properties: Record<string, unknown>) => {
    const conversions = { sale: { events: 'purchase', ...value } } as NonNullable<JourneyOptions['conversions']>
    const { journeys, summary } = await buildJourneys([purchase(0, { id: idOf(1), properties })], {
      channels,
      conversions,
    })
    const [journey] = journeys
    return { ...journey?.conversion, badValues: summary.badValues }
  }

  test('is the property that it names', async () => {
    expect(await worth({ value: 'margin' }, { value: 100, margin: 30 })).toMatchObject({ value: 30, badValues: 0 })
  })

  test('is the number that it names, in its currency where the event has none', async () => {
    expect(await worth({ value: 50, currency: 'IDR' }, {})).toMatchObject({ value: 50, currency: 'IDR' })
    expect(await worth({ value: 50, currency: 'IDR' }, { currency: 'USD' })).toMatchObject({
      value: 50,
      currency: 'USD',
    })
  })

  test('is what a function makes of the event', async () => {
    const value = ({ properties }: { properties: Record<string, unknown> }) => Number(properties['value']) * 0.2
    expect((await worth({ value }, { value: 100 })).value).toBe(20)
  })

  test.each([undefined, null])('is 0 where a function says %s', async nothing => {
    expect(await worth({ value: () => nothing }, {})).toMatchObject({ value: 0, badValues: 0 })
  })

  test('is 0 and counted as bad where it is no number', async () => {
    expect(await worth({ value: 'toString' }, {})).toMatchObject({ value: 0, badValues: 0 })
    expect(await worth({ value: 'margin' }, { margin: '30' })).toMatchObject({ value: 0, badValues: 1 })
  })
})
