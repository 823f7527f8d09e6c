import { expect, test } from 'vitest'
import { visit } from '../journeys/event.ts'
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
