import { createPathStore } from '@jejak/attribution'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { collapseToSets, countSets } from '../../src/models/channel-sets.ts'

const names = Array.from({ length: 50 }, (_, at) => `c${at}`).concat('__proto__', '')
const row = fc.tuple(fc.array(fc.constantFrom(...names), { maxLength: 60 }), fc.nat(9))

test('journeys with the same channels, in any order and however often, are counted as one set', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 700 }), rows => {
      const paths = createPathStore()
      const expected = new Map<string, number>()
      for (const [touches, conversions] of rows) {
        paths.add(touches, { conversions })
        const key = JSON.stringify([...new Set(touches)].toSorted())
        if (touches.length > 0) expected.set(key, (expected.get(key) ?? 0) + conversions)
      }
      const sets = collapseToSets(paths)
      const { conversions } = countSets(sets, paths.counts)
      const found = Array.from(conversions, (count, set) => [
        JSON.stringify(Array.from(sets.members.subarray(sets.starts[set], sets.starts[set + 1]), at => sets.names[at])),
        count,
      ])
      expect(sets.size).toBe(expected.size)
      expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected))
    }),
    { numRuns: 50 },
  )
})
