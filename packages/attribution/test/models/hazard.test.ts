import { MODELS, parseModel, withCounts } from '@jejak/attribution'
import type { TimedAttribution, TimedModel } from '@jejak/attribution'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hazard } from '../../src/models/hazard.ts'
import type { TimedPaths } from '../../src/paths/timed-paths.ts'
import { expectClose } from './close-to.ts'
import { anyRows, DAY, logLikelihoodOf, simulated, timedStore } from './timed-journeys.ts'
import type { TimedRow, TrueHazard } from './timed-journeys.ts'

type Amount = 'conversions' | 'value'

function creditsOf({ credits }: TimedAttribution, amount: Amount = 'conversions'): Record<string, number> {
  return Object.fromEntries(Array.from(credits, credit => [`channel ${credit.key}`, credit[amount]]))
}

function learnedOf({ learned = [] }: TimedAttribution): Record<string, TrueHazard> {
  const hazards = learned.map(({ key, values }): [string, TrueHazard] => [
    key,
    { effect: values.effect!, halfLifeDays: values.half_life_days ?? 1 },
  ])
  return Object.fromEntries(hazards)
}

async function attributed(rows: readonly TimedRow[], model: TimedModel = hazard()): Promise<TimedAttribution> {
  return model.attribute(timedStore(rows))
}

describe('what it learns', () => {
  test('is, with a given half-life and one channel, conversions over the part of its effect that each touch has had', async () => {
    // One day after a touch with a half-life of a day, half of its effect is over; after two days three quarters are.
    const rows: TimedRow[] = [
      { touches: [['a', 0]], end: 1, conversions: 1 },
      { touches: [['a', 5]], end: 7, nulls: 2 },
    ]
    const { effect, halfLifeDays } = learnedOf(await attributed(rows, hazard({ halfLifeDays: 1 }))).a!
    expect(effect).toBeCloseTo(1 / (0.5 + 2 * 0.75), 12)
    expect(halfLifeDays).toBeCloseTo(1, 12)
  })

  test('are the effects and half-lives that journeys were made with, within four standard errors', async () => {
    const truth = {
      search: { effect: 0.3, halfLifeDays: 0.5 },
      email: { effect: 0.1, halfLifeDays: 2 },
      video: { effect: 0.2, halfLifeDays: 8 },
    }
    const rows = simulated(truth, 10_000, 20_140_912)
    const result = await attributed(rows)
    expect(result.notes).toEqual([])
    const learned = learnedOf(result)

    // Standard errors from the curvature of the log-likelihood, in the logarithms of all six.
    const names = ['search', 'email', 'video'] as const
    const logs = (hazards: Record<string, TrueHazard>) =>
      names.flatMap(name => [Math.log(hazards[name]!.effect), Math.log(hazards[name]!.halfLifeDays)])
    const at = (point: readonly number[]) =>
      logLikelihoodOf(
        rows,
        Object.fromEntries(
          names.map((name, nth) => [
            name,
            { effect: Math.exp(point[2 * nth]!), halfLifeDays: Math.exp(point[2 * nth + 1]!) },
          ]),
        ),
      )
    const best = logs(learned)
    const { slope, curvature } = derivativesOf(at, best, 1e-3)
    const covariance = inverseOf(curvature.map(line => line.map(number => -number)))
    for (const [nth, expected] of logs(truth).entries()) {
      const error = Math.sqrt(covariance[nth]![nth]!)
      expect(error).toBeLessThan(0.15)
      expect(Math.abs(best[nth]! - expected), `parameter ${nth}`).toBeLessThan(4 * error)
      // It is the top: the slope is that of a step much smaller than the error.
      expect(Math.abs(slope[nth]! * error)).toBeLessThan(1e-4)
    }
  })

  test('is never less likely after one more look', async () => {
    await fc.assert(
      fc.asyncProperty(anyRows, async rows => {
        let before = -Infinity
        for (let looks = 1; looks <= 12; looks++) {
          const now = logLikelihoodOf(rows, learnedOf(await attributed(rows, hazard({ maxIterations: looks }))))
          if (rows.some(({ conversions = 0 }) => conversions > 0)) {
            expect(now).toBeGreaterThanOrEqual(before - 1e-9 * Math.max(1, Math.abs(before)))
          }
          before = now
        }
      }),
    )
  })

  test('of a channel that no conversion followed is no effect', async () => {
    const result = await attributed([
      { touches: [['a', 0]], end: 1, conversions: 1 },
      { touches: [['b', 0]], end: 1, nulls: 1 },
    ])
    expect(result.learned?.find(({ key }) => key === 'b')?.values).toEqual({ effect: 0 })
  })

  test('stays finite where a channel is touched only in the very moment of conversions, and says so', async () => {
    const result = await attributed([{ touches: [['a', 3]], end: 3, conversions: 5 }])
    const { effect, halfLifeDays } = learnedOf(result).a!
    expect(halfLifeDays * 1_440).toBeCloseTo(1, 9)
    expect(effect).toBeCloseTo(2, 9)
    expect(result.notes).toEqual([expect.stringContaining('(1 minute to 365 days), where the data say no more of them: a.')])
  })

  test('is taken as rough where it was not given enough looks', async () => {
    const rows = simulated({ a: { effect: 0.3, halfLifeDays: 1 }, b: { effect: 0.1, halfLifeDays: 4 } }, 300, 1)
    expect((await attributed(rows, hazard({ maxIterations: 3 }))).notes).toEqual([
      expect.stringContaining('After 3 iterations'),
    ])
  })

  test('looks too great where nobody was watched after the last touch, which is said', async () => {
    const rows: TimedRow[] = [
      { touches: [['a', 0]], end: 1, conversions: 1 },
      { touches: [['a', 0]], end: 0, nulls: 9 },
    ]
    expect((await attributed(rows, hazard({ halfLifeDays: 1 }))).notes).toEqual([
      expect.stringContaining('No journey without a conversion was watched beyond its last touch'),
    ])
  })
})

