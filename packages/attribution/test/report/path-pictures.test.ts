import { expect, test } from 'vitest'
import type { FlowLink, FlowNode, PathFlow, ReportFacts } from '../../src/report/facts/report-facts.ts'
import { layOutChain } from '../../src/report/pictures/chain-layout.ts'
import { layOutFlow } from '../../src/report/pictures/flow-layout.ts'
import { factsOf } from './facts-of-paths.ts'
import type { TakenPath } from './facts-of-paths.ts'
import { PICTURES } from './pictures-of-credit-and-paths.ts'
import { render } from './rendered-picture.ts'

const {
  'path-flow': flow,
  'top-paths': top,
  'channel-roles': roles,
  'markov-graph': graph,
} = PICTURES as {
  [name: string]: (typeof PICTURES)[string]
}

const taken = (conversions: number, nulls: number, ...path: string[]): TakenPath => ({ path, conversions, nulls })
const shop = await factsOf([
  taken(40, 60, 'Email', 'Direct'),
  taken(20, 70, 'Direct'),
  taken(10, 0, 'Referral', 'Email', 'Direct'),
  taken(3, 2, 'Referral'),
])

test('the flow tells how many converted, and with what journeys began most often', () => {
  expect(render(flow!, shop)!.sentences[0]).toBe(
    'Of 205 journeys, 73 converted (36%). Most often they began with Email: 100.',
  )
})

test('the flow backward tells the last contact of the conversions', () => {
  expect(render(flow!, shop)!.sentences[1]).toBe('Of 73 conversions, the last contact was most often Direct: 70 (96%).')
})

test('every name in the flow says which part converted', () => {
  expect(render(flow!, shop)!.markup[0]).toMatch(/Email<\/text>.{0,60}>100 · 40% conv\./)
})

test('a band of fewer journeys than the minimum is hatched and its number is not told', async () => {
  const facts = await factsOf([taken(40, 60, 'Email', 'Direct'), taken(2, 1, 'Email', 'Referral')])
  const picture = render(flow!, facts)!
  const row = picture.cells[0]!.find(([, to]) => to === 'contact 2: Referral')
  expect(row!.slice(2)).toEqual(['<5', '<5'])
  expect(picture.markup[0]).toContain('stroke="url(#path-flow-0-h)"')
})

test('time runs from left to right in both directions', () => {
  for (const [of, isBackward] of [
    [shop.flow!.forward, false],
    [shop.flow!.backward, true],
  ] as const) {
    const { bands, boxes } = layOutFlow(of, isBackward, 5)
    for (const { x } of bands) expect(x[0]).toBeLessThan(x[1])
    const first = boxes.filter(({ node }) => node.step === 0)
    const others = boxes.filter(({ node }) => node.step > 0)
    for (const { x } of first) for (const other of others) expect(x < other.x).toBe(!isBackward)
  }
})

test('boxes of a column keep apart, so that their names can be read', () => {
  const { boxes } = layOutFlow(shop.flow!.forward, false, 5)
  for (const box of boxes) {
    for (const other of boxes) {
      if (box === other || box.x !== other.x || box.y > other.y) continue
      expect(other.y - (box.y + box.height)).toBeGreaterThanOrEqual(20)
    }
  }
})

test('outcomes come after all contacts, wherever the facts put them', () => {
  const node = (step: number, kind: FlowNode['kind'], journeys: number, key = ''): FlowNode => ({
    step,
    key,
    kind,
    journeys,
  })
  const link = (from: number, to: number, journeys: number, converted: number): FlowLink => ({
    from,
    to,
    journeys,
    converted,
  })
  const odd: PathFlow = {
    journeys: 30,
    nodes: [
      node(0, 'channel', 30, 'Email'),
      node(1, 'channel', 20, 'Direct'),
      node(1, 'converted', 10),
      node(1, 'lost', 20),
    ],
    links: [link(0, 1, 20, 10), link(0, 3, 10, 0), link(1, 2, 10, 10), link(1, 3, 10, 0)],
  }
  const { boxes } = layOutFlow(odd, false, 5)
  const [, direct, converted, lost] = boxes
  expect(converted!.x).toBeGreaterThan(direct!.x)
  expect(lost!.x).toBeGreaterThan(direct!.x)
})

