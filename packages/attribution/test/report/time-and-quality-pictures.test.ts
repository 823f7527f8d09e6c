import { LANGUAGES } from '@jejak/attribution/report'
import type { ReportFacts } from '@jejak/attribution/report'
import { PICTURES } from '../../src/report/pictures/all-pictures.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { render } from './rendered-picture.ts'
import { emptyFacts, hostileFacts, hugeFacts, sampleFacts, tinyFacts } from './sample-facts.ts'

// The pictures of time, of customers who come back, and of quality.

const NAMES = [
  'time-to-convert',
  'touches-to-convert',
  'lag-decay',
  'cohorts',
  'satisfaction',
  'friction',
  'fulfilment',
  'data-health',
] as const

let facts: Record<'sample' | 'tiny' | 'empty' | 'huge' | 'hostile', ReportFacts>
beforeAll(async () => {
  const [sample, tiny, empty, huge, hostile] = await Promise.all([
    sampleFacts(),
    tinyFacts(),
    emptyFacts(),
    hugeFacts(),
    hostileFacts(),
  ])
  facts = { sample, tiny, empty, huge, hostile }
}, 60_000)

describe.each(NAMES)('%s', name => {
  test('has a sentence in every language, and tables as wide as their heads', () => {
    const sentences = LANGUAGES.map(language => {
      const picture = render(PICTURES[name], facts.sample, language)!
      for (const { table, sentence } of picture.views) {
        expect(sentence.length).toBeGreaterThan(15)
        for (const row of table?.rows ?? []) expect(row).toHaveLength(table!.columns.length)
      }
      return picture.sentences.join(' ')
    })
    expect(new Set(sentences).size).toBe(LANGUAGES.length)
  })

  test('has a number for nothing that is none: no NaN, no undefined', () => {
    for (const of of Object.values(facts)) {
      const picture = render(PICTURES[name], of)
      const all = [
        ...(picture?.markup ?? []),
        ...(picture?.sentences ?? []),
        JSON.stringify(picture?.cells ?? ''),
      ].join(' ')
      expect(all).not.toMatch(/NaN|undefined|Infinity|<script/)
    }
  })

  test('is left out where nothing was collected', () => {
    expect(render(PICTURES[name], facts.empty)).toBeUndefined()
    expect(render(PICTURES[name], facts.huge)).toBeUndefined()
  })
})

test('a cohort’s cell is the share of its customers that bought in that month; months that are not over are empty', () => {
  const cohorts = {
    cohorts: [
      { month: '2026-01', customers: 40, bought: [40, 10, null] },
      { month: '2026-02', customers: 3, bought: [3, 1] },
    ],
    byPurchases: [0, 33, 10],
    medianDaysToSecond: 12,
  }
  const picture = render(PICTURES.cohorts, { ...facts.sample, cohorts })!
  expect(picture.cells[0]).toEqual([
    ['Jan 2026', '40', '25%', ''],
    ['Feb 2026', '<5', '–', ''],
  ])
  expect(picture.sentences[0]).toBe('Of 43 customers, 10 (23%) bought again so far, half of them within 12 days.')
})

test('friction is told of the widest gap, and of nobody who could be made out', () => {
  const group = (people: number, converted: number) => ({ people, converted, interval: [0, 1] as const })
  const row = (name: string, met: ReturnType<typeof group>) => ({
    name,
    among: 'decision',
    with: met,
    without: group(100, 50),
  })
  const friction = [
    row('payment_failed', group(50, 10)),
    row('page_error', group(4, 0)),
    row('rage_click', group(20, 11)),
  ]
  const { sentences, cells } = render(PICTURES.friction, { ...facts.sample, friction })!
  expect(sentences[0]).toBe(
    'The widest gap is at “Payment failed”: 20% of those who met it converted, and 50% of those who did not, among people who came to Decision.',
  )
  expect(cells[0]!.map(([name]) => name)).toEqual(['Payment failed', 'Rage click'])
})

test('bars that would all be too small are not drawn as an empty chart, but said to be', () => {
  const [lateness] = facts.sample.fulfilment!.byLateness
  const fulfilment = { ...facts.sample.fulfilment!, byLateness: [{ ...lateness!, orders: 4 }] }
  const { markup } = render(PICTURES.fulfilment, { ...facts.sample, fulfilment })!
  expect(markup[0]).toBe('<p>Every group is smaller than 5: too small to be shown.</p>')
})

test('what trackers gave up is told with its reasons, and is worth a look unless somebody wanted it so', () => {
  const lines = (dropped: object) =>
    render(PICTURES['data-health'], {
      ...facts.sample,
      health: { ...facts.sample.health!, dropped },
    })!.markup[0]!.replace(/<[^>]*>/g, '')
  expect(lines({ consent: 2, filtered: 1 })).toContain('✓ Fine. events given up by trackers: 3 (consent withdrawn 2')
  expect(lines({ overflow: 1_200, refused: 1 })).toMatch(
    /! Look at it\. events given up by trackers: 1,201 \(too many waiting 1,200, refused by the collector 1\)/,
  )
})

test('the health of the data names what is worth a look, and what to do', () => {
  const health = { ...facts.sample.health!, touches: 100, direct: 80, unassigned: 0, badRows: 2 }
  const { sentences, markup } = render(PICTURES['data-health'], { ...facts.sample, health })!
  expect(sentences[0]).toBe('Worth a look: contacts without a known origin (Direct) and rows that could not be read.')
  expect(markup[0]).toContain('Tag links in mails')
})