describe('credit', () => {
  test('is the share of each touch in the rate of converting, worked out by hand', async () => {
    // Same half-life, and each channel alone as often: both have the effect 2, so only the fading differs.
    const rows: TimedRow[] = [
      { touches: [['a', 0]], end: 1, conversions: 1, value: 10 },
      { touches: [['b', 0]], end: 1, conversions: 1, value: 20 },
    ]
    const result = await attributed(rows, hazard({ halfLifeDays: 1 }))
    expect(learnedOf(result)).toEqual({
      a: { effect: expect.closeTo(2, 9), halfLifeDays: expect.closeTo(1, 9) },
      b: { effect: expect.closeTo(2, 9), halfLifeDays: expect.closeTo(1, 9) },
    })
    const weights = result.weigh!(
      [
        { channel: 'a', time: 0 },
        { channel: 'b', time: 2 * DAY },
      ],
      { end: 3 * DAY, reached: {} },
    )
    expect(weights).toEqual([expect.closeTo(0.2, 9), expect.closeTo(0.8, 9)])
  })

  test('of a channel is what its touches get in all journeys together', async () => {
    await fc.assert(
      fc.asyncProperty(anyRows, async rows => {
        const result = await attributed(rows)
        const learned = learnedOf(result)
        for (const amount of ['conversions', 'value'] as const) {
          const expected: Record<string, number> = {}
          for (const row of rows) {
            const rates = row.touches.map(([channel, day]) => {
              const { effect, halfLifeDays } = learned[channel]!
              const halved = effect / halfLifeDays
              return halved * 2 ** (-Math.max(row.end - day, 1 / 1_440) / halfLifeDays)
            })
            const sum = rates.reduce((total, rate) => total + rate, 0)
            if (!(sum > 1e-250)) return
            for (const [at, [channel]] of row.touches.entries()) {
              const key = `channel ${channel}`
              expected[key] = (expected[key] ?? 0) + ((row[amount] ?? 0) * rates[at]!) / sum
            }
          }
          expectClose(creditsOf(result, amount), expected)
        }
      }),
    )
  })

  test('is shared by touches so long ago that their rates are too small for a number', async () => {
    const result = await attributed(
      [
        { touches: [['a', 99_999], ['a', 100_000]], end: 100_001, conversions: 1 },
        { touches: [['a', 1], ['b', 2]], end: 90_000, conversions: 1 },
      ],
      hazard({ halfLifeDays: 1 }),
    )
    const weights = result.weigh!(
      [
        { channel: 'a', time: 1 * DAY },
        { channel: 'a', time: 2 * DAY },
      ],
      { end: 90_000 * DAY, reached: {} },
    )
    expect(weights).toEqual([expect.closeTo(1 / 3, 9), expect.closeTo(2 / 3, 9)])
    expect(result.notes).toEqual([])
  })

  test('goes to the last touch before the end where no touch has an effect', async () => {
    const { weigh } = await attributed([{ touches: [['a', 0]], end: 1, conversions: 1 }])
    const touches = [0, 1, 9].map(day => ({ channel: 'new', time: day * DAY }))
    expect(weigh!(touches, { end: 2 * DAY, reached: {} })).toEqual([0, 1, 0])
  })

  test('of a refund is taken from those who got the sale', async () => {
    const rows: TimedRow[] = [
      { touches: [['a', 0], ['b', 1]], end: 2, conversions: 1, value: 30 },
      { touches: [['a', 0]], end: 3, nulls: 1 },
    ]
    const sale = await attributed(rows)
    const refunded = await attributed([...rows, { ...rows[0]!, conversions: -1, value: -30 }])
    expect(learnedOf(refunded)).toEqual(learnedOf(sale))
    expectClose(creditsOf(refunded), { 'channel a': 0, 'channel b': 0 })
    expectClose(creditsOf(refunded, 'value'), { 'channel a': 0, 'channel b': 0 })
  })
})

