import { buildJourneys } from '@jejak/attribution'
import type { WorkProgress } from '@jejak/attribution'
import { expect, test } from 'vitest'
import { channels, visit } from './event.ts'

const log = Array.from({ length: 20_000 }, (_, number) => visit(number / 1_000, 'google', { visitor_id: `v${number}` }))

test('building says how far it is, from the beginning to the end of each piece of work', async () => {
  const told: WorkProgress[] = []
  await buildJourneys(log, { channels, onProgress: progress => told.push(progress) })
  const labels = new Set(told.map(({ label }) => label))
  expect([...labels]).toEqual(['reading events', 'finding contacts', 'counting journeys'])
  for (const label of labels) {
    const own = told.filter(progress => progress.label === label)
    expect(own.length).toBeGreaterThan(2)
    expect(own[0]).toEqual({ label, done: 0, total: 20_000 })
    expect(own.at(-1)).toEqual({ label, done: 20_000, total: 20_000 })
  }
})

test('building can be ended before it begins and while it runs', async () => {
  const reason = new Error('enough')
  await expect(buildJourneys(log, { channels, signal: AbortSignal.abort(reason) })).rejects.toBe(reason)

  const end = new AbortController()
  const built = buildJourneys(log, {
    channels,
    signal: end.signal,
    onProgress: ({ done }) => {
      if (done > 0) end.abort(reason)
    },
  })
  await expect(built).rejects.toBe(reason)
})

test('others have their turn while journeys are built, and can end it', async () => {
  const end = new AbortController()
  setImmediate(() => end.abort(new Error('by another')))
  await expect(buildJourneys(log, { channels, signal: end.signal })).rejects.toThrow('by another')
})

test('looping over journeys ends with the signal too', async () => {
  const end = new AbortController()
  const { journeys, transitions } = await buildJourneys(log, { channels, signal: end.signal })
  end.abort(new Error('enough'))
  expect(() => [...journeys]).toThrow('enough')
  expect(() => [...transitions]).toThrow('enough')
})
