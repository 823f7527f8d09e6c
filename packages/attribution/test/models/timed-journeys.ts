import { createTimedPathStore } from '@jejak/attribution'
import type { TimedPathStore } from '@jejak/attribution'
import fc from 'fast-check'

export const DAY = 86_400_000

/** One journey, or several alike, in days. */
export interface TimedRow {
  readonly touches: readonly (readonly [channel: string, day: number])[]
  readonly end: number
  readonly conversions?: number
  readonly nulls?: number
  readonly value?: number
}

export function timedStore(rows: readonly TimedRow[]): TimedPathStore {
  const store = createTimedPathStore()
  for (const { touches, end, ...outcome } of rows) {
    store.add(
      touches.map(([channel, day]) => ({ channel, time: day * DAY })),
      end * DAY,
      outcome,
    )
  }
  return store
}

export interface TrueHazard {
  readonly effect: number
  readonly halfLifeDays: number
}

/** Journeys whose touches come at random over a month, and who convert by these hazards, watched until its end. */
export function simulated(truth: Readonly<Record<string, TrueHazard>>, journeys: number, seed: number): TimedRow[] {
  const random = randomOf(seed)
  const channels = Object.keys(truth)
  return Array.from({ length: journeys }, () => {
    const touches = Array.from({ length: 1 + Math.floor(random() * 5) }, (): [string, number] => [
      channels[Math.floor(random() * channels.length)]!,
      random() * 30,
    ]).sort((a, b) => a[1] - b[1])
    // Each touch has a clock of its own, which may never ring: the hazards of clocks add up.
    const clocks = touches.map(([channel, day]) => {
      const { effect, halfLifeDays } = truth[channel]!
      const rung = 1 + Math.log(1 - random()) / effect
      return rung > 0 ? day - (Math.log(rung) / Math.LN2) * halfLifeDays : Infinity
    })
    const first = Math.min(...clocks)
    const converted = first < 30
    const end = converted ? first : 30
    return { touches: touches.filter(([, day]) => day < end), end, ...(converted ? { conversions: 1 } : { nulls: 1 }) }
  })
}

/** The log-likelihood of additive hazards as it is written in the paper, journey by journey. */
export function logLikelihoodOf(rows: readonly TimedRow[], hazards: Readonly<Record<string, TrueHazard>>): number {
  let sum = 0
  for (const { touches, end, conversions = 0, nulls = 0 } of rows) {
    let rate = 0
    let cumulated = 0
    for (const [channel, day] of touches) {
      const { effect, halfLifeDays } = hazards[channel] ?? { effect: 0, halfLifeDays: 1 }
      const decay = Math.LN2 / halfLifeDays
      const left = Math.exp(-decay * Math.max(end - day, 1 / 1_440))
      rate += effect * decay * left
      cumulated += effect * (1 - left)
    }
    if (conversions > 0) sum += conversions * Math.log(rate)
    sum -= (conversions + nulls) * cumulated
  }
  return sum
}

/** Mulberry32. */
export function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const amount = fc.integer({ min: 0, max: 4 })

/** Journeys of a few channels, some with names that trip up careless code. */
export const anyRow: fc.Arbitrary<TimedRow> = fc
  .record({
    touches: fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', '__proto__', ''), fc.integer({ min: 0, max: 400 })), {
      minLength: 1,
      maxLength: 5,
    }),
    after: fc.integer({ min: 0, max: 100 }),
    conversions: amount,
    nulls: amount,
    value: fc.integer({ min: 0, max: 1_000 }),
  })
  .map(({ touches, after, ...outcome }) => {
    const inOrder = touches
      .map(([channel, tenths]): [string, number] => [channel, tenths / 10])
      .sort((a, b) => a[1] - b[1])
    return { touches: inOrder, end: inOrder.at(-1)![1] + after / 10, ...outcome }
  })

export const anyRows: fc.Arbitrary<TimedRow[]> = fc.array(anyRow, { minLength: 1, maxLength: 12 })
