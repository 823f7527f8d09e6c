import { expect, test } from 'vitest'
import { from, offPage, on, purchase, visit } from './event.ts'
import { journeysFrom } from './in-words.ts'

const paid = (day: number, source: string) => visit(day, source, { touch: { ...from(source), utm_medium: 'cpc' } })
const log = [visit(0, 'organic'), paid(1, 'google'), visit(2, 'email'), purchase(3, { touch: from('news') })]

test('where a journey has a touch of the first group, only this group counts', async () => {
  expect(await journeysFrom(log, { priority: [['google', 'bing'], ['email']] })).toEqual([
    'visitor: google => purchase',
  ])
})

test('where it has none of the first group, the next one counts', async () => {
  expect(await journeysFrom(log, { priority: [['bing'], ['email', 'news']] })).toEqual([
    'visitor: email > news => purchase',
  ])
})

test('where it has none of any group, all touches count', async () => {
  expect(await journeysFrom(log, { priority: [['bing']] })).toEqual([
    'visitor: organic > google > email > news => purchase',
  ])
})

test('a group can be of a medium, or of several fields at once', async () => {
  expect(await journeysFrom(log, { priority: [[{ medium: 'cpc' }]] })).toEqual(['visitor: google => purchase'])
  expect(await journeysFrom(log, { priority: [[{ medium: 'cpc', source: 'bing' }]] })).toHaveLength(1)
  expect(await journeysFrom(log, { priority: [[{ medium: 'cpc', source: 'bing' }]] })).toEqual([
    'visitor: organic > google > email > news => purchase',
  ])
})

test('a touch that goes before others has to be in the look-back', async () => {
  const events = [paid(0, 'google'), purchase(5, { touch: from('email') })]
  expect(await journeysFrom(events, { priority: [['google']], lookbackDays: 2 })).toEqual([
    'visitor: email => purchase',
    'visitor: google',
  ])
})

test('a touch goes before others however many came after it', async () => {
  expect(await journeysFrom(log, { priority: [['organic']], maxTouches: 1 })).toEqual(['visitor: organic => purchase'])
})

test('journeys that led to no conversion are read in the same way', async () => {
  const events = [paid(0, 'google'), visit(1, 'email')]
  expect(await journeysFrom(events, { priority: [[{ medium: 'cpc' }]] })).toEqual(['visitor: google'])
})

test('touches that others go before have not led to nothing', async () => {
  const seen = offPage(on(2.5, { name: 'ad_impression', properties: { source: 'display' } }))
  expect(await journeysFrom([...log, seen], { priority: [['google']] })).toEqual(['visitor: google => purchase'])
})
