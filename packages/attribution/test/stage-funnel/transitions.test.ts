import { buildJourneys } from '@jejak/attribution'
import type { JourneyOptions } from '@jejak/attribution'
import type { JourneyStage, StoredEvent } from '@jejak/events'
import { describe, expect, test } from 'vitest'
import { channels, DAY, from, offPage, on, purchase, START, visit } from '../journeys/event.ts'

const stage = (day: number, name: JourneyStage, source?: string, facts: Partial<StoredEvent> = {}) =>
  on(day, { stage: name, ...(source === undefined ? {} : { touch: from(source) }), ...facts })

/** `ann: google > email => a → b`; where it was not made, `=/>`. */
async function transitionsOf(events: readonly StoredEvent[], options: Omit<JourneyOptions, 'channels'> = {}) {
  const { transitions, summary } = await buildJourneys(events, { channels, ...options })
  const words = Array.from(transitions, ({ person, touches, conversion, transition }) => {
    const path = touches.map(touch => touch.channel).join(' > ')
    return `${person}: ${path} ${conversion ? '=>' : '=/>'} ${transition!.from} → ${transition!.to}`
  })
  return { words, summary, journeys: [...transitions] }
}

describe('a stage transition', () => {
  test('has the touches after the stage before was reached, up to its own moment', async () => {
    const { words } = await transitionsOf([
      stage(0, 'awareness', 'instagram'),
      visit(1, 'google'),
      stage(2, 'consideration', 'email'),
      stage(3, 'decision', 'ads'),
      stage(4, 'purchase', 'news'),
    ])
    expect(words).toEqual([
      'visitor: google > email => awareness → consideration',
      'visitor: ads => consideration → decision',
      'visitor: news => decision → purchase',
    ])
  })

  test('has the touch of its session where there was none since the stage before', async () => {
    const session = { session_id: 's' }
    const events = [
      stage(0, 'awareness', 'instagram', session),
      stage(0.1, 'consideration', undefined, { ...session, sequence: 2 }),
    ]
    expect((await transitionsOf(events)).words).toEqual(['visitor: instagram => awareness → consideration'])
  })

  test('has the contact that its session only continued, or Direct where this is too old', async () => {
    const told = (day: number) => [
      stage(0, 'awareness', 'instagram'),
      offPage(stage(day, 'decision', undefined, { sequence: 0 })),
    ]
    expect((await transitionsOf(told(5))).words).toEqual(['visitor: instagram => awareness → decision'])
    expect((await transitionsOf(told(500))).words).toEqual(['visitor: Direct => awareness → decision'])
  })

  test('passes over stages that were skipped, and is not made to an earlier one', async () => {
    const events = [stage(0, 'consideration', 'a'), stage(1, 'awareness', 'b'), stage(2, 'usage', 'c')]
    expect((await transitionsOf(events)).words).toEqual(['visitor: b > c => consideration → usage'])
  })

  test('is one of the stages of the model that was asked for', async () => {
    const events = [
      stage(0, 'awareness', 'a'),
      stage(1, 'decision', 'b'),
      stage(2, 'purchase', 'c'),
      stage(3, 'usage', 'd'),
    ]
    expect((await transitionsOf(events, { stageModel: 'five-stage' })).words).toEqual([
      'visitor: b => awareness → purchase',
      'visitor: c > d => purchase → retention',
    ])
  })

  test('is in the look-back only', async () => {
    const events = [stage(0, 'awareness', 'a'), visit(1, 'old'), visit(99, 'new'), stage(100, 'purchase', 'b')]
    expect((await transitionsOf(events, { lookbackDays: 10 })).words).toEqual([
      'visitor: new > b => awareness → purchase',
    ])
  })

  test('is a conversion without a value, whose name says it', async () => {
    const { journeys } = await transitionsOf([stage(0, 'awareness', 'a'), stage(1, 'purchase', 'b')])
    expect(journeys[0]).toMatchObject({
      conversion: {
        name: 'awareness → purchase',
        time: START + DAY,
        value: 0,
        transition: { from: 'awareness', to: 'purchase' },
      },
      transition: { from: 'awareness', to: 'purchase' },
      reached: { awareness: START, purchase: START + DAY },
    })
  })
})

