import { sidesOf } from './event-sides.ts'
import { wilson } from './estimates.ts'
import type { Ground, Tally } from './people.ts'
import type { FrictionFact } from './report-facts.ts'

/**
 * Conversion of people who met something that gets in the way, beside those who did not. Only people are compared who
 * came as far as the decision (or to the conversion), since who never got there could meet little; and only what was
 * met before the first conversion counts, since who buys stays longer and meets more.
 */
export function createFrictionTally(
  { rows, seen, model }: Ground,
  conversions: ReadonlyMap<number, readonly number[]>,
): Tally<readonly FrictionFact[]> {
  const decision = model.order.indexOf(model.stages.decision)
  const isFriction = seen.names.map(name => sidesOf(name).friction)
  const met = new Map<string, { people: number; converted: number }>()
  let people = 0
  let converted = 0
  return {
    add({ owner, rows: own, reached }) {
      const first = conversions.get(owner)?.[0]
      if (first === undefined && reached[decision] === Infinity) return
      people++
      if (first !== undefined) converted++
      const names = new Set<string>()
      for (const row of own) {
        if (first !== undefined && rows.time[row]! >= first) break
        if (isFriction[seen.name[row]!]) names.add(seen.names[seen.name[row]!]!)
      }
      for (const name of names) {
        const count = met.get(name) ?? { people: 0, converted: 0 }
        met.set(name, count)
        count.people++
        if (first !== undefined) count.converted++
      }
    },
    finish: () =>
      Array.from(met, ([name, own]) => {
        const others = { people: people - own.people, converted: converted - own.converted }
        return {
          name,
          among: model.order[decision]!,
          with: { ...own, interval: wilson(own.converted, own.people) },
          without: { ...others, interval: wilson(others.converted, others.people) },
        }
      }).sort((a, b) => b.with.people - a.with.people || (a.name < b.name ? -1 : 1)),
  }
}
