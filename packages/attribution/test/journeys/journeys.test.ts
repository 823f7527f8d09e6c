import { buildJourneys } from '@jejak/attribution'
import type { Conversion, JourneyOptions } from '@jejak/attribution'
import { describe, expect, test } from 'vitest'
import { channels, DAY, from, fromPayment, idOf, on, purchase, START, visit } from './event.ts'
import { journeysFrom } from './in-words.ts'

describe('the look-back', () => {
  test('goes back 90 days if nothing else is said', async () => {
    expect(await journeysFrom([visit(9, 'old'), visit(11, 'new'), purchase(100, { touch: from('email') })])).toEqual([
      'visitor: new > email => purchase',
      'visitor: old',
    ])
  })

  test('takes in a touch at its very edge, and none that is a millisecond older', async () => {
    const older = visit(0, 'older', { corrected_time: START - 1 })
    const edge = visit(0, 'edge')
    expect(await journeysFrom([older, edge, purchase(7, { touch: from('email') })], { lookbackDays: 7 })).toEqual([
      'visitor: edge > email => purchase',
      'visitor: older',
    ])
  })

  test('takes in a touch of the same millisecond as the conversion, and none after it', async () => {
    expect(await journeysFrom([visit(0, 'same'), purchase(0), visit(1, 'after')])).toEqual([
      'visitor: same > Direct => purchase',
      'visitor: after',
    ])
  })

  test('has no end if it is infinite', async () => {
    const events = [visit(0, 'google'), purchase(9_000, { touch: from('email') })]
    expect(await journeysFrom(events, { lookbackDays: Infinity })).toEqual(['visitor: google > email => purchase'])
  })
})

describe('after a conversion', () => {
  const events = [
    visit(0, 'google', { session_id: 'a' }),
    purchase(0.1, { session_id: 'a', sequence: 2 }),
    visit(1, 'email', { session_id: 'b' }),
    purchase(1.1, { session_id: 'b', sequence: 2 }),
    purchase(1.2, { session_id: 'b', sequence: 3 }),
  ]

  test('the next one looks back over all touches in its window', async () => {
    expect(await journeysFrom(events)).toEqual([
      'visitor: google => purchase',
      'visitor: google > email => purchase',
      'visitor: google > email => purchase',
    ])
  })

  test('the next one starts afresh if that is asked for, with the touch of its session at the least', async () => {
    expect(await journeysFrom(events, { afterConversion: 'reset' })).toEqual([
      'visitor: google => purchase',
      'visitor: email => purchase',
      'visitor: email => purchase',
    ])
  })

  test('starting afresh, a session that only continued a touch still has that one', async () => {
    const paidElsewhere = [
      visit(0, 'google', { session_id: 'a' }),
      purchase(0.1, { session_id: 'a', sequence: 2 }),
      purchase(1, { touch: fromPayment }),
    ]
    expect(await journeysFrom(paidElsewhere, { afterConversion: 'reset' })).toEqual([
      'visitor: google => purchase',
      'visitor: google => purchase',
    ])
  })
})

describe('a conversion with no touch in its window', () => {
  test('has the touch of its own session', async () => {
    const events = [visit(0, 'google', { session_id: 'a' }), purchase(2, { session_id: 'a', sequence: 2 })]
    expect(await journeysFrom(events, { lookbackDays: 1 })).toEqual(['visitor: google => purchase'])
  })

  test('is Direct if its session only continued a touch that is too old', async () => {
    const { journeys } = await buildJourneys([visit(0, 'google'), purchase(200, { touch: fromPayment })], { channels })
    const [converting] = journeys
    expect(converting?.touches).toMatchObject([
      { channel: 'Direct', time: START + 200 * DAY, why: expect.stringContaining('outside the look-back') },
    ])
  })
})

