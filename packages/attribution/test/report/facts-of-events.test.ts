import { gatherReportFacts } from '@jejak/attribution/report'
import type { GatherOptions, ReportFacts } from '@jejak/attribution/report'
import { STAGE_OF_EVENT } from '@jejak/events'
import type { StoredEvent } from '@jejak/events'
import { expect, test } from 'vitest'
import { channels, DAY, on, START, visit } from '../journeys/event.ts'

const factsOf = async (events: readonly StoredEvent[], options: Partial<GatherOptions> = {}): Promise<ReportFacts> =>
  await gatherReportFacts(events, { channels, made: START + 100 * DAY, interval: false, ...options })

/** What `person` did on a day, in the stage that its name tells. */
const did = (person: string, day: number, name: string, properties: StoredEvent['properties'] = {}): StoredEvent =>
  on(day, { visitor_id: person, session_id: person, name, stage: STAGE_OF_EVENT[name] ?? null, properties })

/** `person` came from `source`, in the stage of awareness. */
const came = (person: string, day: number, source: string): StoredEvent =>
  visit(day, source, { visitor_id: person, session_id: person, stage: 'awareness' })

const bought = (person: string, day: number, order: string): StoredEvent =>
  did(person, day, 'purchase', { transaction_id: order, value: 10, currency: 'IDR' })

const stageOf = (facts: ReportFacts, name: string) => facts.map!.stages.find(({ stage }) => stage === name)!

const threePeople = [
  came('ann', 0, 'Search'),
  did('ann', 1, 'view_item'),
  did('ann', 3, 'add_to_cart'),
  bought('ann', 3.5, 'A'),
  came('ben', 0, 'Search'),
  did('ben', 4, 'view_item'),
  did('ben', 5, 'search'),
  came('cleo', 2, 'Social'),
]

test('The funnel counts who reached a stage, who went on and what the others did last', async () => {
  const { funnel } = await factsOf(threePeople)
  expect(funnel!.slice(0, 3)).toEqual([
    { stage: 'awareness', reached: 3, movedOn: 2, medianMs: 2.5 * DAY, instead: [{ name: '(left)', people: 1 }] },
    { stage: 'consideration', reached: 2, movedOn: 1, medianMs: 2 * DAY, instead: [{ name: 'search', people: 1 }] },
    { stage: 'purchase', reached: 1, movedOn: 0, medianMs: null, instead: [{ name: 'purchase', people: 1 }] },
  ])
})

test('The heat map counts people by the channel of their session and by stage', async () => {
  const { heat } = await factsOf(threePeople)
  expect(heat).toEqual({
    channels: ['Search', 'Social'],
    people: [
      [2, 2, 1, 0, 0],
      [1, 0, 0, 0, 0],
    ],
  })
})

test('The map says who was in a stage, what they did there and what followed', async () => {
  const facts = await factsOf(threePeople)
  expect(stageOf(facts, 'consideration')).toMatchObject({
    people: 2,
    movedOn: 1,
    touchpoints: [
      { name: 'view_item', people: 2, times: 2 },
      { name: 'search', people: 1, times: 1 },
    ],
    channels: [{ key: 'Search', people: 2 }],
  })
  expect(facts.map!.next.filter(({ from }) => from === 'awareness')).toEqual([
    { from: 'awareness', to: 'consideration', people: 2, probability: 2 / 3, medianMs: 2.5 * DAY },
    { from: 'awareness', to: null, people: 1, probability: 1 / 3, medianMs: null },
  ])
})

test('The hours of the day are those of the shop', async () => {
  // The first of January 2026 was a Thursday; midnight in UTC is seven in the morning in Jakarta.
  const hoursIn = async (timeZone: string): Promise<readonly (readonly number[])[]> =>
    (await factsOf([came('ann', 0, 'Search')], { timeZone })).map!.hours[0]!.counts
  expect((await hoursIn('UTC'))[3]![0]).toBe(1)
  expect((await hoursIn('Asia/Jakarta'))[3]![7]).toBe(1)
  expect((await hoursIn('America/New_York'))[2]![19]).toBe(1)
})

