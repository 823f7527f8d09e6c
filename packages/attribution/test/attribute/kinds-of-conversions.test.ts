import { attribute, buildJourneys, parseModel } from '@jejak/attribution'
import type { ConversionDefinitions } from '@jejak/attribution'
import type { StoredEvent } from '@jejak/events'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { channels, on, visit } from '../journeys/event.ts'

const BOTH = { purchase: 'purchase', lead: 'generate_lead' }

const models = ['linear', 'markov', 'shao-li', 'shapley:game=rate'].map(parseModel)

/** The numbers of the table of purchases. */
async function purchases(events: readonly StoredEvent[], conversions: ConversionDefinitions) {
  const { journeys } = await buildJourneys(events, { channels, conversions, lookbackDays: 5 })
  const { tables } = await attribute(journeys, { models, conversions: ['purchase'] })
  return tables.map(({ totals, models: results }) => ({
    totals,
    credits: results.map(({ credits }) => credits.map(({ key, conversions: count }) => [key, count.toFixed(9)])),
  }))
}

const names = ['page_view', 'page_view', 'purchase', 'generate_lead'] as const
const log = fc
  .array(
    fc.record({
      visitor: fc.constantFrom('ann', 'bob', 'cem'),
      day: fc.integer({ min: 0, max: 30 }),
      name: fc.constantFrom(...names),
      source: fc.constantFrom('google', 'email', 'ads'),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map(rows =>
    rows.map(({ visitor, day, name, source }, at) => {
      const own = { visitor_id: visitor, session_id: `${visitor}-${day}-${at}` }
      return name === 'page_view'
        ? visit(day, source, own)
        : on(day, { ...own, name, touch: { landing: '/', utm_source: source } })
    }),
  )

describe('the table of one kind of conversion', () => {
  test('is the same whatever other kinds are asked for', async () => {
    await fc.assert(
      fc.asyncProperty(log, async events => {
        expect(await purchases(events, BOTH)).toEqual(await purchases(events, { purchase: 'purchase' }))
      }),
      { numRuns: 200 },
    )
  })

  test('has journeys that led to another kind among those that failed', async () => {
    const events = [
      visit(0, 'ads', { visitor_id: 'ann' }),
      on(1, { visitor_id: 'ann', name: 'generate_lead', session_id: 'ann-lead' }),
      visit(0, 'email', { visitor_id: 'bob' }),
      on(1, { visitor_id: 'bob', name: 'purchase', session_id: 'bob-order' }),
    ]
    const [table] = await purchases(events, BOTH)
    expect(table?.totals).toMatchObject({ conversions: 1, nonConverting: 1 })
  })
})