describe('score', () => {
  const rows = simulated({ a: { effect: 0.5, halfLifeDays: 1 }, b: { effect: 0.2, halfLifeDays: 5 } }, 400, 3)
  const touches = [
    { channel: 'a', time: 0 },
    { channel: 'unknown', time: DAY },
    { channel: 'b', time: 2 * DAY },
  ]

  test('is 1 - exp(-hazards added up over the time asked for)', async () => {
    const result = await attributed(rows)
    const { a, b } = learnedOf(result)
    const rateAt = (day: number) => {
      const of = ({ effect, halfLifeDays }: TrueHazard, age: number) =>
        age < 0 ? 0 : effect * (Math.LN2 / halfLifeDays) * 2 ** (-age / halfLifeDays)
      return of(a!, day) + of(b!, day - 2)
    }
    const steps = 100_000
    let sum = 0
    for (let step = 0; step < steps; step++) sum += rateAt(1 + (6 * (step + 0.5)) / steps) * (6 / steps)
    expect(result.score!(touches, DAY, 7 * DAY)).toBeCloseTo(1 - Math.exp(-sum), 5)
  })

  test('grows with the time and is 0 for none', async () => {
    const { score } = await attributed(rows)
    const day = [2, 3, 10, Infinity].map(until => score!(touches, 2 * DAY, until * DAY))
    expect(day[0]).toBe(0)
    expect(day).toEqual(day.toSorted((x, y) => x - y))
    expect(day[3]).toBeLessThan(1)
  })
})

describe('laws', () => {
  const holds = (law: (rows: TimedRow[]) => Promise<void>) => fc.assert(fc.asyncProperty(anyRows, law))

  test('credits sum to what there was to share', () =>
    holds(async rows => {
      const store = timedStore(rows)
      const result = await hazard().attribute(store)
      for (const amount of ['conversions', 'value'] as const) {
        const sum = Object.values(creditsOf(result, amount)).reduce((total, credit) => total + credit, 0)
        expectClose({ sum }, { sum: store.totals[amount] })
      }
    }))

  test('the order of journeys changes nothing', () =>
    holds(async rows => {
      expectClose(creditsOf(await attributed(rows.toReversed())), creditsOf(await attributed(rows)))
    }))

  test('a journey counted three times is three journeys', () =>
    holds(async rows => {
      const tripled = rows.map(({ touches, end, conversions = 0, nulls = 0, value = 0 }) => ({
        touches,
        end,
        conversions: 3 * conversions,
        nulls: 3 * nulls,
        value: 3 * value,
      }))
      expectClose(creditsOf(await attributed([...rows, ...rows, ...rows])), creditsOf(await attributed(tripled)))
    }))

  test('other names change nothing but the names', () =>
    holds(async rows => {
      const renamed = (name: string) => `${-name.length}${[...name].toReversed().join('')}!`
      const others = rows.map(row => ({
        ...row,
        touches: row.touches.map(([channel, day]) => [renamed(channel), day] as const),
      }))
      const credits = await attributed(rows)
      expectClose(
        creditsOf(await attributed(others)),
        Object.fromEntries(Array.from(credits.credits, ({ key, conversions }) => [`channel ${renamed(key)}`, conversions])),
      )
    }))

  test('value has no say in what is learned and scales by itself', () =>
    holds(async rows => {
      const richer = await attributed(rows.map(row => ({ ...row, value: 7 * (row.value ?? 0) })))
      const result = await attributed(rows)
      expect(creditsOf(richer)).toEqual(creditsOf(result))
      const scaled = Object.entries(creditsOf(result, 'value')).map(([key, value]) => [key, 7 * value])
      expectClose(creditsOf(richer, 'value'), Object.fromEntries(scaled))
    }))

  test('fractional and negative amounts neither break it nor get lost', () =>
    fc.assert(
      fc.asyncProperty(anyRows, fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 12 }), async (rows, by) => {
        const store = timedStore(
          rows.map((row, at) => ({ ...row, conversions: by[at % by.length]!, nulls: by[(at + 5) % by.length]! })),
        )
        const credits = creditsOf(await hazard().attribute(store))
        const sum = Object.values(credits).reduce((total, credit) => total + credit, 0)
        expectClose({ sum }, { sum: store.totals.conversions })
      }),
    ))

  test('it works on the same journeys with other counts', async () => {
    const rows = simulated({ a: { effect: 0.5, halfLifeDays: 1 }, b: { effect: 0.2, halfLifeDays: 5 } }, 200, 9)
    const store = timedStore(rows)
    const drawn = rows.map((_, at) => at % 3)
    const times = (column: Float64Array) => column.map((amount, at) => amount * drawn[at]!)
    const { conversions, value, squares, nulls } = store.counts
    const counted: TimedPaths = withCounts(store, {
      conversions: times(conversions),
      value: times(value),
      squares: times(squares),
      nulls: times(nulls),
    })
    const repeated = rows.flatMap((row, at) => Array.from({ length: drawn[at]! }, () => row))
    expectClose(creditsOf(await hazard().attribute(counted)), creditsOf(await attributed(repeated)))
  })
})