test('paths of fewer conversions than the minimum are not listed', () => {
  const picture = render(top!, shop)!
  expect(picture.cells[0]!.map(([path]) => path)).toEqual(['Email → Direct', 'Direct', 'Referral → Email → Direct'])
  expect(picture.note).toContain('1 more is not listed')
})

test('the first path is told with its part of all conversions', () => {
  expect(render(top!, shop)!.sentences[0]).toBe(
    'The path with the most conversions is Email → Direct: 40, 55% of all. The 3 paths shown make up 96% of all conversions.',
  )
})

test('of two paths with as many conversions none is told to be the first', async () => {
  const facts = await factsOf([taken(10, 0, 'Email'), taken(10, 0, 'Direct')])
  expect(render(top!, facts)!.sentences[0]).toContain('another led to as many')
})

test('of a path of fifty contacts the beginning and the end are shown, and how many are between', async () => {
  const path = Array.from({ length: 50 }, (_, at) => `Channel ${at}`)
  const [markup] = render(top!, await factsOf([taken(10, 0, ...path)]))!.markup
  expect(markup!.match(/path-chip/g)).toHaveLength(7)
  expect(markup).toContain('… 43 more …')
})

test('who opens and who closes most is told, and told together where it is one', async () => {
  expect(render(roles!, shop)!.sentences[0]).toBe(
    'Email opened the most conversions (40); Direct closed the most (70).',
  )
  expect(render(roles!, await factsOf([taken(9, 1, 'Email')]))!.sentences[0]).toBe(
    'Email both opens the most conversions (9) and closes the most (9).',
  )
})

test('a role that fewer than the minimum had is not told', () => {
  const referral = render(roles!, shop)!.cells[0]!.find(([name]) => name === 'Referral')
  expect(referral).toEqual(['Referral', '13', '10', '<5', '<5', '13'])
})

const chain = (rows: readonly (readonly [string, string, number])[]): ReportFacts => ({
  ...shop,
  chain: { transitions: rows.map(([from, to, probability]) => ({ from, to, probability })), removalEffects: [] },
})
const ring = chain([
  ['(start)', 'Email', 0.7],
  ['(start)', 'Direct', 0.3],
  ['Email', 'Direct', 0.5],
  ['Email', '(null)', 0.5],
  ['Direct', 'Email', 0.25],
  ['Direct', '(conversion)', 0.25],
  ['Direct', '(null)', 0.5],
])

test('the chain tells where journeys begin and after what they convert', () => {
  expect(render(graph!, ring)!.sentences[0]).toBe(
    'Journeys most often begin with Email (70%). A conversion is the next step most often after Direct (25.0% of visits).',
  )
})

test('visits count every return', () => {
  const { nodes } = layOutChain(ring.chain!, 0)
  const visits = (key: string): number => nodes.find(node => node.key === key)!.visits
  // Email = 0.7 + Direct / 4, Direct = 0.3 + Email / 2.
  expect(visits('Email')).toBeCloseTo(0.775 / 0.875, 6)
  expect(visits('Direct')).toBeCloseTo(0.3 + 0.775 / 1.75, 6)
})

test('steps that fewer people than the minimum took are not drawn', () => {
  const facts = chain([
    ...ring.chain!.transitions.map(({ from, to, probability }) => [from, to, probability] as const),
    ['Direct', 'Secret', 0.001],
  ])
  expect(render(graph!, facts)!.markup[0]).not.toContain('Secret')
})

test('where journeys convert less than they end in nothing, the ways to a conversion are drawn all the same', () => {
  const many = Array.from({ length: 10 }, (_, at) => `Channel ${at}`)
  const facts = chain(
    many.flatMap(key => [
      ['(start)', key, 0.1] as const,
      [key, '(null)', 0.95] as const,
      [key, '(conversion)', 0.05] as const,
    ]),
  )
  const rows = render(graph!, { ...facts, totals: { ...facts.totals, journeys: 1e6 } })!.cells[0]!
  expect(rows.filter(([, to]) => to === 'conversion')).toHaveLength(6)
})
