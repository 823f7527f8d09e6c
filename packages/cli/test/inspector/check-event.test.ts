import { EVENT_NAMES, EVENTS, STAGE_OF_EVENT } from '@jejak/events'
import type { Envelope } from '@jejak/events'
import { describe, expect, test } from 'vitest'
import { checkEvent } from '../../src/inspector/check-event.ts'
import { stageReason } from '../../src/stage-reason.ts'

function event(name: string, properties: Envelope['properties'] = {}, more: Partial<Envelope> = {}): Envelope {
  return {
    id: '01923456-789a-7abc-8def-000000000000',
    name,
    stage: STAGE_OF_EVENT[name] ?? null,
    time: 1,
    visitor_id: 'v',
    session_id: 's',
    session_number: 1,
    sequence: 2,
    consent: 'granted',
    properties,
    ...more,
  }
}

const faults = (name: string, properties?: Envelope['properties'], more?: Partial<Envelope>) =>
  checkEvent(event(name, properties, more)).map(({ what, mend }) => `${what}. ${mend}`)

const ITEM = { item_id: 'B-1', price: 5, quantity: 1 }

test.each(EVENT_NAMES)('the example of %s in the vocabulary lacks nothing that its event requires', name => {
  const required = EVENTS[name].required.map(property => `\`${name}\` has no \`${property}\``)
  const found = checkEvent(event(name, EVENTS[name].example)).map(({ what }) => what)
  expect(found.filter(what => required.includes(what))).toEqual([])
})

describe('what is lacking is named, with how to mend it:', () => {
  test.each([
    [
      'an order number under another name',
      'purchase',
      { order_id: 'T', value: 5, currency: 'IDR', items: [ITEM] },
      /no `transaction_id`. Rename `order_id`/,
    ],
    ['a property in another spelling', 'search', { searchTerm: 'batik' }, /no `search_term`. Rename `searchTerm`/],
    ['a value in no currency', 'add_to_cart', { value: 5, items: [ITEM] }, /`value` has no `currency`/],
    [
      'an order worth nothing',
      'purchase',
      { transaction_id: 'T', value: 0, currency: 'IDR', items: [ITEM] },
      /worth 0/,
    ],
    ['no items', 'view_item', {}, /`view_item` has no `items`/],
    ['an empty list of items', 'begin_checkout', { items: [] }, /`items` is empty/],
    ['an item without its id', 'view_item', { items: [{ item_name: 'Kemeja' }] }, /an item has no `item_id`/],
    ['another spelling of an event', 'Add To Cart', {}, /`Add To Cart` is no standard event, but `add_to_cart` is/],
    ['the name that another tracker has for it', 'Order Completed', {}, /but `purchase` is/],
    ['an own event of no stage', 'spin_wheel', {}, /belongs to no stage.*stageRules/],
  ])('%s', (_, name, properties, expected) => {
    expect(faults(name, properties)).toEqual([expect.stringMatching(expected)])
  })

  test('nothing of a whole order, of an own event with a stage, of null for none where nothing is asked', () => {
    expect(faults('purchase', { transaction_id: 'T', value: 5, currency: 'IDR', items: [ITEM] })).toEqual([])
    expect(faults('spin_wheel', {}, { stage: 'consideration' })).toEqual([])
    expect(faults('login', { method: null })).toEqual([])
  })
})

describe('the reason of a stage:', () => {
  test.each([
    ['the event', event('add_to_cart'), /^`add_to_cart` is an event of this stage/],
    [
      'the word of the shop',
      event('add_to_cart', {}, { stage: 'purchase' }),
      /said by `stage`.*by itself `add_to_cart` is decision/,
    ],
    [
      'the type of the page',
      event('page_view', {}, { stage: 'consideration', page: { url: '', type: 'product' } }),
      /of the type `product`/,
    ],
    [
      'a first hit',
      event('page_view', {}, { stage: 'awareness', sequence: 1 }),
      /does not tell its type, and a first hit is awareness/,
    ],
    [
      'the stage before',
      event('page_view', {}, { stage: 'decision' }),
      /the stage before it was kept.*data-jejak-page/,
    ],
    ['none, of context', event('click'), /is context/],
    [
      'a type that is a name of every object',
      event('page_view', {}, { stage: 'awareness', page: { url: '', type: 'constructor' } }),
      /none of the standard ones/,
    ],
  ])('%s', (_, stored, reason) => {
    expect(stageReason(stored)).toMatch(reason)
  })
})