describe('journeys that led to no conversion', () => {
  test('end where the gap to the next touch is longer than the look-back', async () => {
    const events = [visit(0, 'a'), visit(30, 'b'), visit(60.1, 'c')]
    expect(await journeysFrom(events, { lookbackDays: 30 })).toEqual(['visitor: a > b', 'visitor: c'])
  })

  test('are made of the touches after the last conversion', async () => {
    expect(await journeysFrom([purchase(0, { touch: from('a') }), visit(1, 'b'), visit(2, 'c')])).toEqual([
      'visitor: a => purchase',
      'visitor: b > c',
    ])
  })

  test('are made of the touches that lie too long before a conversion', async () => {
    expect(await journeysFrom([visit(0, 'a'), visit(1, 'b'), purchase(200, { touch: from('c') })])).toEqual([
      'visitor: c => purchase',
      'visitor: a > b',
    ])
  })
})

describe('what counts as a conversion', () => {
  const events = [
    on(0, { name: 'sign_up', stage: 'consideration', touch: from('google'), session_id: 's' }),
    on(1, { name: 'add_to_cart', stage: 'decision', session_id: 's', sequence: 2 }),
    purchase(2, { session_id: 's', sequence: 3 }),
    purchase(3, { session_id: 's', sequence: 4 }),
  ]
  const namesWith = async (options: Omit<JourneyOptions, 'channels'>) => {
    const { journeys } = await buildJourneys(events, { channels, ...options })
    return Array.from(journeys, ({ conversion }) => conversion && [conversion.name, (conversion.time - START) / DAY])
  }

  test.each<[what: string, options: Omit<JourneyOptions, 'channels'>, conversions: unknown[]]>([
    [
      'a purchase, if nothing is said',
      {},
      [
        ['purchase', 2],
        ['purchase', 3],
      ],
    ],
    ['an event', { conversion: 'sign_up' }, [['sign_up', 0]]],
    [
      'several events',
      { conversion: ['sign_up', 'add_to_cart'] },
      [
        ['sign_up', 0],
        ['add_to_cart', 1],
      ],
    ],
    ['what a function says', { conversion: event => event.sequence === 2 }, [['add_to_cart', 1]]],
    ['the first time a canonical stage is reached', { conversion: 'stage:purchase' }, [['stage:purchase', 2]]],
    [
      'the first time a stage of the chosen model is reached',
      { conversion: 'stage:purchase', stageModel: 'five-stage' },
      [['stage:purchase', 1]],
    ],
    [
      'an event and a stage at once',
      { conversion: ['purchase', 'stage:purchase'] },
      [
        ['purchase', 2],
        ['stage:purchase', 2],
        ['purchase', 3],
      ],
    ],
    ['nothing, where nobody does it', { conversion: 'refund' }, [undefined]],
  ])('%s', async (_, options, conversions) => {
    expect(await namesWith(options)).toEqual(conversions)
  })

  test('a stage is reached once by a person, whatever devices it is on', async () => {
    const devices = [
      purchase(0, { visitor_id: 'phone', user_id: 'ann' }),
      purchase(1, { visitor_id: 'laptop', user_id: 'ann' }),
    ]
    expect(await journeysFrom(devices, { conversion: 'stage:purchase' })).toEqual([
      'ann: Direct => stage:purchase',
      'ann: Direct',
    ])
  })
})