test('What the organisation did stands apart from what the customer did, in sight or not', async () => {
  const { organisation, blueprint, touchpoints } = stageOf(
    await factsOf([
      bought('ann', 0, 'A'),
      did('ann', 1, 'order_packed', { transaction_id: 'A' }),
      did('ann', 2, 'order_shipped', { transaction_id: 'A' }),
      did('ann', 3, 'view_order_tracking', { transaction_id: 'A' }),
    ]),
    'retention',
  )
  expect(organisation).toHaveLength(2)
  expect(blueprint.front).toEqual([{ name: 'order_shipped', people: 1, times: 1 }])
  expect(blueprint.back).toEqual([{ name: 'order_packed', people: 1, times: 1 }])
  expect(touchpoints).toEqual([{ name: 'view_order_tracking', people: 1, times: 1 }])
})

test('Friction is compared among those who came to a decision, and only what was met before buying counts', async () => {
  const { friction } = await factsOf([
    ...['a', 'b', 'c', 'd'].map(person => did(person, 0, 'add_to_cart')),
    did('looker', 0, 'view_item'),
    did('looker', 1, 'page_error'),
    did('a', 1, 'page_error'),
    did('b', 1, 'page_error'),
    bought('b', 2, 'B'),
    bought('c', 2, 'C'),
    did('c', 3, 'page_error'),
  ])
  expect(friction).toEqual([
    {
      name: 'page_error',
      among: 'purchase',
      with: { people: 2, converted: 1, interval: [expect.closeTo(0.0945, 3), expect.closeTo(0.9055, 3)] },
      without: { people: 2, converted: 1, interval: [expect.closeTo(0.0945, 3), expect.closeTo(0.9055, 3)] },
    },
  ])
})

test('A slow page is something that gets in the way, a fast one is not', async () => {
  const vital = (rating: string) => did('a', 1, 'web_vital', { metric: 'LCP', metric_value: 1, metric_rating: rating })
  const { friction } = await factsOf([did('a', 0, 'add_to_cart'), vital('poor'), vital('good')])
  expect(friction!.map(({ name }) => name)).toEqual(['slow LCP'])
})

test('Scores are counted as the field does', async () => {
  const answers = (kind: string, scale: number, scores: readonly number[]): StoredEvent[] =>
    scores.map((score, at) => did(`${kind}${at}`, 1, 'submit_survey', { kind, score, scale, about_stage: 'usage' }))
  const { satisfaction } = await factsOf([
    ...answers('nps', 10, [10, 9, 8, 7, 6]),
    ...answers('csat', 5, [5, 4, 3, 1]),
    ...answers('ces', 7, [5, 7]),
    came('nps0', 0, 'Search'),
  ])
  const [nps, csat, ces] = satisfaction!.surveys
  // Two promoters and one detractor of five; 2 of 4 satisfied; the mean of 5 and 7.
  expect(nps).toMatchObject({ kind: 'nps', all: { score: 20, answers: 5 } })
  expect(csat).toMatchObject({ kind: 'csat', all: { score: 50, answers: 4 } })
  expect(ces).toMatchObject({ kind: 'ces', all: { score: 6, interval: [1, 7], answers: 2 } })
  expect(nps!.byStage).toMatchObject([{ key: 'retention', score: 20, answers: 5 }])
  // Of one answer nothing is known of what others would say.
  expect(nps!.byFirstChannel).toEqual([{ key: 'Search', score: 100, interval: [-100, 100], answers: 1 }])
})

test('An answer that its scale does not have, or about a stage that is none, is no answer about it', async () => {
  const { satisfaction } = await factsOf([
    did('a', 1, 'submit_survey', { kind: 'nps', score: 11, scale: 10 }),
    did('b', 1, 'submit_survey', { kind: 'csat', score: 4, scale: 5, about_stage: 'constructor' }),
  ])
  expect(satisfaction!.surveys.map(({ kind, all }) => [kind, all.answers])).toEqual([['csat', 1]])
  expect(satisfaction!.surveys[0]!.byStage.map(({ key }) => key)).toEqual(['retention'])
})

