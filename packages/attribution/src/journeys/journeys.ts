import type { StoredEvent } from '@jejak/events'
import { groupBy } from '../group-by.ts'
import type { Journey, StagesReached } from '../journey.ts'
import { createTouchChooser } from './chosen-touches.ts'
import type { TouchChooser } from './chosen-touches.ts'
import { readContacts } from './contacts.ts'
import type { PersonContacts } from './contacts.ts'
import { candidatesOf, chooseConversions, orderIn } from './conversions.ts'
import type { Candidate } from './conversions.ts'
import { createEvidenceBook } from './evidence.ts'
import { ownersOf } from './identity.ts'
import { readJourneyOptions } from './journey-options.ts'
import type { JourneyOptions } from './journey-options.ts'
import { conversionCounts } from './journey-summary.ts'
import type { JourneySummary } from './journey-summary.ts'
import { keepEvents } from './kept-events.ts'
import type { KeptEvents } from './kept-events.ts'
import { leadsTo } from './look-back.ts'
import type { Goal } from './look-back.ts'
import { missedByKind, nullJourneysOf } from './null-journeys.ts'
import type { MissedJourney } from './null-journeys.ts'
import { rowsByOwner } from './owned-rows.ts'
import type { OwnedRows } from './owned-rows.ts'
import { createPauses } from './pauses.ts'
import { netOfRefunds, NO_REFUNDS, refundOf } from './refunds.ts'
import type { Refund } from './refunds.ts'
import { createMilestones } from './milestones.ts'
import { wholeEvents } from './whole-events.ts'
import { createTransitionTally, exitsOf, transitionJourneys, walkOf } from './stage-transitions.ts'
import { stageRowsOf, stagesReachedIn } from './stages-reached.ts'

export type { JourneyOptions } from './journey-options.ts'
export type { JourneySummary } from './journey-summary.ts'

export interface BuiltJourneys {
  /** By person, in the order of their names. Made while they are looped over, and again at the next loop. */
  readonly journeys: Iterable<Journey>
  /** For each person, in the same order, when it first reached each stage. */
  readonly stages: Iterable<StagesReached>
  /**
   * The journeys to every stage transition, in the same manner: a transition counts as the conversion, as said at
   * `walkOf` and `transitionJourneys`. `summary.transitions` tells which there are.
   */
  readonly transitions: Iterable<Journey>
  readonly summary: JourneySummary
  /** What is known of each event that was used, in the order they were read: for who counts more than journeys. */
  readonly rows: EventRows
}

/** The events that were used, column by column. */
export interface EventRows {
  readonly length: number
  /** Milliseconds since the epoch. */
  readonly time: Float64Array
  /** The place in `JOURNEY_STAGES`; -1 for none. */
  readonly stage: Int8Array
  /** The sender's count of the event, which orders events of one moment. */
  readonly sequence: Float64Array
  /** A number of its session, of its visitor, and of its person (or account). */
  readonly session: Int32Array
  readonly visitor: Int32Array
  readonly owner: Int32Array
  /** The numbers of each person's rows, by person. */
  readonly persons: Iterable<OwnedRows>
}

/**
 * Builds the journeys of everybody in `events`, which are read once, in any order.
 *
 * Whose an event is, which contacts a person had, which of them belong to a conversion and which to none is said at
 * `ownersOf`, `createContactReader`, `leadsTo` and `nullJourneysOf`; what is a conversion and what it is worth at
 * `chooseConversions` and `netOfRefunds`.
 *
 * @throws {TypeError} if an option is not what it should be.
 */
