import { expect, test } from 'vitest'
import type { ReportFacts, StageOnMap } from '../../src/report/facts/report-facts.ts'
import { drawJourneyMap } from '../../src/report/pictures/journey-map.tsx'
import { eventName, stageName } from '../../src/report/words/event-words.ts'
import { LANGUAGES } from '../../src/report/words/language.ts'
import { render } from './rendered-picture.ts'
import { emptyFacts, hostileFacts, sampleFacts, tinyFacts } from './sample-facts.ts'

const shop = await sampleFacts()

function withStages(change: (stage: StageOnMap, place: number) => Partial<StageOnMap>): ReportFacts {
  const map = shop.map!
  return {
    ...shop,
    map: { ...map, stages: map.stages.map((stage, place) => ({ ...stage, ...change(stage, place) })) },
  }
}

const feeling = (mean: number, answers: number): Partial<StageOnMap> => ({
  feeling: { mean, interval: [mean - 0.2, mean + 0.2], answers },
})

test('the map is read in four ways, each with a sentence and a table', () => {
  const map = render(drawJourneyMap, shop)!
  expect(map.views.map(({ name }) => name)).toEqual([
    'As it is',
    'Day in the life',
    'What comes next',
    'Service blueprint',
  ])
  for (const [place, cells] of map.cells.entries()) {
    expect(map.sentences[place]).toMatch(/\.$/)
    expect(cells.length).toBeGreaterThan(0)
    for (const row of cells) expect(row).toHaveLength(map.views[place]!.table!.columns.length)
  }
})

test('where nobody was in any stage there is no map', async () => {
  expect(
    render(
      drawJourneyMap,
      withStages(() => ({ people: 0 })),
    ),
  ).toBeUndefined()
  const { map: _, ...withoutMap } = await emptyFacts()
  expect(render(drawJourneyMap, withoutMap)).toBeUndefined()
})

test('the curve of feelings is broken where nobody answered', () => {
  const pieces = (of: readonly boolean[]): number => {
    const facts = withStages((_, place) => (of[place] ? feeling(1, 50) : { feeling: undefined! }))
    const [, line] = /class="map-line" d="([^"]*)"/.exec(render(drawJourneyMap, facts)!.markup[0]!)!
    return line!.split('M').length - 1
  }
  expect(pieces([true, true, true, true, true])).toBe(1)
  expect(pieces([true, true, false, true, true])).toBe(2)
})

test('feelings that fewer told than the minimum are not shown', () => {
  const map = render(
    drawJourneyMap,
    withStages(() => feeling(1.7, 4)),
  )!
  expect(map.markup[0]).not.toContain('+1.7')
  expect(JSON.stringify([map.cells[0], map.sentences[0]])).not.toContain('1.7')
})

test('who did not go on is not told where that tells of few people', () => {
  const map = render(
    drawJourneyMap,
    withStages(stage => ({ movedOn: stage.people - 3 })),
  )!
  expect(map.cells[0]!.slice(0, -1).map(row => row[4])).toEqual(['–', '–', '–', '–'])
  expect(map.sentences[0]).not.toContain('no further')
})

test('hours with fewer events than the minimum have no shade and no number', () => {
  const facts = {
    ...shop,
    map: {
      ...shop.map!,
      hours: [{ stage: 'awareness', counts: shop.map!.hours[0]!.counts.map(row => row.map(() => 2)) }],
    },
  }
  const map = render(drawJourneyMap, facts)!
  expect(map.markup[1]).not.toContain('map-shade-1')
  expect(new Set(map.cells[1]!.flatMap(row => row.slice(2)))).toEqual(new Set(['<5']))
})

test('names from the data cannot become markup, and nothing is styled inline', async () => {
  for (const facts of [shop, await hostileFacts(), await tinyFacts()]) {
    for (const language of LANGUAGES) {
      const { markup } = render(drawJourneyMap, facts, language)!
      expect(markup.join('')).not.toMatch(/<script|style=|NaN|undefined|x{100}/)
    }
  }
})

test('the four readings of a normal shop take less than 40 kB', () => {
  expect(render(drawJourneyMap, shop)!.markup.join('').length).toBeLessThan(40_000)
})

test('standard events and stages are named in both languages; others by their own name', () => {
  expect(eventName('add_to_cart', 'en')).toBe('Added to cart')
  expect(eventName('add_to_cart', 'id')).toBe('Masuk keranjang')
  expect(eventName('slow LCP', 'en')).toBe('Slow page (LCP)')
  expect(eventName('my_own_event', 'id')).toBe('my own event')
  expect(eventName('constructor', 'en')).toBe('constructor')
  expect(stageName('purchase', 'id')).toBe('Pembelian')
})
