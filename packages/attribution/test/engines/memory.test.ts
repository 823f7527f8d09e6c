import { createMemoryEngine } from '@jejak/attribution'
import { expect, test } from 'vitest'
import { channels, visit } from '../journeys/event.ts'
import { testJourneyEngine } from './engine-contract.ts'

testJourneyEngine(createMemoryEngine)

test('the memory engine takes a stream of events', async () => {
  async function* events() {
    yield visit(0, 'google')
  }
  expect([...(await createMemoryEngine(events()).build({ channels })).journeys]).toHaveLength(1)
})

test('the memory engine takes a function for what a conversion is', async () => {
  const { summary } = await createMemoryEngine([visit(0, 'google')]).build({ channels, conversion: () => true })
  expect(summary.conversions).toBe(1)
})
