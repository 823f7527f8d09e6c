import { expect, test } from 'vitest'
import { drawStageCredit } from '../../src/report/pictures/stage-credit.tsx'
import { drawStageFunnel } from '../../src/report/pictures/stage-funnel.tsx'
import { drawStageHeat } from '../../src/report/pictures/stage-heat.tsx'
import { LANGUAGES } from '../../src/report/words/language.ts'
import { render } from './rendered-picture.ts'
import { hostileFacts, hugeFacts, sampleFacts, tinyFacts } from './sample-facts.ts'

const shop = await sampleFacts()
const step = {
  stage: 'awareness',
  reached: 100,
  movedOn: 40,
  medianMs: 60_000,
  instead: [{ name: 'search', people: 30 }],
}
const last = { stage: 'purchase', reached: 40, movedOn: 0, medianMs: null, instead: [] }

test('the funnel says where the largest share stopped and what they did last', () => {
  const { sentences } = render(drawStageFunnel, { ...shop, funnel: [step, last] })!
  expect(sentences[0]).toBe(
    'The largest share went no further in Awareness: 60% of 100. What they most often did last: Searched (30).',
  )
})

test('the funnel tells neither who went on nor who did not where either are few', () => {
  const { cells, sentences } = render(drawStageFunnel, { ...shop, funnel: [{ ...step, movedOn: 97 }, last] })!
  expect(cells[0]![0]!.slice(2, 5)).toEqual(['–', '–', '–'])
  expect(sentences[0]).toBe('Nobody has yet been seen to stop at a stage before the last.')
})

test('cells of few people have no shade and no number', () => {
  const facts = { ...shop, stages: ['awareness', 'purchase'], heat: { channels: ['Email'], people: [[4, 50]] } }
  const { markup } = render(drawStageHeat, facts)!
  expect(markup[0]).toContain('<td class="stage-shade-0">&lt;5</td><td class="stage-shade-6">50</td>')
})

test('each column of stage attribution adds up to the transitions seen, under every model that is shown', () => {
  const { transitions, models } = shop.stageCredit!
  const { markup, views } = render(drawStageCredit, shop)!
  expect(views).toHaveLength(4)
  for (const { name } of views) expect(models).toContain(name)
  for (const table of markup) {
    const rows = table.split('<tr>').map(row => Array.from(row.matchAll(/<td>([^<]*)</g), ([, cell]) => cell!))
    const numbers = rows.filter(row => row.length > 0).map(row => row.map(cell => Number(cell.replaceAll(',', ''))))
    for (const [place, { transitions: seen }] of transitions.entries()) {
      const column = numbers.map(row => row[place]!)
      expect(column.at(-1)).toBe(seen)
      const sum = column.slice(0, -1).reduce((all, count) => all + count, 0)
      // Each cell is rounded to a tenth.
      expect(Math.abs(sum - seen)).toBeLessThan(0.05 * column.length)
    }
  }
})

test('where there is nothing of stages there is no picture of them', () => {
  const { funnel: _, heat: __, stageCredit: ___, ...rest } = shop
  for (const draw of [drawStageFunnel, drawStageHeat, drawStageCredit]) expect(render(draw, rest)).toBeUndefined()
})

test('names from the data cannot become markup, and nothing is styled inline', async () => {
  for (const facts of [shop, await hostileFacts(), await hugeFacts(), await tinyFacts()]) {
    for (const draw of [drawStageFunnel, drawStageHeat, drawStageCredit]) {
      for (const language of LANGUAGES) {
        const markup = render(draw, facts, language)?.markup.join('') ?? ''
        expect(markup).not.toMatch(/<script|style=|NaN|undefined|x{100}/)
      }
    }
  }
})
