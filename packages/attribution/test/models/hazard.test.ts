import { MODELS, parseModel } from '@jejak/attribution'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hazard } from '@jejak/attribution'
import { derivativesOf, inverseOf } from './hazard-curvature.ts'
import { attributed, learnedOf } from './hazard-result.ts'
import { anyRows, logLikelihoodOf, simulated, timedStore } from './timed-journeys.ts'
import type { TimedRow, TrueHazard } from './timed-journeys.ts'

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
        fc.pre(rows.some(({ conversions = 0 }) => conversions > 0))
        let before = -Infinity
        for (let looks = 1; looks <= 12; looks++) {
          const now = logLikelihoodOf(rows, learnedOf(await attributed(rows, hazard({ maxIterations: looks }))))
          expect(now).toBeGreaterThanOrEqual(
            before === -Infinity ? before : before - 1e-9 * Math.max(1, Math.abs(before)),
          )
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

  test('stays finite where an effect is over at once, and says so', async () => {
    const result = await attributed([
      { touches: [['a', 3]], end: 3, conversions: 5 },
      { touches: [['a', 0]], end: 10, nulls: 5 },
    ])
    // A minute is the shortest half-life, and the least age: five touches have had half of their effect, five all.
    const { effect, halfLifeDays } = learnedOf(result).a!
    expect(halfLifeDays * 1_440).toBeCloseTo(1, 9)
    expect(effect).toBeCloseTo(5 / 7.5, 9)
    expect(result.notes).toEqual([expect.stringMatching(/could not be told from the shortest or the longest .*: a\.$/)])
  })

  test('stays finite where an effect never fades, and says so', async () => {
    const rows = [1, 2, 3, 4, 5, 6].map((end): TimedRow => ({ touches: [['a', 0]], end, conversions: 1, nulls: 20 }))
    const result = await attributed(rows)
    expect(learnedOf(result).a!.halfLifeDays).toBeCloseTo(6, 9)
    expect(result.notes).toEqual([expect.stringContaining('could not be told')])
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

describe('running', () => {
  test('ends with the reason of its signal', async () => {
    const rows = simulated({ a: { effect: 0.5, halfLifeDays: 1 }, b: { effect: 0.2, halfLifeDays: 5 } }, 50, 2)
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

  test.each([
    { halfLifeDays: 0 },
    { halfLifeDays: Infinity },
    { maxIterations: 0 },
    { maxIterations: 1.5 },
    { tolerance: -1 },
  ])('refuses %j', options => {
    expect(() => hazard(options)).toThrow(RangeError)
  })
})
