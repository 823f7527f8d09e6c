import { buildJourneys } from '@jejak/attribution'
import type { StoredEvent } from '@jejak/events'
import { expect, test } from 'vitest'
import { channels, from, offPage, on, purchase, visit } from './event.ts'
import { journeysFrom } from './in-words.ts'

const impression = (day: number, source: string, facts: Partial<StoredEvent> = {}) =>
  offPage(on(day, { name: 'ad_impression', properties: { source, medium: 'cpm', campaign: 'eid' }, ...facts }))

const LOOK_BACK = { lookbackDays: { click: 90, view: 1 } }

test('an impression is a touch that was only seen, told from its properties', async () => {
  const { journeys } = await buildJourneys([impression(0, 'display')], { channels })
  const [journey] = journeys
  expect(journey?.touches).toMatchObject([
    { channel: 'display', medium: 'cpm', campaign: 'eid', landing: '(not set)', kind: 'view' },
  ])
})

test('what was followed has no kind, which means a click', async () => {
  const { journeys } = await buildJourneys([visit(0, 'google')], { channels })
  const [journey] = journeys
  expect(journey?.touches[0]).not.toHaveProperty('kind')
})

test('each kind of touch has a look-back of its own', async () => {
  const events = [
    visit(0, 'click'),
    impression(0, 'early-view'),
    impression(9.5, 'late-view'),
    purchase(10, { touch: from('email') }),
  ]
  expect(await journeysFrom(events, LOOK_BACK)).toEqual([
    'visitor: click > late-view > email => purchase',
    'visitor: early-view',
  ])
})

test('views look back one day and clicks ninety if nothing is said, and all the same if one number is', async () => {
  const events = [impression(0, 'view'), purchase(2, { touch: from('email') })]
  expect(await journeysFrom(events)).toEqual(['visitor: email => purchase', 'visitor: view'])
  expect(await journeysFrom(events, { lookbackDays: 30 })).toEqual(['visitor: view > email => purchase'])
  expect(await journeysFrom(events, { lookbackDays: { view: 3 } })).toEqual(['visitor: view > email => purchase'])
})

test('views may look back longer than clicks', async () => {
  const events = [visit(0, 'click'), impression(0.5, 'view'), purchase(5, { touch: from('email') })]
  expect(await journeysFrom(events, { lookbackDays: { click: 1, view: 10 } })).toEqual([
    'visitor: view > email => purchase',
    'visitor: click',
  ])
})

test('an impression is no arrival: the session it stands in is read without it', async () => {
  const inSession = { session_id: 's' }
  const events = [
    impression(0, 'display', { ...inSession, sequence: 1 }),
    visit(0.1, 'google', { ...inSession, sequence: 2 }),
  ]
  expect(await journeysFrom(events)).toEqual(['visitor: display > google'])
})

test('an impression of which nothing is known is no touch, and no visit', async () => {
  const events = [offPage(on(0, { name: 'ad_impression' })), visit(1, 'google')]
  expect(await journeysFrom(events)).toEqual(['visitor: google'])
})

test('the same impression twice is one touch', async () => {
  const seen = impression(0, 'display')
  expect(await journeysFrom([seen, { ...seen }])).toEqual(['visitor: display'])
})

test('which events are impressions can be said by name or by a function', async () => {
  const opened = offPage(on(0, { name: 'email_open', properties: { source: 'newsletter' } }))
  expect(await journeysFrom([opened], { viewEvents: ['email_open'] })).toEqual(['visitor: newsletter'])
  const { journeys } = await buildJourneys([visit(0, 'banner')], {
    channels,
    viewEvents: event => event.touch?.utm_source === 'banner',
  })
  expect([...journeys][0]?.touches).toMatchObject([{ channel: 'banner', kind: 'view' }])
})

test('a purchase that a server wrote after an impression has this one, if it is not too old', async () => {
  const paid = (day: number) => offPage(purchase(day, { visitor_id: 'v', session_id: 'server', sequence: 0 }))
  expect(await journeysFrom([impression(0, 'display', { visitor_id: 'v' }), paid(0.5)])).toEqual([
    'v: display => purchase',
  ])
  expect(await journeysFrom([impression(0, 'display', { visitor_id: 'v' }), paid(5)])).toEqual([
    'v: Direct => purchase',
    'v: display',
  ])
})