describe('a conversion counts once', () => {
  test('however often its id is there', async () => {
    const bought = purchase(0, { touch: from('google') })
    const { journeys, summary } = await buildJourneys([bought, { ...bought }, { ...bought }], { channels })
    expect([...journeys]).toHaveLength(1)
    expect(summary).toMatchObject({ conversions: 1, duplicateConversions: 2 })
  })

  test('however many events report its order; the earliest is the one', async () => {
    const properties = { transaction_id: 'T-1', value: 10 }
    const events = [
      purchase(0.2, { properties, visitor_id: 'server' }),
      purchase(0.1, { properties, touch: from('google'), visitor_id: 'page' }),
    ]
    expect(await journeysFrom(events)).toEqual(['page: google => purchase', 'server: Direct'])
  })

  test('but two of an order that can have several are two', async () => {
    const order = { transaction_id: 'T-1' }
    const events = [
      on(0, { name: 'refund', properties: { ...order, refund_id: 'R-1' } }),
      on(1, { name: 'refund', properties: { ...order, refund_id: 'R-2' } }),
      on(2, { name: 'refund', properties: { ...order, refund_id: 'R-2' } }),
      on(3, { name: 'submit_review', properties: { ...order, item_id: 'A' } }),
      on(4, { name: 'submit_review', properties: { ...order, item_id: 'B' } }),
    ]
    const { summary } = await buildJourneys(events, { channels, conversion: ['refund', 'submit_review'] })
    expect(summary).toMatchObject({ conversions: 4, duplicateConversions: 1 })
  })

  test('by its transaction too, where the event is one of the shop’s own', async () => {
    const paid = (day: number) => on(day, { name: 'invoice_paid', properties: { transaction_id: 7 } })
    const { summary } = await buildJourneys([paid(0), paid(1)], { channels, conversion: 'invoice_paid' })
    expect(summary).toMatchObject({ conversions: 1, duplicateConversions: 1 })
  })

  test('for each name, if several events of an order are conversions', async () => {
    const properties = { transaction_id: 'T-1' }
    const events = [purchase(0, { properties }), on(1, { name: 'order_delivered', properties })]
    const { summary } = await buildJourneys(events, { channels, conversion: ['purchase', 'order_delivered'] })
    expect(summary).toMatchObject({ conversions: 2, duplicateConversions: 0 })
  })
})

describe('the value of a conversion', () => {
  const conversionWith = async (properties: Record<string, unknown>) => {
    const bad: [Conversion, unknown][] = []
    const { journeys, summary } = await buildJourneys([purchase(0, { id: idOf(1), properties })], {
      channels,
      onBadValue: (conversion, value) => bad.push([conversion, value]),
    })
    const [journey] = journeys
    return { conversion: journey?.conversion, bad, summary }
  }

  test('is the money that the event is about', async () => {
    const { conversion, bad } = await conversionWith({ value: 150_000, currency: 'IDR', transaction_id: 'T-1' })
    expect(conversion).toEqual({
      id: idOf(1),
      name: 'purchase',
      time: START,
      value: 150_000,
      currency: 'IDR',
      transaction_id: 'T-1',
    })
    expect(bad).toEqual([])
  })

  test.each([{}, { value: null }])('is 0 without a word where there is none: %o', async properties => {
    const { conversion, bad } = await conversionWith(properties)
    expect(conversion).toEqual({ id: idOf(1), name: 'purchase', time: START, value: 0 })
    expect(bad).toEqual([])
  })

  test.each(['12,50', NaN, Infinity, {}, true])('is 0 and reported where it is no number: %o', async value => {
    const { conversion, bad, summary } = await conversionWith({ value })
    expect(conversion?.value).toBe(0)
    expect(bad).toEqual([[conversion, value]])
    expect(summary.badValues).toBe(1)
  })

  test('may be negative', async () => {
    expect((await conversionWith({ value: -5 })).conversion?.value).toBe(-5)
  })
})

test('the summary says what the journeys were made of', async () => {
  const { summary } = await buildJourneys(
    [visit(0, 'google', { visitor_id: 'a', session_id: 's' }), purchase(2, { visitor_id: 'b', session_id: 't' })],
    { channels },
  )
  expect(summary).toEqual({
    events: 2,
    bots: 0,
    persons: 2,
    sessions: 2,
    conversions: 1,
    conversionsByName: [{ name: 'purchase', conversions: 1 }],
    duplicateConversions: 0,
    badValues: 0,
    refunds: { counted: 0, duplicates: 0, withoutOrder: 0, otherCurrency: 0, unreadable: 0 },
    openJourneys: 1,
    transitions: [],
    from: START,
    to: START + 2 * DAY,
  })
})

test('no events make no journeys', async () => {
  const { journeys, stages, summary } = await buildJourneys([], { channels })
  expect([[...journeys], [...stages], summary.from, summary.to]).toEqual([[], [], null, null])
})

test('journeys and stages can be looped over again', async () => {
  const { journeys, stages } = await buildJourneys([purchase(0)], { channels })
  expect([...journeys]).toEqual([...journeys])
  expect([...stages]).toEqual([...stages])
})
