import { buildJourneys } from '@jejak/attribution'
import type { Touch } from '@jejak/attribution'
import type { StoredEvent } from '@jejak/events'
import { describe, expect, test } from 'vitest'
import { channels, DAY, from, fromPayment, idOf, offPage, on, START, visit } from '../journeys/event.ts'

const MINUTE = 1 / 1_440

/** All touches of the one person in `events`. */
async function touchesOf(events: readonly StoredEvent[]): Promise<readonly Touch[]> {
  const { journeys } = await buildJourneys(events, { channels, lookbackDays: Infinity })
  return Array.from(journeys).flatMap(journey => journey.touches)
}

const channelsOf = async (events: readonly StoredEvent[]) => (await touchesOf(events)).map(touch => touch.channel)

const session = (sequence: number, facts: Partial<StoredEvent> = {}) =>
  on(sequence * MINUTE, { session_id: 's', sequence, ...facts })

test('a session is one touch, however many events it has', async () => {
  expect(await channelsOf([session(1, { touch: from('google') }), session(2), session(3)])).toEqual(['google'])
})

test('a touch says when, where and through what the visitor came', async () => {
  const landing = 'https://shop.example/batik/?utm_source=google'
  const touch = { ...from('google'), landing, utm_medium: 'cpc', utm_campaign: 'eid', utm_term: 'batik' }
  expect(await touchesOf([on(2, { session_id: 's', touch })])).toEqual([
    {
      channel: 'google',
      source: 'google',
      medium: 'cpc',
      campaign: 'eid',
      term: 'batik',
      content: '(not set)',
      landing: '/batik/',
      why: 'utm_source says so',
      internal: false,
      time: START + 2 * DAY,
      session_id: 's',
    },
  ])
})

test('an arrival from outside within a session is another touch, at its own time', async () => {
  const touches = await touchesOf([
    session(1, { touch: from('google') }),
    session(2),
    session(3, { touch: from('email') }),
  ])
  expect(touches.map(({ channel, time }) => [channel, time])).toEqual([
    ['google', START + DAY * MINUTE],
    ['email', START + 3 * DAY * MINUTE],
  ])
})

test('touches of the same millisecond are in the order of their sequence', async () => {
  const [early, late] = [
    { id: idOf(0xb), sequence: 2 },
    { id: idOf(0xa), sequence: 3 },
  ]
  const events = [
    on(0, { session_id: 's', touch: from('google') }),
    on(1, { session_id: 's', touch: from('ads'), ...late }),
    on(1, { session_id: 's', touch: from('email'), ...early }),
  ]
  expect(await channelsOf(events)).toEqual(['google', 'email', 'ads'])
})

test('a return from the payment page within a session is no touch', async () => {
  expect(await channelsOf([session(1, { touch: from('google') }), session(2, { touch: fromPayment })])).toEqual([
    'google',
  ])
})

test('a session that begins with an internal arrival continues the last touch', async () => {
  expect(await channelsOf([visit(0, 'google'), on(1, { touch: fromPayment })])).toEqual(['google'])
})

describe('Direct, for a reason that is said', () => {
  test('a session without evidence, also where there were earlier touches', async () => {
    const [, touch] = await touchesOf([visit(0, 'google'), on(1)])
    expect(touch).toMatchObject({
      channel: 'Direct',
      landing: '(not set)',
      why: expect.stringContaining('no evidence'),
    })
  })

  test('a session that began internally, of a person without an earlier touch', async () => {
    const [touch] = await touchesOf([on(1, { touch: fromPayment })])
    expect(touch).toMatchObject({ channel: 'Direct', internal: false, why: expect.stringContaining('payment page') })
  })

  test('a session that was not seen on a page, of a person without an earlier touch', async () => {
    const [touch] = await touchesOf([offPage(on(1, { name: 'order_shipped' }))])
    expect(touch).toMatchObject({ channel: 'Direct', why: expect.stringContaining('on a page') })
  })
})

test('what a server reports days later is no touch', async () => {
  const shipped = offPage(on(3, { name: 'order_shipped', sequence: 0 }))
  expect(await channelsOf([visit(0, 'google'), shipped])).toEqual(['google'])
})

test('a server event that precedes the page in its session does not hide the evidence', async () => {
  const paid = offPage(session(0, { name: 'purchase' }))
  const { journeys } = await buildJourneys([paid, session(1, { touch: from('google') })], { channels })
  const [journey] = journeys
  expect(journey?.touches.map(({ channel, time }) => [channel, time])).toEqual([['google', START]])
})

test('the first event by sequence tells how a session began, where clocks have changed places', async () => {
  const first = session(1, { touch: from('google'), corrected_time: START + 9 })
  const second = session(2, { corrected_time: START + 5 })
  const touches = await touchesOf([first, second])
  expect(touches.map(({ channel, time }) => [channel, time])).toEqual([['google', START + 5]])
})

test('of events of the same moment and sequence, the one with evidence tells how the session began', async () => {
  const facts = { session_id: 's', sequence: 1 }
  expect(await channelsOf([on(0, facts), visit(0, 'google', facts), on(0, facts)])).toEqual(['google'])
})

test('of sessions that begin in the same moment, it is always the same one that comes first', async () => {
  const events = [on(0, { session_id: 'a' }), offPage(on(0, { session_id: 'b' }))]
  expect(await channelsOf(events)).toEqual(['Direct'])
  expect(await channelsOf(events.toReversed())).toEqual(['Direct'])
})

test('a session whose first event is lost is Direct until the visitor comes again from outside', async () => {
  expect(await channelsOf([session(2), session(3, { touch: from('email') })])).toEqual(['Direct', 'email'])
})

test('sessions of two devices at the same time keep to themselves', async () => {
  const events = [
    on(0, { user_id: 'ann', visitor_id: 'phone', session_id: 'a', touch: from('google') }),
    on(0.1, { user_id: 'ann', visitor_id: 'laptop', session_id: 'b', touch: from('email') }),
    on(0.2, { user_id: 'ann', visitor_id: 'phone', session_id: 'a', sequence: 2 }),
    on(0.3, { user_id: 'ann', visitor_id: 'laptop', session_id: 'b', sequence: 2 }),
  ]
  expect(await channelsOf(events)).toEqual(['google', 'email'])
})

test('a landing page that is no address has no path', async () => {
  const [touch] = await touchesOf([on(0, { touch: { landing: 'http://[', utm_source: 'google' } })])
  expect(touch?.landing).toBe('(not set)')
})

test('what programs did is left out and counted', async () => {
  const events = [visit(0, 'google', { bot: true }), visit(1, 'email')]
  const { journeys, summary } = await buildJourneys(events, { channels })
  expect([...journeys].flatMap(journey => journey.touches.map(touch => touch.channel))).toEqual(['email'])
  expect(summary).toMatchObject({ events: 1, bots: 1 })
})

test('what programs did is counted where that is asked for', async () => {
  const { journeys, summary } = await buildJourneys([visit(0, 'google', { bot: true })], {
    channels,
    includeBots: true,
  })
  expect([...journeys]).toHaveLength(1)
  expect(summary).toMatchObject({ events: 1, bots: 0 })
})