const parcel = (person: string, day: number, order: string, promisedDay: number, from = 0): StoredEvent[] => [
  bought(person, from, order),
  did(person, from + 1, 'order_shipped', {
    transaction_id: order,
    promised_at: new Date(START + promisedDay * DAY).toISOString().slice(0, 10),
  }),
  did(person, day, 'order_delivered', { transaction_id: order }),
]

test('Parcels are late by the days after the promised one; who bought again in 90 days is counted beside, of those who had them', async () => {
  const { fulfilment } = await factsOf([
    ...parcel('a', 3.9, 'A', 3),
    ...parcel('b', 5.5, 'B', 3),
    did('b', 6, 'submit_survey', { kind: 'csat', score: 1, scale: 5, transaction_id: 'B' }),
    ...parcel('c', 3.2, 'C', 3),
    bought('c', 20, 'C2'),
    bought('d', 0, 'D'),
    did('d', 2, 'order_delivered', { transaction_id: 'D' }),
    did('e', 2, 'delivery_failed', { transaction_id: 'E' }),
    // Nobody knows yet of this one, though it was followed by another.
    ...parcel('f', 63.6, 'F', 63, 60),
    bought('f', 70, 'F2'),
    // And this one bought again too late.
    bought('b', 100, 'B2'),
  ])
  expect(fulfilment).toMatchObject({ orders: 6, delivered: 5, failed: 1, returned: 0, withoutPromise: 1 })
  expect(fulfilment!.medianDays).toBeCloseTo(3.6)
  expect(fulfilment!.byLateness).toEqual([
    { days: 0, orders: 3, boughtAgain: { among: 2, orders: 1 } },
    {
      days: 2,
      orders: 1,
      boughtAgain: { among: 1, orders: 0 },
      satisfaction: expect.objectContaining({ score: 0, answers: 1 }),
    },
  ])
})

test('Days, weeks and months are those on the clocks of the shop', async () => {
  const events = [
    // 23:00 of the 31st of January in UTC, a Saturday; in Jakarta it is six in the morning of Sunday, the 1st.
    bought('a', 30 + 23 / 24, 'A'),
    did('a', 31, 'order_shipped', { transaction_id: 'A', promised_at: '2026-02-03' }),
    // 18:00 of the 3rd in UTC, which is the 4th in Jakarta: a day late there.
    did('a', 33.75, 'order_delivered', { transaction_id: 'A' }),
    // 20:00 of Sunday in UTC, the 8th: Monday in Jakarta.
    bought('b', 38 + 20 / 24, 'B'),
  ]
  const inUtc = await factsOf(events)
  const inJakarta = await factsOf(events, { timeZone: 'Asia/Jakarta' })
  const told = ({ cohorts, fulfilment, trend }: ReportFacts) => ({
    months: cohorts!.cohorts.map(({ month }) => month),
    late: fulfilment!.byLateness.map(({ days }) => days),
    conversions: trend!.conversions,
    weeks: trend!.weeks.map(week => new Date(week).toISOString().slice(0, 10)),
  })
  expect(told(inUtc)).toEqual({
    months: ['2026-01', '2026-02'],
    late: [0],
    conversions: [1, 1],
    weeks: ['2026-01-26', '2026-02-02'],
  })
  expect(told(inJakarta)).toEqual({
    months: ['2026-02'],
    late: [1],
    conversions: [1, 0, 1],
    weeks: ['2026-01-26', '2026-02-02', '2026-02-09'],
  })
})

test('What trackers had to give up is summed by reason', async () => {
  const { health } = await factsOf([
    came('a', 0, 'Search'),
    { ...did('a', 1, 'view_item'), dropped: { overflow: 3, consent: 1 } },
    { ...did('a', 2, 'view_item'), dropped: { overflow: 4 } },
  ])
  expect(health!.dropped).toEqual({ overflow: 7, consent: 1 })
})

