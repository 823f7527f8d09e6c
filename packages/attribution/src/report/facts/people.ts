import { JOURNEY_STAGES } from '@jejak/events'
import type { ChosenStageModel } from '../../chosen-stage-model.ts'
import type { EventRows } from '../../journeys/journeys.ts'
import type { Observations } from './observations.ts'

/** One person (or account), with all that happened in order of time. */
export interface Person {
  readonly owner: number
  /** Numbers of rows, by time. */
  readonly rows: Uint32Array
  /** For each of `rows` the place of the stage the person was in, by the stage model; -1 before any. */
  readonly stages: Int8Array
  /** For each of `rows` whether the event itself tells the stage. */
  readonly tellsStage: Uint8Array
  /** For each of `rows` the channel through which its session came; undefined where none is known. */
  readonly channels: readonly (string | undefined)[]
  /** When each stage was first reached; Infinity where it was not. */
  readonly reached: readonly number[]
  /** The channel of the first contact that is known. */
  readonly firstChannel: string | undefined
}

/** Everything the facts of events are counted from. */
export interface Ground {
  readonly rows: EventRows
  readonly seen: Observations
  readonly model: ChosenStageModel
  /** The place of each canonical stage in the model's order. */
  readonly placeOf: readonly number[]
}

/** What a fact is made of, person by person. */
export interface Tally<Fact> {
  add(person: Person): void
  finish(): Fact
}

export function* peopleOf({ rows, seen, placeOf, model }: Ground): Generator<Person> {
  const sessionChannel = new Map<number, string>()
  // A session that was reached twice came through the first of its channels.
  const inOrder = byTime(rows)
  for (const [row, channel] of [...seen.arrivals].sort(([a], [b]) => inOrder(a, b))) {
    const session = rows.session[row]!
    if (!sessionChannel.has(session)) sessionChannel.set(session, channel)
  }
  for (const { owner, rows: own } of rows.persons) {
    const sorted = own.slice().sort(inOrder)
    const stages = new Int8Array(sorted.length).fill(-1)
    const tellsStage = new Uint8Array(sorted.length)
    const reached = model.order.map(() => Infinity)
    const channels: (string | undefined)[] = []
    let now = -1
    let firstChannel: string | undefined
    for (const [at, row] of sorted.entries()) {
      const canonical = rows.stage[row]!
      if (canonical >= 0) {
        now = placeOf[canonical]!
        tellsStage[at] = 1
        reached[now] = Math.min(reached[now]!, rows.time[row]!)
      }
      stages[at] = now
      const channel = sessionChannel.get(rows.session[row]!)
      channels.push(channel)
      firstChannel ??= channel
    }
    yield { owner, rows: sorted, stages, tellsStage, channels, reached, firstChannel }
  }
}

/** Rows in the order of what happened: of one moment, as their sender counted them. */
function byTime({ time, sequence }: EventRows): (a: number, b: number) => number {
  return (a, b) => time[a]! - time[b]! || sequence[a]! - sequence[b]! || a - b
}

export function groundOf(rows: EventRows, seen: Observations, model: ChosenStageModel): Ground {
  return { rows, seen, model, placeOf: JOURNEY_STAGES.map(stage => model.order.indexOf(model.stages[stage])) }
}

/** Counts of people and times by name. */
export function createDoings(): {
  add(name: string, owner: number): void
  list(most: number): { readonly name: string; readonly people: number; readonly times: number }[]
} {
  const counts = new Map<string, { people: number; times: number; last: number }>()
  return {
    add(name, owner) {
      const count = counts.get(name)
      if (!count) counts.set(name, { people: 1, times: 1, last: owner })
      else {
        count.times++
        // People are gone through one after the other.
        if (count.last !== owner) count.people++
        count.last = owner
      }
    },
    list: most =>
      Array.from(counts, ([name, { people, times }]) => ({ name, people, times }))
        .sort((a, b) => b.people - a.people || b.times - a.times || (a.name < b.name ? -1 : 1))
        .slice(0, most),
  }
}
