import type { TimeZone } from '../../time-zone.ts'
import { sidesOf } from './event-sides.ts'
import { meanOf, medianOf } from './estimates.ts'
import { lowestOf } from './observations.ts'
import { createDoings } from './people.ts'
import type { Ground, Person, Tally } from './people.ts'
import type { JourneyMapFacts, StageOnMap } from './report-facts.ts'

const MOST_LISTED = 8

/** What stands on the journey map: each stage with who was there, what they did, felt and met, and what was done for them. */
export function createMapTally({ rows, seen, model }: Ground, zone: TimeZone): Tally<JourneyMapFacts> {
  const { names, pageTypes } = seen
  const sides = names.map(sidesOf)
  const answerOf = new Map(seen.answers.map(answer => [answer.row, answer]))
  const stages = model.order.map(stage => ({
    stage,
    people: 0,
    events: 0,
    waits: [] as number[],
    touchpoints: createDoings(),
    pages: createDoings(),
    channels: createDoings(),
    friction: createDoings(),
    front: createDoings(),
    back: createDoings(),
    feelings: [] as number[],
    hours: Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0)),
    nexts: new Map<number, number[]>(),
  }))

  function addEvent(person: Person, at: number): void {
    const row = person.rows[at]!
    const stage = stages[person.stages[at]!]
    const answer = answerOf.get(row)
    if (answer) {
      const about =
        answer.aboutStage === undefined ? stage : stages[model.order.indexOf(model.stages[answer.aboutStage])]
      const { kind, score, scale } = answer
      // An effort that is high is felt badly only where the scale says so; CES asks how easy it was.
      const lowest = lowestOf(kind)
      about?.feelings.push(4 * ((score - lowest) / Math.max(1, scale - lowest)) - 2)
    }
    if (!stage) return
    const { owner } = person
    const name = names[seen.name[row]!]!
    const { customer, friction, organisation } = sides[seen.name[row]!]!
    if (friction) stage.friction.add(name, owner)
    if (organisation) stage[organisation].add(name, owner)
    if (!customer && name !== 'page_view') return
    stage.events++
    const { day, hour } = hourOfWeek(zone.wallTime(rows.time[row]!))
    stage.hours[day]![hour]!++
    if (customer) stage.touchpoints.add(name, owner)
    const page = seen.pageType[row]!
    if (name === 'page_view' && page >= 0) stage.pages.add(pageTypes[page]!, owner)
    const channel = person.channels[at]
    if (channel !== undefined) stage.channels.add(channel, owner)
  }

  return {
    add(person) {
      for (const at of person.rows.keys()) addEvent(person, at)
      for (const [place, time] of person.reached.entries()) {
        if (time === Infinity) continue
        const stage = stages[place]!
        stage.people++
        const later = person.reached.flatMap((other, to) =>
          to > place && other !== Infinity && other >= time ? [{ to, ms: other - time }] : [],
        )
        if (later.length === 0) continue
        const next = later.reduce((soonest, one) => (one.ms < soonest.ms ? one : soonest))
        stage.waits.push(next.ms)
        const waits = stage.nexts.get(next.to)
        if (waits) waits.push(next.ms)
        else stage.nexts.set(next.to, [next.ms])
      }
    },
    finish: () => ({
      stages: stages.map((stage): StageOnMap => {
        const feeling = stage.feelings.length > 0 ? meanOf(stage.feelings, [-2, 2]) : undefined
        const front = stage.front.list(MOST_LISTED)
        const back = stage.back.list(MOST_LISTED)
        return {
          stage: stage.stage,
          people: stage.people,
          events: stage.events,
          movedOn: stage.waits.length,
          medianMs: medianOf(stage.waits),
          touchpoints: stage.touchpoints.list(MOST_LISTED),
          pages: stage.pages.list(MOST_LISTED),
          channels: stage.channels.list(MOST_LISTED).map(({ name, people }) => ({ key: name, people })),
          friction: stage.friction.list(MOST_LISTED),
          organisation: [...front, ...back].sort((a, b) => b.people - a.people).slice(0, MOST_LISTED),
          blueprint: { front, back },
          ...(feeling && { feeling: { ...feeling, answers: stage.feelings.length } }),
        }
      }),
      hours: stages.map(({ stage, hours }) => ({ stage, counts: hours })),
      next: stages.flatMap(({ stage, people, waits, nexts }) => {
        if (people === 0) return []
        const steps = Array.from(nexts, ([to, ms]) => ({ from: stage, to: model.order[to]!, people: ms.length, ms }))
          .sort((a, b) => b.people - a.people || (a.to < b.to ? -1 : 1))
          .map(({ ms, ...step }) => ({ ...step, probability: step.people / people, medianMs: medianOf(ms) }))
        const rest = people - waits.length
        return [...steps, { from: stage, to: null, people: rest, probability: rest / people, medianMs: null }]
      }),
    }),
  }
}

/** The weekday (0 is Monday) and the hour that the clocks of a zone show. */
function hourOfWeek(wallTime: number): { readonly day: number; readonly hour: number } {
  const date = new Date(wallTime)
  return { day: (date.getUTCDay() + 6) % 7, hour: date.getUTCHours() }
}
