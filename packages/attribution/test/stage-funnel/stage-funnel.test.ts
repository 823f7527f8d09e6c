import { buildJourneys, stageFunnel, stageFunnelOf } from '@jejak/attribution'
import type { StageModel, StageModelName } from '@jejak/events'
import { expect, test } from 'vitest'
import { channels, DAY, on } from '../journeys/event.ts'

const inStage = (day: number, visitor: string, stage: NonNullable<ReturnType<typeof on>['stage']>) =>
  on(day, { visitor_id: visitor, stage })

test('a stage says how many reached it, how many went on from it, and how long that took in the median', async () => {
  const { stages } = await stageFunnel([
    inStage(0, 'a', 'awareness'),
    inStage(1, 'a', 'consideration'),
    inStage(5, 'a', 'purchase'),
    inStage(0, 'b', 'awareness'),
    inStage(3, 'b', 'consideration'),
    inStage(0, 'c', 'awareness'),
    on(0, { visitor_id: 'd' }),
  ])
  expect(stages.slice(0, 3)).toEqual([
    { stage: 'awareness', reached: 3, share: 0.75, movedOn: 2, movedOnShare: 2 / 3, medianMs: 2 * DAY },
    { stage: 'consideration', reached: 2, share: 0.5, movedOn: 1, movedOnShare: 0.5, medianMs: 4 * DAY },
    { stage: 'purchase', reached: 1, share: 0.25, movedOn: 0, movedOnShare: 0, medianMs: null },
  ])
})

test('the stages are those of the model, in its order', async () => {
  const { model, unit, stages } = await stageFunnel([], { stageModel: 'six-stage' })
  expect({ model, unit }).toEqual({ model: 'six-stage', unit: 'visitor' })
  expect(stages.map(({ stage }) => stage)).toEqual([
    'awareness',
    'consideration',
    'decision',
    'purchase',
    'post-purchase',
    'loyalty',
  ])
})

test('a stage of the model is reached with the first of its canonical stages', async () => {
  const events = [inStage(0, 'a', 'consideration'), inStage(2, 'a', 'decision'), inStage(9, 'a', 'purchase')]
  const { stages } = await stageFunnel(events, { stageModel: 'five-stage' })
  expect(stages[1]).toMatchObject({ stage: 'consideration', movedOn: 1, medianMs: 2 * DAY })
})

test('who skips a stage has not reached it, and has moved on to the later one all the same', async () => {
  const { stages } = await stageFunnel([inStage(0, 'a', 'consideration'), inStage(4, 'a', 'retention')])
  expect(stages.map(({ stage, reached, movedOn, medianMs }) => [stage, reached, movedOn, medianMs])).toEqual([
    ['awareness', 0, 0, null],
    ['consideration', 1, 1, 4 * DAY],
    ['purchase', 0, 0, null],
    ['retention', 1, 0, null],
    ['advocacy', 0, 0, null],
  ])
})

test('who was in a later stage before has not moved on to it', async () => {
  const { stages } = await stageFunnel([inStage(0, 'a', 'purchase'), inStage(1, 'a', 'awareness')])
  expect(stages[0]).toMatchObject({ stage: 'awareness', reached: 1, movedOn: 0 })
})

test('a model of accounts counts accounts', async () => {
  const staff = { visitor_id: 'x', user_id: 'ann', account_id: 'acme' }
  const events = [
    on(0, { ...staff, stage: 'awareness' }),
    on(3, { ...staff, visitor_id: 'y', user_id: 'bob', stage: 'purchase' }),
    inStage(0, 'z', 'awareness'),
  ]
  const { unit, persons, stages } = await stageFunnel(events, { stageModel: 'b2b' })
  expect({ unit, persons }).toEqual({ unit: 'account', persons: 2 })
  expect(stages[0]).toMatchObject({ reached: 2, movedOn: 1, medianMs: 3 * DAY })
})

test('a shop may read the stages in its own way', async () => {
  const own: StageModel = {
    unit: 'visitor',
    stages: {
      awareness: 'before',
      consideration: 'before',
      decision: 'before',
      purchase: 'buys',
      usage: 'after',
      retention: 'after',
      advocacy: 'after',
    },
  }
  const { model, stages } = await stageFunnel([inStage(0, 'a', 'decision')], { stageModel: own })
  expect(model).toBe('own')
  expect(stages.map(({ stage, reached }) => [stage, reached])).toEqual([
    ['before', 1],
    ['buys', 0],
    ['after', 0],
  ])
})

test('what programs did is left out', async () => {
  expect((await stageFunnel([on(0, { stage: 'awareness', bot: true })])).persons).toBe(0)
})

test('journeys that were built give the same funnel without reading the events again', async () => {
  const events = [inStage(0, 'a', 'awareness'), inStage(1, 'a', 'purchase'), inStage(1, 'b', 'usage')]
  const { stages } = await buildJourneys(events, { channels })
  expect(await stageFunnel(events)).toEqual({ ...(await stageFunnelOf(stages)), bots: 0 })
})

test('a model that does not exist is refused with the names of those that do', async () => {
  await expect(stageFunnel([], { stageModel: 'aida' as StageModelName })).rejects.toThrow(
    /no model "aida"; there are five-stage, decision, six-stage, usage, b2b, canonical/,
  )
})
