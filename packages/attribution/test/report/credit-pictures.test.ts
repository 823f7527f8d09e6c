import { describe, expect, test } from 'vitest'
import type { CreditFacts, ReportFacts } from '../../src/report/facts/report-facts.ts'
import { LANGUAGES } from '../../src/report/words/language.ts'
import { factsOf, wander } from './facts-of-paths.ts'
import { PICTURES } from './pictures-of-credit-and-paths.ts'
import { render } from './rendered-picture.ts'

const {
  headline,
  'model-credit': modelCredit,
  'removal-effects': removal,
  'weekly-trend': trend,
} = PICTURES as {
  [name: string]: (typeof PICTURES)[string]
}
const CHANNELS = ['Direct', 'Organic Search', 'Paid Search', 'Email', 'Referral']
const HOSTILE = [
  'קמפיין חורף',
  '<script>alert(1)</script>',
  'x'.repeat(10_000),
  'a\u202Eb\u0000c',
  '',
  '"><b>',
  'Direct',
]

const shop = await factsOf(wander(CHANNELS, 3_000), 12)
const hostile = await factsOf(wander(HOSTILE, 2_000), 12)
const tiny = await factsOf([{ path: ['Email', 'Direct'], conversions: 3, nulls: 1 }], 3)
const one = await factsOf([{ path: ['Direct'], conversions: 30, nulls: 300 }], 6)
const none = await factsOf([{ path: ['Email', 'Direct'], conversions: 0, nulls: 40 }], 6)
const huge = await factsOf(
  wander(
    Array.from({ length: 60 }, (_, at) => `Campaign ${at}`),
    20_000,
  ),
  52,
)

/** Credit of one dimension: for each group what each model gives it. */
function creditOf(models: readonly string[], rows: Readonly<Record<string, readonly number[]>>): CreditFacts {
  return {
    by: 'channel',
    models: models.map(name => ({ name, asWritten: name, notes: [] })),
    rows: Object.entries(rows).map(([key, amounts]) => ({
      key,
      credits: amounts.map(conversions => ({ conversions, value: conversions, share: conversions / 100 })),
    })),
    uncredited: 0,
  }
}
const withCredit = (credit: CreditFacts): ReportFacts => ({ ...shop, credit: [credit] })
const sentence = (credit: CreditFacts): string => render(modelCredit!, withCredit(credit))!.sentences[0]!

describe.each(Object.keys(PICTURES))('%s', name => {
  const draw = PICTURES[name]!

  test('stands where there is nothing, one channel, no conversion, little, much and names meant to break it', () => {
    for (const facts of [tiny, one, none, huge, hostile, shop]) {
      const picture = render(draw, facts)
      for (const text of picture?.sentences ?? []) expect(text).not.toMatch(/NaN|undefined|Infinity|null/)
      for (const markup of picture?.markup ?? []) expect(markup).not.toMatch(/NaN|undefined|Infinity|\[object/)
    }
  })

  test('has no markup from names, no style, and no name longer than a line', () => {
    const markup = render(draw, hostile)!.markup.join('')
    expect(markup).not.toMatch(/<script|<b>|\sstyle=|<style|\u202E/)
    expect(markup).not.toContain('\0')
    expect(markup).not.toContain('x'.repeat(45))
  })

  test('names every id after itself, each once, and refers to none that is not there', () => {
    const picture = render(draw, shop)!
    const markup = picture.markup.join('')
    const ids = [...markup.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!)
    expect(new Set(ids).size).toBe(ids.length)
    const initials = picture.id.replace(/(\w)\w*-?/g, '$1')
    for (const id of ids) expect(id.startsWith(picture.id) || id.startsWith(`${initials}-`)).toBe(true)
    const asked = [...markup.matchAll(/(?:href="#|url\(#)([^")]+)/g)].map(([, id]) => id)
    const labels = [...markup.matchAll(/aria-labelledby="([^"]+)"/g)].flatMap(([, list]) => list!.split(' '))
    for (const id of [...asked, ...labels]) expect(ids).toContain(id)
  })

  test('speaks every language, with tables as wide as their heads', () => {
    const told = LANGUAGES.map(language => {
      const picture = render(draw, shop, language)!
      for (const { table } of picture.views) {
        for (const row of table?.rows ?? []) expect(row).toHaveLength(table!.columns.length)
      }
      return [picture.title, ...picture.sentences].join(' ')
    })
    expect(new Set(told).size).toBe(LANGUAGES.length)
  })

  test('takes no more room for sixty channels than for the few that are drawn', () => {
    for (const markup of render(draw, huge)!.markup) expect(markup.length).toBeLessThan(20_000)
  })
})

test('the headline names where the models disagree most, from the least to the most', () => {
  const credit = creditOf(['first-touch', 'last-touch'], { Email: [30, 60], Direct: [50, 45] })
  const [text] = render(headline!, withCredit(credit))!.sentences
  expect(text).toBe('The models disagree most about Email: from 30 conversions (first-touch) to 60 (last-touch).')
})

test('the headline leaves out what counted paths do not know', () => {
  const { totals } = shop
  const facts: ReportFacts = { ...shop, from: null, to: null, totals: { ...totals, persons: 0, sessions: 0, value: 0 } }
  const names = render(headline!, facts)!.cells[0]!.map(([name]) => name)
  expect(names).toEqual(['Conversions', 'Journeys that converted', 'Repeat conversions'])
})

test('the headline says so where nobody converted', () => {
  expect(render(headline!, none)!.sentences[0]).toBe(
    'There is no conversion in 40 journeys, so there is no credit to share out.',
  )
})

