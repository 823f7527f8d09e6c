import { createPathStore } from '@jejak/attribution'
import { describe, expect, test } from 'vitest'
import { createChanceDraws } from '../../src/results/chance-draws.ts'
import { drawCounts } from '../../src/results/drawn-counts.ts'

describe('chance draws', () => {
  test.each([0.01, 0.5, 1, 3, 9.9, 10, 25, 400, 1e6])('of a Poisson number have its mean and variance: %d', mean => {
    const draws = createChanceDraws(7)
    const n = 20_000
    const numbers = Array.from({ length: n }, (_, sample) => {
      draws.begin(1, 2, sample)
      return draws.poisson(mean)
    })
    const average = numbers.reduce((sum, number) => sum + number, 0) / n
    const variance = numbers.reduce((sum, number) => sum + (number - average) ** 2, 0) / (n - 1)
    expect(Math.abs(average - mean)).toBeLessThan(4.5 * Math.sqrt(mean / n))
    // The variance of a sample's variance: (mean + 2 mean²) / n.
    expect(Math.abs(variance - mean)).toBeLessThan(4.5 * Math.sqrt((mean + 2 * mean * mean) / n))
  })

  test('of small and large Poisson numbers come as often as the formula says', () => {
    for (const mean of [2.5, 12]) {
      const draws = createChanceDraws(3)
      const n = 50_000
      const counts = new Map<number, number>()
      for (let sample = 0; sample < n; sample++) {
        draws.begin(sample, -sample, 5)
        const count = draws.poisson(mean)
        counts.set(count, (counts.get(count) ?? 0) + 1)
      }
      let probability = Math.exp(-mean)
      for (let count = 0; count < 25; count++) {
        const error = Math.sqrt((probability * (1 - probability)) / n)
        expect(Math.abs((counts.get(count) ?? 0) / n - probability)).toBeLessThan(4.5 * error + 1e-4)
        probability *= mean / (count + 1)
      }
    }
  })

  test.each([0.2, 1, 7])('of a gamma number have mean and variance of its shape: %d', shape => {
    const draws = createChanceDraws(11)
    const n = 20_000
    const numbers = Array.from({ length: n }, (_, sample) => {
      draws.begin(3, 4, sample)
      return draws.gamma(shape)
    })
    const average = numbers.reduce((sum, number) => sum + number, 0) / n
    const variance = numbers.reduce((sum, number) => sum + (number - average) ** 2, 0) / (n - 1)
    expect(Math.abs(average - shape)).toBeLessThan(4.5 * Math.sqrt(shape / n))
    expect(Math.abs(variance / shape - 1)).toBeLessThan(0.2)
  })

  test('of a path have the mean and the variance that drawing its journeys one by one would have', () => {
    const store = createPathStore()
    const values = [10, 10, 40, 300, 5, 0.5]
    for (const value of values) store.add(['A'], { conversions: 1, value })
    const draw = drawCounts(store, 1)
    const n = 20_000
    const sums = Array.from({ length: n }, (_, sample) => draw(sample).value[0]!)
    const sum = values.reduce((all, value) => all + value, 0)
    const squares = values.reduce((all, value) => all + value * value, 0)
    const average = sums.reduce((all, one) => all + one, 0) / n
    const variance = sums.reduce((all, one) => all + (one - average) ** 2, 0) / (n - 1)
    expect(Math.abs(average - sum)).toBeLessThan(4.5 * Math.sqrt(squares / n))
    expect(variance / squares).toBeCloseTo(1, 1)
    expect(Math.min(...sums)).toBeGreaterThanOrEqual(0)
  })
})