describe('running', () => {
  test('ends with the reason of its signal', async () => {
    const rows = simulated({ a: { effect: 0.5, halfLifeDays: 1 } }, 50, 2)
    const reason = new Error('enough')
    await expect(hazard().attribute(timedStore(rows), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    const stop = new AbortController()
    const looks: number[] = []
    const running = hazard().attribute(timedStore(rows), {
      signal: stop.signal,
      onProgress({ done }) {
        looks.push(done)
        if (done === 3) stop.abort(reason)
      },
    })
    await expect(running).rejects.toBe(reason)
    expect(looks).toEqual([0, 1, 2, 3])
  })

  test('of no journeys at all gives nothing', async () => {
    const result = await attributed([])
    expect([...result.credits]).toEqual([])
    expect(result.learned).toEqual([])
    expect(result.notes).toEqual([])
  })

  test('is named with its options, and made from them again', () => {
    const model = parseModel('hazard:half-life=12h,max-iterations=50')
    expect(model.options).toEqual({ 'half-life': '0.5d', 'max-iterations': 50, tolerance: 1e-11 })
    expect(parseModel('hazard').options).toEqual({
      'half-life': 'per-channel',
      'max-iterations': 1_000,
      tolerance: 1e-11,
    })
    for (const text of ['hazard', 'hazard:half-life=12h']) {
      const { options = {} } = parseModel(text)
      const written = Object.entries(options).map(([key, value]) => `${key}=${value}`)
      expect(parseModel(`hazard:${written.join(',')}`).options).toEqual(options)
    }
    expect(() => parseModel('hazard:half-life=soon')).toThrow('expected per-channel, or a length of time')
    expect(Object.keys(MODELS.hazard.options)).toEqual(Object.keys(parseModel('hazard').options!))
  })

  test.each([{ halfLifeDays: 0 }, { halfLifeDays: Infinity }, { maxIterations: 0 }, { maxIterations: 1.5 }, { tolerance: -1 }])(
    'refuses %j',
    options => {
      expect(() => hazard(options)).toThrow(RangeError)
    },
  )
})

function derivativesOf(at: (point: readonly number[]) => number, point: readonly number[], step: number) {
  const moved = (...moves: [nth: number, by: number][]) => {
    const to = [...point]
    for (const [nth, by] of moves) to[nth]! += by * step
    return at(to)
  }
  return {
    slope: point.map((_, i) => (moved([i, 1]) - moved([i, -1])) / (2 * step)),
    curvature: point.map((_, i) =>
      point.map((_, j) => {
        const [up, down] = [moved([i, 1], [j, 1]) + moved([i, -1], [j, -1]), moved([i, 1], [j, -1]) + moved([i, -1], [j, 1])]
        return (up - down) / (4 * step * step)
      }),
    ),
  }
}

function inverseOf(matrix: readonly (readonly number[])[]): number[][] {
  const size = matrix.length
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))])
  for (let pivot = 0; pivot < size; pivot++) {
    const scale = rows[pivot]![pivot]!
    rows[pivot] = rows[pivot]!.map(number => number / scale)
    for (let other = 0; other < size; other++) {
      if (other === pivot) continue
      const factor = rows[other]![pivot]!
      rows[other] = rows[other]!.map((number, at) => number - factor * rows[pivot]![at]!)
    }
  }
  return rows.map(row => row.slice(size))
}