test('who leads is told as far as the models agree on it', () => {
  const two = ['first-touch', 'last-touch']
  expect(sentence(creditOf(two, { Email: [60, 70], Direct: [40, 30] }))).toContain(
    'Every model gives Email the most credit.',
  )
  expect(sentence(creditOf(two, { Email: [30, 80], Direct: [50, 20] }))).toContain(
    'Email has the most credit by the mean of all models; 1 of 2 put it first.',
  )
  expect(sentence(creditOf(two, { Email: [50, 50], Direct: [50, 50] }))).toContain(
    'By the mean of all models, none has more credit than Email, and at least one has as much.',
  )
  expect(sentence(creditOf(two, { Email: [50, 50] }))).toBe(
    'All credit goes to Email: nothing else was met before a conversion.',
  )
  expect(sentence(creditOf(['linear'], { Email: [60], Direct: [40] }))).toBe(
    'By linear, Email has the most credit: 60 of the credited conversions, 60%.',
  )
})

test('models that give the same are not said to disagree', () => {
  const credit = creditOf(['first-touch', 'last-touch'], { Email: [60, 60.3], Direct: [40, 39.7] })
  expect(sentence(credit)).toContain('The models hardly differ')
})

test('groups of fewer conversions than the minimum are one row, and are not named', () => {
  const credit = creditOf(['linear'], { Email: [60], Direct: [40], Secret: [4], Hidden: [3] })
  const picture = render(modelCredit!, withCredit(credit))!
  expect(picture.cells[0]).toEqual([
    ['Email', '60'],
    ['Direct', '40'],
    ['other (2)', '7'],
  ])
  expect(picture.markup[0]).not.toMatch(/Secret|Hidden/)
})

test('where every group is too small, none is drawn', () => {
  const picture = render(modelCredit!, tiny)!
  expect(picture.markup).toEqual([''])
  expect(picture.sentences[0]).toContain('too small')
})

test('every model has a mark of another shape', () => {
  const [markup] = render(modelCredit!, shop)!.markup
  const marks = [...markup!.matchAll(/class="credit-mark( hollow)?[^"]*" d="([^"]+)"/g)].map(
    mark => `${mark[1]}${mark[2]}`,
  )
  expect(marks).toHaveLength(shop.credit[0]!.models.length)
  expect(new Set(marks).size).toBe(marks.length)
})

test('a view for each dimension, to choose from', () => {
  const [channel] = shop.credit
  const facts = { ...shop, credit: [channel!, { ...channel!, by: 'campaign' }, { ...channel!, by: 'brand or not' }] }
  const picture = render(modelCredit!, facts)!
  expect(picture.views.map(({ name }) => name)).toEqual(['Channel', 'Campaign', 'brand or not'])
  expect(picture.choice).toBe('By')
})

test('many small groups together do not press the others against the edge: they are told in words', () => {
  const [markup] = render(modelCredit!, huge)!.markup
  expect(markup).toMatch(/other \(48\): [\d,.]+ to [\d,.]+/)
})

test('a removal effect is told with its interval, and as a property of the chain', () => {
  const facts: ReportFacts = {
    ...shop,
    chain: {
      transitions: [],
      removalEffects: [
        { key: 'Email', conversions: 0.2 },
        { key: 'Direct', conversions: 0.5, interval: [0.4, 0.6] },
      ],
    },
  }
  expect(render(removal!, facts)!.sentences[0]).toBe(
    'Taking Direct out of the Markov chain takes 50.0% of its conversions with it (interval 40.0% to 60.0%): the most of all channels.',
  )
})

test('an effect that is made of fewer conversions than the minimum is not shown', () => {
  const removalEffects = [
    { key: 'Direct', conversions: 0.5 },
    { key: 'Secret', conversions: 0.0001 },
  ]
  const picture = render(removal!, { ...shop, chain: { transitions: [], removalEffects } })!
  expect(picture.cells[0]!.map(([name]) => name)).toEqual(['Direct'])
  expect(picture.note).toContain('1 more is not drawn')
})

const weeks = (...conversions: number[]): ReportFacts => ({
  ...shop,
  trend: {
    weeks: conversions.map((_, week) => Date.UTC(2026, 2, 2 + 7 * week)),
    conversions,
    value: conversions.map(count => count * 10),
    model: 'markov',
    channels: [
      { key: 'Email', isOther: false, credit: conversions.map(count => count * 0.6) },
      { key: 'Direct', isOther: false, credit: conversions.map(count => count * 0.4) },
    ],
    isLastOpen: true,
  },
})

test('the best week is told, ties too, and that the last one is not over', () => {
  const best = render(trend!, weeks(20, 40, 10))!
  expect(best.sentences[0]).toBe(
    'The week from 9 Mar 2026 had the most conversions: 40. Over all weeks markov credits Email with the most: 60% of the credit.',
  )
  expect(best.note).toContain('The week from 16 Mar 2026 is not over')
  expect(render(trend!, weeks(40, 40, 10))!.sentences[0]).toContain('and another had as many')
})

test('a week of fewer conversions than the minimum is hatched, and its number is not told', () => {
  const picture = render(trend!, weeks(20, 3, 40))!
  expect(picture.cells[0]![1]).toEqual(['9 Mar 2026', '<5', '–', '<5', '<5'])
  expect(picture.markup[0]).toContain('9 Mar 2026: &lt;5')
})

test('one week is no trend', () => {
  expect(render(trend!, weeks(20))).toBeUndefined()
})

test('channels without an effect are not told to be all there is, where the others are too few to be shown', () => {
  const removalEffects = [
    { key: 'Secret', conversions: 0.0001 },
    { key: 'Direct', conversions: 0 },
  ]
  const picture = render(removal!, { ...shop, chain: { transitions: [], removalEffects } })!
  expect(picture.sentences[0]).toContain('too small to be shown')
  expect(picture.cells[0]).toEqual([])
})