test('Cohorts say who bought again in which month, and leave open the month that is not over', async () => {
  const { cohorts, totals } = await factsOf([
    bought('a', 0, 'A1'),
    bought('a', 40, 'A2'),
    bought('a', 41, 'A3'),
    bought('b', 5, 'B1'),
    bought('c', 45, 'C1'),
    came('d', 65, 'Search'),
  ])
  expect(cohorts!.cohorts).toEqual([
    { month: '2026-01', customers: 2, bought: [2, 1, null] },
    { month: '2026-02', customers: 1, bought: [1, null] },
  ])
  expect(cohorts!.byPurchases.slice(0, 5)).toEqual([0, 2, 0, 1, 0])
  expect(cohorts!.medianDaysToSecond).toBe(40)
  expect(totals.repeatConversions).toBe(2)
})

test('Lags are the ages of touches when people converted', async () => {
  const { lags } = await factsOf([came('a', 0, 'Search'), visit(3, 'Mail', { visitor_id: 'a' }), bought('a', 3.5, 'A')])
  expect(lags!.map(({ key, medianDays, byDay }) => [key, medianDays, byDay.indexOf(1)])).toEqual([
    ['Mail', 0.5, 0],
    ['Search', 3.5, 3],
  ])
})

test('Where nothing was bought, the report says what was looked for', async () => {
  expect((await factsOf([came('a', 0, 'Search')])).conversion).toBe('purchase')
  const conversions = { lead: 'generate_lead', sale: 'purchase' }
  expect((await factsOf([came('a', 0, 'Search')], { conversions })).conversion).toBe('lead or sale')
})

test('The trend has every week from the first conversion to the last, Monday to Sunday', async () => {
  const { trend } = await factsOf([
    came('a', 3, 'Search'),
    bought('a', 3.9, 'A'),
    came('b', 20, 'Mail'),
    bought('b', 20.5, 'B'),
  ])
  // Day 3 is Sunday the fourth of January; its week began on the 29th of December.
  expect(trend!.weeks.map(week => new Date(week).toISOString().slice(0, 10))).toEqual([
    '2025-12-29',
    '2026-01-05',
    '2026-01-12',
    '2026-01-19',
  ])
  expect(trend!.conversions).toEqual([1, 0, 0, 1])
  expect(trend!.value).toEqual([10, 0, 0, 10])
  expect(trend!.channels).toEqual([
    { key: 'Mail', isOther: false, credit: [0, 0, 0, 1] },
    { key: 'Search', isOther: false, credit: [1, 0, 0, 0] },
  ])
  expect(trend!.isLastOpen).toBe(true)
})

test('The health of the data counts what was lost, joined, corrected and left out', async () => {
  const { health } = await factsOf(
    [
      visit(0, 'Search', { visitor_id: 'phone', user_id: 'ann', consent: 'limited' }),
      on(1, { visitor_id: 'laptop', user_id: 'ann', session_number: 4, touch: { landing: 'https://shop.example/' } }),
      on(2, { visitor_id: 'ben', corrected_time: START + 2 * DAY + 8_000, received_at: START + 2 * DAY + 10_000 }),
      on(2, { visitor_id: 'robot', bot: true }),
    ],
    { reading: () => ({ doubles: 5, badRows: 6 }) },
  )
  expect(health).toMatchObject({
    events: 3,
    consent: [
      { state: 'granted', events: 2 },
      { state: 'limited', events: 1 },
    ],
    touches: 2,
    direct: 1,
    unassigned: 0,
    bots: 1,
    doubles: 5,
    badRows: 6,
    visitors: 3,
    identityLost: 1,
    joined: 1,
  })
  expect(health!.skewSeconds!.median).toBe(0)
  expect(health!.skewSeconds!.p99).toBeCloseTo(7.84)
  expect(health!.delaySeconds!.p99).toBeCloseTo(1.96)
})

test('The facts do not depend on the order in which events are read', async () => {
  const there = await factsOf(threePeople)
  const back = await factsOf(threePeople.toReversed())
  expect({ ...back, flow: undefined }).toEqual({ ...there, flow: undefined })
})

test('The reading stops when it is told to', async () => {
  const stopping = new AbortController()
  stopping.abort(new Error('enough'))
  await expect(factsOf(threePeople, { signal: stopping.signal })).rejects.toThrow('enough')
})
