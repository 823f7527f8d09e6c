import { sidesOf } from './event-sides.ts'
import { medianOf } from './estimates.ts'
import { createDoings } from './people.ts'
import type { Ground, Tally } from './people.ts'
import type { FunnelStep } from './report-facts.ts'

const LEFT = '(left)'

/**
 * How many came to each stage and went further, and what those who did not go further did last after they came there:
 * the last thing they did themselves, or met.
 */
export function createFunnelTally({ rows, seen, model }: Ground): Tally<readonly FunnelStep[]> {
  const steps = model.order.map(stage => ({ stage, reached: 0, waits: [] as number[], instead: createDoings() }))
  const counts = seen.names.map(name => {
    const { customer, friction } = sidesOf(name)
    return customer || friction
  })
  return {
    add({ owner, rows: own, stages, reached }) {
      for (const [place, time] of reached.entries()) {
        if (time === Infinity) continue
        const step = steps[place]!
        step.reached++
        const later = reached.slice(place + 1).filter(other => other !== Infinity && other >= time)
        if (later.length > 0) {
          step.waits.push(Math.min(...later) - time)
          continue
        }
        let last: string | undefined
        let isFirst = true
        for (const [at, row] of own.entries()) {
          if (rows.time[row]! < time) continue
          // What brought them to the stage is not what they did instead.
          if (isFirst && stages[at] === place) isFirst = false
          else if (counts[seen.name[row]!]) last = seen.names[seen.name[row]!]
        }
        step.instead.add(last ?? LEFT, owner)
      }
    },
    finish: () =>
      steps.map(({ stage, reached, waits, instead }) => ({
        stage,
        reached,
        movedOn: waits.length,
        medianMs: medianOf(waits),
        instead: instead.list(5).map(({ name, people }) => ({ name, people })),
      })),
  }
}
