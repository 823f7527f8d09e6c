import { createPathStore } from '@jejak/attribution'
import { pathTableFacts } from '@jejak/attribution/report'
import type { ReportFacts } from '@jejak/attribution/report'
import { describe, expect, test } from 'vitest'
import { emptyFacts, hostileFacts, sampleFacts, tinyFacts } from './sample-facts.ts'

/** A year takes its time where many tests run at once. */
const PATIENCE_MS = 60_000

type Flow = NonNullable<ReportFacts['flow']>['forward']

/** What flows into a node and out of it, as far as it has links on that side. */
function expectConserved({ nodes, links, journeys }: Flow): void {
  for (const [at, node] of nodes.entries()) {
    for (const side of [links.filter(({ to }) => to === at), links.filter(({ from }) => from === at)]) {
      const flowing = side.reduce((all, link) => all + link.journeys, 0)
      expect(flowing).toBeLessThanOrEqual(node.journeys)
    }
  }
  for (const { journeys: all, converted } of links) expect(converted).toBeLessThanOrEqual(all)
  const first = nodes.filter(({ step }) => step === 0).reduce((all, node) => all + node.journeys, 0)
  expect(first).toBe(journeys)
}

test('A flow counts each journey once at its first step and once at its end', async () => {
  const paths = createPathStore()
  paths.add(['Search', 'Search', 'Mail'], { conversions: 2, value: 20, nulls: 1 })
  paths.add(['Mail'], { conversions: 1, value: 5, nulls: 4 })
  const { flow, totals, roles, paths: top } = await pathTableFacts(paths, { interval: false, made: 0 })
  expect(totals).toMatchObject({ journeys: 8, conversions: 3, value: 25 })
  const { nodes, links } = flow!.forward
  const sizeOf = (step: number, kind: string, key = ''): number | undefined =>
    nodes.find(node => node.step === step && node.kind === kind && node.key === key)?.journeys
  expect([sizeOf(0, 'channel', 'Search'), sizeOf(0, 'channel', 'Mail'), sizeOf(1, 'channel', 'Mail')]).toEqual([
    3, 5, 3,
  ])
  expect([
    nodes.find(({ kind }) => kind === 'converted')!.journeys,
    nodes.find(({ kind }) => kind === 'lost')!.journeys,
  ]).toEqual([3, 5])
  expect(links).toHaveLength(5)
  expect(flow!.backward.journeys).toBe(3)
  expect(roles.find(({ key }) => key === 'Search')).toMatchObject({ opened: 2, closed: 0 })
  expect(top[0]).toMatchObject({ path: ['Search', 'Search', 'Mail'], conversions: 2, conversionRate: 2 / 3 })
})

describe.each(Object.entries({ sampleFacts, tinyFacts, emptyFacts, hostileFacts }))('of %s', (_, gather) => {
  test('parts never exceed their wholes', { timeout: PATIENCE_MS }, async () => {
    const facts = await gather()
    const { totals, flow, heat, cohorts, friction, funnel, map, health, credit, stages, satisfaction } = facts
    expectConserved(flow!.forward)
    expect(flow!.forward.journeys).toBeLessThanOrEqual(totals.journeys)
    expect(flow!.backward.journeys).toBeLessThanOrEqual(totals.conversions)
    for (const row of heat!.people) {
      for (const [place, people] of row.entries()) expect(people).toBeLessThanOrEqual(map!.stages[place]!.people)
    }
    for (const { customers, bought } of cohorts?.cohorts ?? []) {
      expect(bought[0]).toBe(customers)
      for (const again of bought) expect(again ?? 0).toBeLessThanOrEqual(customers)
    }
    for (const { with: those, without } of friction!) {
      expect(those.converted).toBeLessThanOrEqual(those.people)
      expect(without.converted).toBeLessThanOrEqual(without.people)
      expect(those.people + without.people).toBeLessThanOrEqual(totals.persons)
    }
    for (const { reached, movedOn } of funnel!) expect(movedOn).toBeLessThanOrEqual(reached)
    expect(funnel!.map(({ stage }) => stage)).toEqual(stages)
    for (const { stage, people } of map!.stages) {
      const next = map!.next.filter(({ from }) => from === stage)
      expect(next.reduce((all, step) => all + step.people, 0)).toBe(people)
    }
    for (const { kind, all } of satisfaction?.surveys ?? []) {
      expect(all.interval[0], kind).toBeLessThanOrEqual(all.score)
      expect(all.interval[1], kind).toBeGreaterThanOrEqual(all.score)
    }
    expect(health!.consent.reduce((all, { events }) => all + events, 0)).toBe(totals.events)
    const { rows, uncredited } = credit[0]!
    const firstTouch = rows.reduce((all, { credits }) => all + credits[0]!.conversions, 0)
    expect(firstTouch + uncredited).toBeCloseTo(totals.conversions, 6)
    // Plain data: nothing is lost when it is written and read.
    expect(JSON.parse(JSON.stringify(facts))).toEqual(facts)
  })
})

test('The sample year has every part of a report', { timeout: PATIENCE_MS }, async () => {
  const { health, ...facts } = await sampleFacts()
  for (const part of [
    'currency',
    'flow',
    'chain',
    'map',
    'funnel',
    'heat',
    'stageCredit',
    'time',
    'lags',
    'cohorts',
    'satisfaction',
    'friction',
    'fulfilment',
    'trend',
  ] as const) {
    expect(facts[part], part).toBeDefined()
  }
  expect(health).toMatchObject({ bots: expect.any(Number) })
  expect(health!.joined).toBeGreaterThan(0)
  expect(health!.identityLost).toBeGreaterThan(0)
  expect(facts.satisfaction!.surveys).toHaveLength(4)
})
