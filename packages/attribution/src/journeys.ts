import type { StageModel, StageModelName, StoredEvent } from '@jejak/events'
import { chooseStageModel } from './chosen-stage-model.ts'
import { candidateOf, chooseConversions, conversionNames } from './conversions.ts'
import type { Candidate, ConversionRule } from './conversions.ts'
import { groupBy } from './group-by.ts'
import { ownersOf } from './identity.ts'
import type { ChannelRules, Conversion, Journey, StagesReached } from './journey.ts'
import { keepEvents } from './kept-events.ts'
import type { KeptEvents } from './kept-events.ts'
import { AFTER_CONVERSION, journeysOf } from './look-back.ts'
import type { AfterConversion } from './look-back.ts'
import { createNames } from './names.ts'
import type { Names } from './names.ts'
import { rowsByOwner } from './owned-rows.ts'
import { buildSessions, readEvidence } from './sessions.ts'
import type { Evidence, SessionEvent } from './sessions.ts'
import { stagesReachedIn } from './stages-reached.ts'

export interface JourneyOptions {
  /** Decides the channel of each arrival. */
  readonly channels: ChannelRules
  /** What counts as a conversion. Default: `purchase`. */
  readonly conversion?: ConversionRule
  /**
   * How many days before a conversion a touch may lie; `Infinity` sets no limit. Default: 90, as in GA4 for every key
   * event but the first opening and the first visit (30 there). https://support.google.com/analytics/answer/10597962
   */
  readonly lookbackDays?: number
  /** What a conversion leaves for the next one of the same person. Default: `continue`. */
  readonly afterConversion?: AfterConversion
  /**
   * The stage model whose stages `stage:NAME` means, and which tells whose journeys these are: persons', or accounts'.
   * Default: `canonical`.
   */
  readonly stageModel?: StageModelName | StageModel
  /** Also count what programs did that read pages by themselves. Default: false. */
  readonly includeBots?: boolean
  /** Called for each conversion whose `value` is there but no number. It counts with the value 0. */
  readonly onBadValue?: (conversion: Conversion, value: unknown) => void
}

/** What went into the journeys. */
export interface JourneySummary {
  /** Events that were used; the same event twice is counted twice, though it changes nothing. */
  readonly events: number
  /** Events left out because a program made them. */
  readonly bots: number
  /** Persons, or accounts where the stage model reads accounts. */
  readonly persons: number
  readonly sessions: number
  readonly conversions: number
  /** Conversions that were there before, under the same id or the same transaction, and were not counted again. */
  readonly duplicateConversions: number
  /** Conversions whose `value` is no number. */
  readonly badValues: number
  /** The first and the last event's time, in milliseconds since the epoch; null if there is none. */
  readonly from: number | null
  readonly to: number | null
}

export interface BuiltJourneys {
  /** By person, in the order of their names. Made while they are looped over, and again at the next loop. */
  readonly journeys: Iterable<Journey>
  /** For each person, in the same order, when it first reached each stage. */
  readonly stages: Iterable<StagesReached>
  readonly summary: JourneySummary
}

const DAY_MS = 86_400_000

/**
 * Builds the journeys of everybody in `events`, which are read once, in any order.
 *
 * Whose an event is, which contacts a person had and which of them belong to a conversion is said at `ownersOf`,
 * `buildSessions` and `journeysOf`.
 *
 * @throws {TypeError} if an option is not what it should be.
 */
export async function buildJourneys(
  events: AsyncIterable<StoredEvent> | Iterable<StoredEvent>,
  options: JourneyOptions,
): Promise<BuiltJourneys> {
  const { channels, conversion = 'purchase', lookbackDays = 90, afterConversion = 'continue' } = options
  const { stageModel = 'canonical', includeBots = false, onBadValue } = options
  if (typeof channels !== 'function') {
    throw new TypeError('buildJourneys: `channels` is missing, for example createChannelRules()')
  }
  if (!(lookbackDays > 0)) {
    throw new TypeError(`buildJourneys: expected \`lookbackDays\` to be a number above 0, got ${lookbackDays}`)
  }
  if (!AFTER_CONVERSION.includes(afterConversion)) {
    throw new TypeError(
      `buildJourneys: expected \`afterConversion\` to be ${AFTER_CONVERSION.join(' or ')}, got ${String(afterConversion)}`,
    )
  }
  const model = chooseStageModel(stageModel)
  const namesOf = conversionNames(conversion, model)
  const lookBack = { lookbackMs: lookbackDays * DAY_MS, afterConversion }

  const evidence = new Map<number, Evidence>()
  const candidates: Candidate[] = []
  const words = createNames()
  const kept = await keepEvents(events, {
    includeBots,
    onRow(event, row) {
      const read = readEvidence(event, channels)
      if (read) evidence.set(row, shared(read, words))
      for (const name of namesOf(event)) candidates.push(candidateOf(event, row, name))
    },
  })

  const owners = ownersOf(kept, model.unit)
  const persons = rowsByOwner(owners)
  const { conversions, duplicates } = chooseConversions(candidates, owners, kept)
  const badValues = conversions.filter(candidate => candidate.badValue !== undefined)
  for (const candidate of badValues) onBadValue?.(candidate.conversion, candidate.badValue)
  const byOwner = groupBy(conversions, candidate => owners.of[candidate.row]!)

  const { from, to } = periodOf(kept)
  return {
    journeys: {
      *[Symbol.iterator]() {
        for (const { owner, name, rows } of persons) {
          const sessions = buildSessions(sessionEvents(rows, kept, evidence), channels)
          const own = (byOwner.get(owner) ?? []).map(({ row, conversion }) => ({
            conversion,
            session_id: kept.sessions[kept.session[row]!]!,
          }))
          yield* journeysOf({ person: name, sessions, conversions: own }, lookBack, channels)
        }
      },
    },
    stages: {
      *[Symbol.iterator]() {
        for (const { rows } of persons) yield stagesReachedIn(kept, rows)
      },
    },
    summary: {
      events: kept.length,
      bots: kept.bots,
      persons: persons.count,
      sessions: kept.sessions.length,
      conversions: conversions.length,
      duplicateConversions: duplicates,
      badValues: badValues.length,
      from,
      to,
    },
  }
}

/** The same with each text held in memory only once: a few campaigns bring most of the visitors. */
function shared({ id, touch }: Evidence, words: Names): Evidence {
  const share = (text: string) => words.list[words.numberOf(text)]!
  return {
    id,
    touch: {
      channel: share(touch.channel),
      source: share(touch.source),
      medium: share(touch.medium),
      campaign: share(touch.campaign),
      term: share(touch.term),
      content: share(touch.content),
      landing: share(touch.landing),
      why: share(touch.why),
      internal: touch.internal,
      time: touch.time,
      session_id: share(touch.session_id),
    },
  }
}

function sessionEvents(rows: Uint32Array, kept: KeptEvents, evidence: ReadonlyMap<number, Evidence>): SessionEvent[] {
  return Array.from(rows, row => ({
    time: kept.time[row]!,
    sequence: kept.sequence[row]!,
    session_id: kept.sessions[kept.session[row]!]!,
    onPage: kept.onPage[row] === 1,
    evidence: evidence.get(row),
  }))
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
