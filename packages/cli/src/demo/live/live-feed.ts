import { createChannelRules } from '@jejak/attribution'
import type { ChannelDecision } from '@jejak/attribution'
import { JOURNEY_STAGES } from '@jejak/events'
import type { JourneyStage, StoredEvent } from '@jejak/events'
import { stageReason } from '../../stage-reason.ts'
import { CURRENCY } from '../shop/catalogue.ts'
import type { Language } from '../words/language.ts'
import { factsOf } from './event-facts.ts'

/** One event, as the live page shows it. */
export interface LiveEvent {
  readonly id: string
  readonly name: string
  readonly stage: JourneyStage | null
  readonly time: number
  readonly session: string
  readonly session_number: number
  readonly facts: readonly string[]
  /** Why it has its stage, or none; code stands between backticks. */
  readonly stageReason: string
  /** Which channel brought the visitor, on an event that follows an arrival. */
  readonly arrival?: ChannelDecision
}

/** One visitor, as the live page shows them. */
export interface LiveVisitor {
  readonly id: string
  readonly lastSeen: number
  /** A program that reads pages by itself; attribution leaves it out. */
  readonly bot: boolean
  /** Of the latest arrival that was told. */
  readonly channel: string | null
  readonly stages: readonly JourneyStage[]
  readonly orders: number
  /** Of the orders, in rupiah. */
  readonly value: number
  /** In order of time, the latest `MOST_EVENTS`. */
  readonly events: readonly LiveEvent[]
}

export interface LiveTotals {
  readonly visitors: number
  readonly events: number
  readonly orders: number
  /** In rupiah. */
  readonly value: number
}

/** What the live page is told: those of the latest visitors that changed. */
export interface LiveUpdate {
  readonly totals: LiveTotals
  readonly visitors: readonly LiveVisitor[]
}

export interface LiveFeed {
  add(events: readonly StoredEvent[]): void
  /** Everything the page shows. */
  snapshot(): LiveUpdate
  /** Returns how to stop listening. */
  subscribe(listener: (update: LiveUpdate) => void): () => void
}

/** As many visitors as are shown, and as many events of each. */
const MOST_SHOWN = 40
const MOST_EVENTS = 120
/** Visitors that are remembered, so that one who comes back is known. Beyond that the one not seen longest is not. */
const MOST_REMEMBERED = 2_000

interface Visitor extends LiveVisitor {
  readonly stages: JourneyStage[]
  readonly events: LiveEvent[]
  lastSeen: number
  bot: boolean
  channel: string | null
  orders: number
  value: number
}

/** The journeys as they happen, for people who read this language: what is stored stays the only truth. */
export function createLiveFeed(language: Language): LiveFeed {
  const channelOf = createChannelRules({ language })
  const visitors = new Map<string, Visitor>()
  const seen = new Set<string>()
  const listeners = new Set<(update: LiveUpdate) => void>()
  const totals = { visitors: 0, events: 0, orders: 0, value: 0 }

  function add(event: StoredEvent): void {
    const { visitor_id: id, name, stage, corrected_time: time, properties, touch } = event
    if (!seen.has(id)) seen.add(id)
    const visitor = visitors.get(id) ?? newVisitor(id)
    visitors.set(id, visitor)
    visitor.bot ||= event.bot ?? false

    const arrival = touch && channelOf(touch)
    if (arrival && !arrival.internal) visitor.channel = arrival.channel
    if (stage && !visitor.stages.includes(stage)) {
      visitor.stages.push(stage)
      visitor.stages.sort((a, b) => JOURNEY_STAGES.indexOf(a) - JOURNEY_STAGES.indexOf(b))
    }
    if (name === 'purchase') {
      const { value, currency } = properties
      const rupiah = typeof value === 'number' && currency === CURRENCY ? value : 0
      visitor.orders++
      visitor.value += rupiah
      totals.orders++
      totals.value += rupiah
    }
    visitor.lastSeen = Math.max(visitor.lastSeen, time)
    insert(visitor.events, {
      id: event.id,
      name,
      stage,
      time,
      session: event.session_id,
      session_number: event.session_number,
      facts: factsOf(event, language),
      stageReason: stageReason(event, language),
      ...(arrival && { arrival }),
    })
    totals.events++
    totals.visitors = seen.size
  }

  function latest(): Visitor[] {
    const byLastSeen = [...visitors.values()].toSorted((a, b) => b.lastSeen - a.lastSeen)
    for (const { id } of byLastSeen.slice(MOST_REMEMBERED)) visitors.delete(id)
    return byLastSeen.slice(0, MOST_SHOWN)
  }

  return {
    add(events) {
      for (const event of events) add(event)
      if (listeners.size === 0) return
      const changed = new Set(events.map(({ visitor_id }) => visitor_id))
      const update = { totals: { ...totals }, visitors: latest().filter(({ id }) => changed.has(id)) }
      for (const tell of listeners) tell(update)
    },
    snapshot: () => ({ totals: { ...totals }, visitors: latest() }),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function newVisitor(id: string): Visitor {
  return { id, lastSeen: 0, bot: false, channel: null, stages: [], orders: 0, value: 0, events: [] }
}

/** Events nearly always come in order of time. */
function insert(events: LiveEvent[], event: LiveEvent): void {
  let at = events.length
  while (at > 0 && events[at - 1]!.time > event.time) at--
  events.splice(at, 0, event)
  if (events.length > MOST_EVENTS) events.shift()
}
