import { sampleVisitors } from '@jejak/browser/sample-visitors'
import { newEventId } from '@jejak/events'
import type { Envelope } from '@jejak/events'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { start } from './start.ts'

const of = (visitor: string): Envelope => ({ visitor_id: visitor, properties: { value: 1 } }) as unknown as Envelope

test('as many visitors are kept as were asked for, whatever their ids look like', () => {
  const ids = Array.from({ length: 20_000 }, (_, place) => [newEventId({ time: place * 60_000 }), `visitor-${place}`])
  for (const kind of [0, 1]) {
    for (const rate of [0.05, 0.5, 0.9]) {
      const kept = ids.filter(id => sampleVisitors(rate)(of(id[kind]!))).length / ids.length
      // Four standard deviations: one run in 16,000 would be further off.
      expect(Math.abs(kept - rate)).toBeLessThan(4 * Math.sqrt((rate * (1 - rate)) / ids.length))
    }
  }
})

test('a visitor is kept always or never, and who is kept at one rate is kept at every higher one', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      (id, one, other) => {
        const [low, high] = [one, other].toSorted((a, b) => a - b)
        const keeps = (rate: number): boolean => sampleVisitors(rate)(of(id)) !== undefined
        expect(keeps(low!)).toBe(keeps(low!))
        expect(keeps(high!) || !keeps(low!)).toBe(true)
      },
    ),
  )
})

test('what is kept says what part it is, what is left out is counted as filtered', async () => {
  const all = start({ beforeSend: sampleVisitors(1) })
  all.tracker.track('login', { method: 'google' })
  expect((await all.sent()).map(({ properties }) => properties)).toEqual([{ method: 'google', sample_rate: 1 }])
  const none = start({ beforeSend: sampleVisitors(1e-9) })
  none.tracker.track('login')
  expect(await none.sent()).toEqual([])
  expect(none.tracker.debug().dropped).toEqual({ filtered: 1 })
})

test.each([0, -1, 1.5, NaN, '0.1' as never])('a rate of %s is refused', rate => {
  expect(() => sampleVisitors(rate)).toThrow(/^sampleVisitors: expected a rate above 0 and at most 1, such as 0.1; got/)
})
