import { linear, shapley } from '@jejak/attribution'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { expectClose } from './close-to.ts'
import { conversionsOf, pathTable, run } from './path-table.ts'

const ALL = ['a', 'b', 'c', 'd'] as const

/** Shapley's definition itself: the mean of what each channel adds, over all orders in which channels can join. */
function byDefinition(journeys: Readonly<Record<string, number>>): Record<string, number> {
  const worth = (coalition: ReadonlySet<string>): number =>
    Object.entries(journeys).reduce(
      (sum, [path, conversions]) => (path.split(' > ').every(c => coalition.has(c)) ? sum + conversions : sum),
      0,
    )
  const credit: Record<string, number> = Object.fromEntries(ALL.map(channel => [channel, 0]))
  const orders = permutations(ALL)
  for (const order of orders) {
    const coalition = new Set<string>()
    for (const channel of order) {
      const before = worth(coalition)
      credit[channel] = (credit[channel] as number) + (worth(coalition.add(channel)) - before) / orders.length
    }
  }
  return credit
}

function permutations(items: readonly string[]): string[][] {
  if (items.length === 0) return [[]]
  return items.flatMap(first => permutations(items.filter(item => item !== first)).map(rest => [first, ...rest]))
}

test('is Shapley’s definition, for the game in which journeys add up', () => {
  const path = fc.array(fc.constantFrom(...ALL), { minLength: 1, maxLength: 6 }).map(touches => touches.join(' > '))
  fc.assert(
    fc.property(fc.dictionary(path, fc.nat(20), { noNullPrototype: true }), journeys => {
      const rows = Object.entries(journeys).map(([row, conversions]) => [row, { conversions }])
      const credits = conversionsOf(run(shapley(), pathTable(Object.fromEntries(rows))))
      expectClose({ a: 0, b: 0, c: 0, d: 0, ...credits }, byDefinition(journeys))
    }),
  )
})

test('is not moved by repetition, where linear is', () => {
  const paths = pathTable({ 'a > b > b > b': { conversions: 4 } })
  expect(conversionsOf(run(shapley(), paths))).toEqual({ a: 2, b: 2 })
  expect(conversionsOf(run(linear, paths))).toEqual({ a: 1, b: 3 })
})

test('does not look at journeys that did not convert', () => {
  const paths = pathTable({ 'a > b': { conversions: 2, nulls: 90 }, c: { nulls: 8 } })
  expect(conversionsOf(run(shapley(), paths))).toEqual({ a: 1, b: 1, c: 0 })
})
