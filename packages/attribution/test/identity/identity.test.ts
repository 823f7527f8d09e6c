import { buildJourneys } from '@jejak/attribution'
import { describe, expect, test } from 'vitest'
import { channels, on, visit } from '../journeys/event.ts'
import { journeysFrom } from '../journeys/in-words.ts'

test('a visitor who is never identified is a person under the visitor id', async () => {
  expect(await journeysFrom([visit(0, 'google', { visitor_id: 'v1' })])).toEqual(['v1: google'])
})

test('an event before the visitor is identified belongs to the user', async () => {
  const events = [visit(0, 'google'), visit(1, 'email', { user_id: 'ann' })]
  expect(await journeysFrom(events)).toEqual(['ann: google > email'])
})

test('an event after the last identification belongs to the last user', async () => {
  const events = [visit(0, 'google', { user_id: 'ann' }), visit(1, 'email')]
  expect(await journeysFrom(events)).toEqual(['ann: google > email'])
})

test('on a shared device an event belongs to the user who is identified next', async () => {
  const events = [
    visit(0, 'google'),
    visit(1, 'email', { user_id: 'zoe' }),
    visit(2, 'social'),
    visit(3, 'ads', { user_id: 'ann' }),
    visit(4, 'news'),
  ]
  expect(await journeysFrom(events)).toEqual(['ann: social > ads > news', 'zoe: google > email'])
})

test('an event of the same moment as an identification belongs to that user', async () => {
  const events = [
    visit(0, 'google', { user_id: 'ann' }),
    visit(1, 'email', { session_id: 's' }),
    visit(1, 'ads', { user_id: 'bob', session_id: 't' }),
    visit(2, 'news', { user_id: 'zoe' }),
  ]
  expect(await journeysFrom(events)).toEqual(['ann: google', 'bob: email > ads', 'zoe: news'])
})

test('visitors that are identified as the same user are one person', async () => {
  const events = [
    visit(0, 'google', { visitor_id: 'phone' }),
    visit(1, 'email', { visitor_id: 'laptop' }),
    visit(2, 'ads', { visitor_id: 'phone', user_id: 'ann' }),
    visit(3, 'news', { visitor_id: 'laptop', user_id: 'ann' }),
  ]
  expect(await journeysFrom(events)).toEqual(['ann: google > email > ads > news'])
})

test('a user and a visitor of the same name are two persons', async () => {
  const events = [visit(0, 'google', { visitor_id: 'x' }), visit(1, 'email', { visitor_id: 'y', user_id: 'x' })]
  expect(await journeysFrom(events)).toEqual(['x: email', 'x: google'])
})

test('names that mean something to JavaScript are only names', async () => {
  const events = [visit(0, 'google', { visitor_id: '__proto__' }), visit(0, 'email', { visitor_id: 'constructor' })]
  expect(await journeysFrom(events)).toEqual(['__proto__: google', 'constructor: email'])
})

test('under a model of accounts all persons of an account make one journey', async () => {
  const events = [
    visit(0, 'google', { visitor_id: 'v1' }),
    visit(1, 'email', { visitor_id: 'v1', user_id: 'ann', account_id: 'acme' }),
    visit(2, 'ads', { visitor_id: 'v2', user_id: 'bob', account_id: 'acme' }),
    visit(3, 'news', { visitor_id: 'v3' }),
  ]
  expect(await journeysFrom(events, { stageModel: 'b2b' })).toEqual(['acme: google > email > ads', 'v3: news'])
})

test('a person who changes accounts belongs to each in its time', async () => {
  const events = [
    visit(0, 'google', { user_id: 'ann', account_id: 'acme' }),
    visit(1, 'email', { user_id: 'ann' }),
    visit(2, 'ads', { user_id: 'ann', account_id: 'umbrella' }),
  ]
  expect(await journeysFrom(events, { stageModel: 'b2b' })).toEqual(['acme: google', 'umbrella: email > ads'])
})

test('visitors that share a user are one person, though each was somebody else’s at another time', async () => {
  const events = [
    visit(0, 'a', { visitor_id: 'phone', user_id: 'ann' }),
    visit(1, 'b', { visitor_id: 'tablet' }),
    visit(2, 'c', { visitor_id: 'tablet', user_id: 'ann' }),
    visit(3, 'd', { visitor_id: 'tablet', user_id: 'bob' }),
    visit(4, 'e', { visitor_id: 'laptop' }),
    visit(5, 'f', { visitor_id: 'laptop', user_id: 'bob' }),
  ]
  expect(await journeysFrom(events)).toEqual(['ann: a > b > c', 'bob: d > e > f'])
})

test('a visitor who is identified only after months is that user from the beginning', async () => {
  const events = [
    visit(0, 'a'),
    visit(300, 'b'),
    visit(301, 'c', { user_id: 'ann', visitor_id: 'laptop' }),
    visit(700, 'd', { user_id: 'ann' }),
  ]
  expect(await journeysFrom(events, { lookbackDays: 1_000 })).toEqual(['ann: a > b > c > d'])
})

test('of two users of one moment, it is always the same one who has the events before', async () => {
  const events = [visit(0, 'a'), visit(1, 'b', { user_id: 'zoe' }), visit(1, 'c', { user_id: 'ann' })]
  expect(await journeysFrom(events)).toEqual(['ann: a > c', 'zoe: b'])
  expect(await journeysFrom(events.toReversed())).toEqual(['ann: a > c', 'zoe: b'])
})

describe('the journey of an account', () => {
  const staff = ['ann', 'bob', 'cy', 'dee', 'eve'].flatMap((user_id, number) => [
    visit(number * 60, `from-${user_id}`, { visitor_id: `device of ${user_id}` }),
    visit(number * 60 + 1, 'email', { visitor_id: `device of ${user_id}`, user_id, account_id: 'acme' }),
  ])
  const signed = on(250, {
    name: 'contract_signed',
    visitor_id: 'crm',
    account_id: 'acme',
    properties: { transaction_id: 'C-1' },
  })

  test('has the touches of all its persons over many months, and says whose each was', async () => {
    const { journeys } = await buildJourneys([...staff, signed], {
      channels,
      unit: 'account',
      conversion: 'contract_signed',
      lookbackDays: 365,
    })
    const [journey] = journeys
    expect(journey).toMatchObject({ person: 'acme', conversion: { name: 'contract_signed' } })
    expect(journey?.touches.map(({ channel, person }) => [channel, person])).toEqual([
      ...['ann', 'bob', 'cy', 'dee', 'eve'].flatMap(user => [
        [`from-${user}`, user],
        ['email', user],
      ]),
      ['Direct', 'crm'],
    ])
  })

  test('is asked for by the unit, whatever the stage model reads', async () => {
    expect(await journeysFrom(staff, { unit: 'account', stageModel: 'canonical' })).toHaveLength(1)
    expect(await journeysFrom(staff, { unit: 'person', stageModel: 'b2b' })).toHaveLength(5)
  })

  test('of persons has no persons in it', async () => {
    const { journeys } = await buildJourneys(staff, { channels })
    for (const { touches } of journeys) for (const touch of touches) expect(touch).not.toHaveProperty('person')
  })

  test('converts once for an order that two of its persons report', async () => {
    const again = { ...signed, id: 'other', visitor_id: 'v9', user_id: 'ann' }
    const { summary } = await buildJourneys([...staff, signed, again], {
      channels,
      unit: 'account',
      conversion: 'contract_signed',
    })
    expect(summary).toMatchObject({ conversions: 1, duplicateConversions: 1 })
  })
})