describe('somebody who stays at a stage', () => {
  const gone = [stage(0, 'awareness', 'x', { visitor_id: 'gone' }), stage(1, 'decision', 'y', { visitor_id: 'gone' })]

  test('has a journey to nothing for each transition that others made from there', async () => {
    const other = [stage(0, 'awareness', 'x', { visitor_id: 'w' }), stage(1, 'consideration', 'y', { visitor_id: 'w' })]
    const stays = [stage(0, 'awareness', 'a', { visitor_id: 'stays' }), visit(1, 'b', { visitor_id: 'stays' })]
    const { words } = await transitionsOf([...gone, ...other, ...stays])
    expect(words).toEqual([
      'gone: y => awareness → decision',
      'stays: b =/> awareness → consideration',
      'stays: b =/> awareness → decision',
      'w: y => awareness → consideration',
    ])
  })

  test('has the touch of the session that brought the stage where no other came after', async () => {
    const { words } = await transitionsOf([...gone, stage(0, 'awareness', 'a', { visitor_id: 'stays' })])
    expect(words).toContain('stays: a =/> awareness → decision')
  })

  test('was watched until the look-back was over, or the data were', async () => {
    const stays = [stage(0, 'awareness', 'a', { visitor_id: 'stays' }), visit(9, 'b', { visitor_id: 'gone' })]
    const { journeys } = await transitionsOf([...gone, ...stays], { lookbackDays: 5 })
    expect(journeys.filter(({ conversion }) => !conversion).map(({ until }) => until)).toEqual([START + 5 * DAY])
  })

  test('has none where journeys to nothing are ignored, or may still go on and these are left out', async () => {
    const log = [...gone, stage(0, 'awareness', 'a', { visitor_id: 'stays' })]
    expect((await transitionsOf(log, { nulls: 'ignore' })).words).toEqual(['gone: y => awareness → decision'])
    expect((await transitionsOf(log, { openJourneys: 'leave-out' })).words).toEqual(['gone: y => awareness → decision'])
  })
})

describe('after the first purchase', () => {
  const bought = (day: number, order: string, source: string) =>
    purchase(day, { touch: from(source), properties: { transaction_id: order } })

  test('another order is a transition, and the same one again is not', async () => {
    const log = [
      bought(0, 'T-1', 'a'),
      bought(1, 'T-1', 'b'),
      visit(2, 'c'),
      bought(3, 'T-2', 'd'),
      bought(4, 'T-3', 'e'),
    ]
    expect((await transitionsOf(log)).words).toEqual(['visitor: b > c > d => purchase → second purchase'])
  })

  test('a review is one, whatever came between', async () => {
    const log = [
      bought(0, 'T-1', 'a'),
      stage(1, 'usage', 'b'),
      stage(2, 'advocacy', 'c', { name: 'submit_review', properties: { transaction_id: 'T-1' } }),
    ]
    expect((await transitionsOf(log)).words).toEqual([
      'visitor: b => purchase → usage',
      'visitor: c => usage → advocacy',
      'visitor: b > c => purchase → review',
    ])
  })

  test('who bought once only has not made it', async () => {
    const twice = [bought(0, 'T-1', 'a'), bought(1, 'T-2', 'b')]
    const once = purchase(0, { touch: from('x'), visitor_id: 'w', properties: { transaction_id: 'T-9' } })
    expect((await transitionsOf([...twice, once])).words).toEqual([
      'visitor: b => purchase → second purchase',
      'w: x =/> purchase → second purchase',
    ])
  })
})

test('transitions are counted in the order of the stages, those of orders last', async () => {
  const log = ['v', 'w'].flatMap(visitor_id => [
    stage(0, 'awareness', 'a', { visitor_id }),
    stage(1, 'decision', 'b', { visitor_id }),
    purchase(2, { visitor_id }),
    purchase(3, { visitor_id }),
  ])
  const { summary, journeys } = await transitionsOf([
    ...log,
    stage(1, 'consideration', 'c', { visitor_id: 'x' }),
    stage(2, 'decision', 'c', { visitor_id: 'x' }),
  ])
  expect(summary.transitions).toEqual([
    { name: 'awareness → decision', from: 'awareness', to: 'decision', count: 2 },
    { name: 'consideration → decision', from: 'consideration', to: 'decision', count: 1 },
    { name: 'decision → purchase', from: 'decision', to: 'purchase', count: 2 },
    { name: 'purchase → second purchase', from: 'purchase', to: 'second purchase', count: 2 },
  ])
  for (const { name, count } of summary.transitions) {
    expect(journeys.filter(({ conversion }) => conversion?.name === name)).toHaveLength(count)
  }
})