export async function buildJourneys(
  events: AsyncIterable<StoredEvent> | Iterable<StoredEvent>,
  options: JourneyOptions,
): Promise<BuiltJourneys> {
  const rules = readJourneyOptions(options)
  const { channels, definitions, lookBack, model } = rules
  const { signal, onProgress, onBadValue } = options
  const run = { ...(signal && { signal }), ...(onProgress && { onProgress }) }

  const book = createEvidenceBook(channels, rules.viewEvents)
  const milestones = createMilestones()
  const candidates: Candidate[] = []
  const refunds: Refund[] = []
  const isWhole = wholeEvents(rules, milestones.definitions)
  const kept = await keepEvents(events, {
    ...run,
    includeBots: rules.includeBots,
    isWhole,
    numberOfArrival: book.readArrival,
    numberOf(event, row) {
      if (isWhole?.(event.name, event.stage) === false) {
        return event.touch ? book.read(event) : -1
      }
      const order = orderIn(event)
      for (const candidate of candidatesOf(event, row, definitions, order)) candidates.push(candidate)
      milestones.note(event, row, order)
      const refund = rules.refunds === 'net' ? refundOf(event) : undefined
      if (refund) refunds.push(refund)
      return book.read(event)
    },
  })

  const owners = ownersOf(kept, rules.unit)
  const persons = rowsByOwner(owners)
  const contactsOf = await readContacts(persons, kept, book, {
    ...run,
    ...(owners.persons && { persons: owners.persons }),
  })
  const chosen = chooseConversions(candidates, owners, kept)
  const net = rules.refunds === 'net' ? netOfRefunds(chosen.conversions, refunds) : { ...chosen, summary: NO_REFUNDS }
  const badValues = net.conversions.filter(candidate => candidate.badValue !== undefined)
  for (const candidate of badValues) onBadValue?.(candidate.conversion, candidate.badValue)

  const conversionsOf = groupBy(net.conversions, candidate => owners.of[candidate.row]!)
  const milestonesOf = milestones.byOwner(owners, kept)
  const stageRows = stageRowsOf(kept, model)
  const { from, to } = periodOf(kept)
  const nullRules = { ...rules, end: to ?? 0 }

  /** Everything that is known of one person, as far as it is asked for. */
  const historyOf = (place: number, owner: number, rows: Uint32Array) => {
    const contacts = contactsOf.of(place)
    const conversions = conversionsOf.get(owner) ?? []
    const goals = conversions.map(({ conversion: { time }, row, group }) => ({
      time,
      session: kept.session[row]!,
      group,
    }))
    const leads = leadsTo(goals, contacts, lookBack)
    const nullsOf = (group?: number) => {
      const isOwn = (goal: Goal) => group === undefined || goal.group === group
      const own = leads.filter((_, at) => isOwn(goals[at]!))
      return nullJourneysOf(goals.filter(isOwn), own, contacts, lookBack, nullRules)
    }
    // Somebody who had one kind of conversion may still have missed another.
    const mayMissOne = goals.length > 0 && definitions.at(-1)!.group > 0
    const nulls: readonly MissedJourney[] = mayMissOne
      ? missedByKind([{ name: '', group: undefined }, ...definitions].map(({ name, group }) => [name!, nullsOf(group)]))
      : nullsOf()
    return { conversions, goals, leads, contacts, nulls, firsts: stageRows(rows) }
  }
  const walk = (owner: number, firsts: Int32Array) => {
    const { purchases = [], reviews = [] } = milestonesOf.get(owner) ?? {}
    return walkOf(model.order, firsts, purchases, reviews, kept)
  }
  const reachedAt = (firsts: Int32Array): NonNullable<Journey['reached']> =>
    Object.fromEntries(
      model.order.flatMap((stage, at) => (firsts[at] === -1 ? [] : [[stage, kept.time[firsts[at]!]!] as const])),
    )
  const chooserOf = (contacts: PersonContacts, rows: Uint32Array): TouchChooser =>
    createTouchChooser(contacts, rows, kept, rules)

  // Once through all persons, for what the summary says of them.
  const tally = createTransitionTally(model.order)
  let open = 0
  const pauses = createPauses('counting journeys', run, persons.count)
  await pauses.begin()
  let counted = 0
  for (const { owner, rows } of persons) {
    if (pauses.isDue()) await pauses.pause()
    const { nulls, firsts } = historyOf(counted++, owner, rows)
    for (const { open: isOpen, missed = '' } of nulls) if (isOpen && missed === '') open++
    tally.add(walk(owner, firsts))
  }
  pauses.end()
  const transitions = tally.list()
  const exits = exitsOf(transitions)

  return {
    journeys: {
      *[Symbol.iterator]() {
        let place = 0
        for (const { owner, name: person, rows } of persons) {
          signal?.throwIfAborted()
          const { conversions, goals, leads, nulls, contacts, firsts } = historyOf(place++, owner, rows)
          const chooser = chooserOf(contacts, rows)
          const reached = reachedAt(firsts)
          for (const [at, { conversion }] of conversions.entries()) {
            yield { person, touches: chooser.led(leads[at]!, goals[at]!), conversion, reached }
          }
          for (const { touches, until, open: isOpen, missed } of nulls) {
            if (isOpen && rules.openJourneys === 'leave-out') continue
            yield { person, touches: chooser.at(touches), until, reached, ...(missed !== undefined && { missed }) }
          }
        }
      },
    },
    stages: {
      *[Symbol.iterator]() {
        for (const { rows } of persons) yield stagesReachedIn(kept, rows)
      },
    },
    transitions: {
      *[Symbol.iterator]() {
        let place = 0
        for (const { owner, name: person, rows } of persons) {
          signal?.throwIfAborted()
          const contacts = contactsOf.of(place++)
          const firsts = stageRows(rows)
          const chooser = chooserOf(contacts, rows)
          const facts = { person, reached: reachedAt(firsts), contacts, chooser, exits, lookBack, rules: nullRules }
          yield* transitionJourneys(walk(owner, firsts), facts)
        }
      },
    },
    summary: {
      events: kept.length,
      bots: kept.bots,
      persons: persons.count,
      sessions: kept.sessions.length,
      conversions: net.conversions.length,
      conversionsByName: conversionCounts(net.conversions),
      duplicateConversions: chosen.duplicates,
      badValues: badValues.length,
      refunds: net.summary,
      openJourneys: open,
      transitions,
      from,
      to,
    },
    rows: {
      length: kept.length,
      time: kept.time,
      stage: kept.stage,
      sequence: kept.sequence,
      session: kept.session,
      visitor: kept.visitor,
      owner: owners.of,
      persons,
    },
  }
}

function periodOf({ time, length }: KeptEvents): { from: number | null; to: number | null } {
  if (length === 0) return { from: null, to: null }
  let from = Infinity
  let to = -Infinity
  for (let row = 0; row < length; row++) {
    from = Math.min(from, time[row]!)
    to = Math.max(to, time[row]!)
  }
  return { from, to }
}
