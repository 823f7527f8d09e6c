import {
  DEFAULT_STAGE_MODEL,
  EVENT_NAMES,
  EVENTS,
  JOURNEY_STAGES,
  STAGE_MODELS,
  STAGE_OF_EVENT,
  STAGE_OF_PAGE_TYPE,
  stageOf,
} from '@jejak/events'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

describe('the vocabulary', () => {
  test('has the seven canonical stages in order', () => {
    expect(JOURNEY_STAGES).toEqual([
      'awareness',
      'consideration',
      'decision',
      'purchase',
      'usage',
      'retention',
      'advocacy',
    ])
  })

  test('names every event once', () => {
    expect(new Set(EVENT_NAMES).size).toBe(EVENT_NAMES.length)
    expect([...EVENT_NAMES].sort()).toEqual(Object.keys(EVENTS).sort())
  })

  test('knows no stage for names that every object has', () => {
    expect(STAGE_OF_EVENT['constructor']).toBeUndefined()
    expect(stageOf({ name: '__proto__' })).toBeNull()
    expect(stageOf({ name: 'page_view', pageType: 'toString' })).toBe('awareness')
  })

  test('has an example with every required property for every event', () => {
    for (const [name, { required, example }] of Object.entries(EVENTS))
      expect(Object.keys(example), name).toEqual(expect.arrayContaining([...required]))
  })
})

describe('stage models', () => {
  test.each(Object.entries(STAGE_MODELS))('%s keeps the order of the canonical stages', (_, { stages }) => {
    const names = JOURNEY_STAGES.map(stage => stages[stage])
    const regrouped = [...new Set(names)].flatMap(name => names.filter(other => other === name))
    expect(regrouped).toEqual(names)
  })

  test.each([
    ['five-stage', ['awareness', 'consideration', 'purchase', 'retention', 'advocacy']],
    ['decision', ['awareness', 'consideration', 'decision', 'purchase', 'post-purchase']],
    ['six-stage', ['awareness', 'consideration', 'decision', 'purchase', 'post-purchase', 'loyalty']],
    ['usage', ['awareness', 'evaluation', 'purchase', 'usage', 'loyalty']],
    ['b2b', ['awareness', 'consideration', 'decision', 'purchase', 'post-purchase', 'loyalty']],
    ['canonical', [...JOURNEY_STAGES]],
  ] as const)('%s reads the journey as %j', (name, stages) => {
    expect([...new Set(JOURNEY_STAGES.map(stage => STAGE_MODELS[name].stages[stage]))]).toEqual(stages)
  })

  test('five-stage is the default, and b2b is read by account', () => {
    expect(DEFAULT_STAGE_MODEL).toBe('five-stage')
    expect(STAGE_MODELS.b2b.unit).toBe('account')
  })
})

describe('the stage of an event', () => {
  const rules = {
    events: { view_item: 'decision', spin_wheel: 'advocacy' },
    paths: { '/blog/*': 'awareness', '/*/size-guide': 'consideration', '/exact': 'usage' },
    pageTypes: { lookbook: 'consideration', product: 'awareness' },
  } as const

  test('is what the caller says, before anything else', () => {
    expect(stageOf({ name: 'view_item', stage: 'retention', path: '/blog/a' }, rules)).toBe('retention')
  })

  test("is the shop's rule for the event before the standard table", () => {
    expect(stageOf({ name: 'view_item' }, rules)).toBe('decision')
    expect(stageOf({ name: 'view_item' })).toBe('consideration')
  })

  test("of the shop's own event comes from its rule, then from its page, then is none", () => {
    expect(stageOf({ name: 'spin_wheel' }, rules)).toBe('advocacy')
    expect(stageOf({ name: 'play', path: '/blog/a' }, rules)).toBe('awareness')
    expect(stageOf({ name: 'play', path: '/', pageType: 'lookbook' }, rules)).toBe('consideration')
    expect(stageOf({ name: 'play', path: '/' }, rules)).toBeNull()
  })

  test('that stands in the standard table is not moved by the page it happens on', () => {
    expect(stageOf({ name: 'add_to_cart', path: '/blog/a' }, rules)).toBe('decision')
  })

  test.each([
    ['/blog/how-to', 'awareness'],
    ['/blog', 'awareness'],
    ['/id/size-guide', 'consideration'],
    ['/exact', 'usage'],
    ['/exact/more', 'awareness'],
  ] as const)('of a first page view on %s is %s by path rule', (path, stage) => {
    expect(stageOf({ name: 'page_view', path }, rules)).toBe(stage)
  })

  test("of a page view follows the shop's page types before the standard ones", () => {
    expect(stageOf({ name: 'page_view', pageType: 'product' }, rules)).toBe('awareness')
    expect(stageOf({ name: 'page_view', pageType: 'product' })).toBe('consideration')
  })

  test.each(Object.entries(STAGE_OF_PAGE_TYPE))('of a page view on a page of type %s is %s', (pageType, stage) => {
    expect(stageOf({ name: 'page_view', pageType, lastStage: 'advocacy' })).toBe(stage)
  })

  test('of a page view of unknown type is awareness at first, then the last stage', () => {
    expect(stageOf({ name: 'page_view' })).toBe('awareness')
    expect(stageOf({ name: 'page_view', lastStage: 'decision' })).toBe('decision')
  })

  test('of context such as an error is none', () => {
    expect(stageOf({ name: 'page_error', lastStage: 'decision' })).toBeNull()
  })

  test('matches path patterns as a regular expression would', () => {
    const piece = fc.constantFrom('/', 'a', 'b', '.', '*', 'ab')
    const pattern = fc.array(piece, { maxLength: 6 }).map(parts => parts.join(''))
    const path = fc.array(fc.constantFrom('/', 'a', 'b', '.'), { maxLength: 8 }).map(parts => parts.join(''))
    fc.assert(
      fc.property(pattern, path, (rule, where) => {
        const source = rule.replaceAll(/[.]/g, '\\.').replaceAll('*', '.*')
        const expected = new RegExp(`^${source}$`).test(where) ? 'usage' : null
        expect(stageOf({ name: 'own', path: where }, { paths: { [rule]: 'usage' } })).toBe(expected)
      }),
    )
  })
})
