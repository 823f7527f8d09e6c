import { buildJourneys } from '@jejak/attribution'
import type { JourneyOptions } from '@jejak/attribution'
import type { StoredEvent } from '@jejak/events'
import { describe, expect, test } from 'vitest'
import { channels, DAY, from, offPage, on, purchase, START, visit } from './event.ts'
import { journeysFrom } from './in-words.ts'

const log = [visit(0, 'a'), visit(3, 'b'), visit(6, 'c'), visit(20, 'd')]

describe('touches that led to no conversion', () => {
  test.each<[what: string, options: Omit<JourneyOptions, 'channels'>, journeys: string[]]>([
    [
      'are parted by long gaps, of the look-back if nothing is said',
      { lookbackDays: 5 },
      ['visitor: a > b > c', 'visitor: d'],
    ],
    [
      'are parted by gaps of another length',
      { nullAfterDays: 2 },
      ['visitor: a', 'visitor: b', 'visitor: c', 'visitor: d'],
    ],
    [
      'are parted by windows from the first',
      { nulls: 'window', nullAfterDays: 5 },
      ['visitor: a > b', 'visitor: c', 'visitor: d'],
    ],
    ['are left out', { nulls: 'ignore' }, []],
  ])('%s', async (_, options, journeys) => {
    expect(await journeysFrom(log, options)).toEqual(journeys)
  })

  test('are parted by a conversion', async () => {
    const view = offPage(on(0, { name: 'ad_impression', properties: { source: 'view' } }))
    const events = [view, purchase(2, { touch: from('email') }), visit(3, 'later')]
    expect(await journeysFrom(events)).toEqual(['visitor: email => purchase', 'visitor: view', 'visitor: later'])
  })
})

describe('a journey without a conversion', () => {
  const untils = async (events: readonly StoredEvent[], options: Omit<JourneyOptions, 'channels'>) => {
    const { journeys, summary } = await buildJourneys(events, { channels, ...options })
    return { days: Array.from(journeys, ({ until }) => until && (until - START) / DAY), open: summary.openJourneys }
  }

  test('lasts until the look-back of its last touch is over, or the data are', async () => {
    expect(await untils(log, { lookbackDays: 5 })).toEqual({ days: [11, 20], open: 1 })
  })

  test('is over when the data end with its look-back', async () => {
    const events = [visit(0, 'a', { visitor_id: 'v1' }), visit(5, 'b', { visitor_id: 'v2' })]
    expect(await untils(events, { lookbackDays: 5 })).toEqual({ days: [5, 5], open: 1 })
  })

  test('may still convert if one of its touches is young enough, though the last is not', async () => {
    const view = offPage(on(1, { name: 'ad_impression', properties: { source: 'view' } }))
    const events = [visit(0, 'click'), view, visit(4, 'other', { visitor_id: 'w' })]
    expect(await untils(events, { lookbackDays: { click: 10, view: 1 } })).toEqual({ days: [4, 4], open: 2 })
  })

  test('is left out where it may still convert, if that is asked for', async () => {
    expect(await journeysFrom(log, { lookbackDays: 5, openJourneys: 'leave-out' })).toEqual(['visitor: a > b > c'])
  })

  test('never ends before the data where the look-back has no end', async () => {
    expect(await untils(log, { lookbackDays: Infinity })).toEqual({ days: [20], open: 1 })
  })
})
