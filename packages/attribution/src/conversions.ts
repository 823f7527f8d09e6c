import { EVENTS, JOURNEY_STAGES, orderEventId } from '@jejak/events'
import type { JourneyStage, StoredEvent } from '@jejak/events'
import type { ChosenStageModel } from './chosen-stage-model.ts'
import type { Owners } from './identity.ts'
import type { Conversion } from './journey.ts'
import type { KeptEvents } from './kept-events.ts'
import { compareText } from './compare-text.ts'

/**
 * What counts as a conversion: events of a name, or of several; `stage:NAME`, the first time that a person reaches a
 * stage; or a function that says it of an event.
 */
export type ConversionRule = string | readonly string[] | ((event: StoredEvent) => boolean)

/** Under which names an event converts. Most do not. */
export type ConversionNames = (event: StoredEvent) => readonly string[]

const STAGE_PREFIX = 'stage:'

/** @throws {TypeError} if the rule names nothing, or a stage that the model does not have. */
export function conversionNames(
  rule: ConversionRule,
  { name: modelName, stages, order }: ChosenStageModel,
): ConversionNames {
  if (typeof rule === 'function') return event => (rule(event) ? [event.name] : NONE)

  const names = new Set(typeof rule === 'string' ? [rule] : rule)
  if (names.size === 0 || names.has('')) {
    throw new TypeError('`conversion`: expected the name of an event, such as "purchase", or "stage:NAME"; got none')
  }
  const ofStage = new Map<JourneyStage, string>()
  for (const name of names) {
    if (!name.startsWith(STAGE_PREFIX)) continue
    const wanted = name.slice(STAGE_PREFIX.length)
    if (!order.includes(wanted)) {
      throw new TypeError(
        `\`conversion\`: the stage model "${modelName}" has no stage "${wanted}"; its stages are ${order.join(', ')}`,
      )
    }
    for (const stage of JOURNEY_STAGES) if (stages[stage] === wanted) ofStage.set(stage, name)
  }

  return event => {
    const byStage = event.stage === null ? undefined : ofStage.get(event.stage)
    if (byStage === undefined) return names.has(event.name) ? [event.name] : NONE
    return names.has(event.name) ? [event.name, byStage] : [byStage]
  }
}

const NONE: readonly string[] = []

/** An event that may count as a conversion. */
export interface Candidate {
  readonly row: number
  readonly conversion: Conversion
  /** What all reports of this conversion have in common, where that can be told from its order. */
  readonly order: string | undefined
  /** The `value` the event has, where it is something other than a number. */
  readonly badValue?: unknown
}

export function candidateOf(event: StoredEvent, row: number, name: string): Candidate {
  const { id, corrected_time: time, properties } = event
  const { value, currency, transaction_id: transaction } = properties
  const known = typeof value === 'number' && Number.isFinite(value)
  const isNamed = (typeof transaction === 'string' && transaction !== '') || typeof transaction === 'number'
  return {
    row,
    conversion: {
      id,
      name,
      time,
      value: known ? value : 0,
      ...(typeof currency === 'string' ? { currency } : {}),
      ...(isNamed ? { transaction_id: String(transaction) } : {}),
    },
    order: isNamed ? orderOf(name, properties, String(transaction)) : undefined,
    ...(known || value === undefined || value === null ? {} : { badValue: value }),
  }
}

/** An order is shipped in parcels and reviewed by item: `orderEventId` knows what it has only once, and what besides. */
function orderOf(name: string, properties: StoredEvent['properties'], transaction: string): string | undefined {
  if (!Object.hasOwn(EVENTS, name)) return transaction
  const isText = ([, value]: [string, unknown]) => typeof value === 'string' || typeof value === 'number'
  return orderEventId(name, Object.fromEntries(Object.entries(properties).filter(isText)))
}

/** The candidates that count, in order of time, and how many were there more than once. */
export interface ChosenConversions {
  readonly conversions: readonly Candidate[]
  readonly duplicates: number
}

/**
 * Of a stage, the first time its owner reached it. Of several events with one id, the earliest; so too of several with
 * one name and transaction, unless they are of a kind that an order can have more than once: the same order may have
 * been seen on a page, again when that was reloaded, and by the shop's server.
 */
export function chooseConversions(
  candidates: readonly Candidate[],
  owners: Owners,
  kept: KeptEvents,
): ChosenConversions {
  const stagesReached = new Set<string>()
  const ids = new Set<string>()
  const orders = new Set<string>()
  const conversions: Candidate[] = []
  let duplicates = 0

  for (const candidate of candidates.toSorted(inOrder(kept))) {
    const { name, id } = candidate.conversion
    if (name.startsWith(STAGE_PREFIX)) {
      const reached = `${name}\n${owners.of[candidate.row]}`
      if (stagesReached.has(reached)) continue
      stagesReached.add(reached)
    }

    const byId = JSON.stringify([name, id])
    const byOrder = candidate.order === undefined ? undefined : JSON.stringify([name, candidate.order])
    if (ids.has(byId) || (byOrder !== undefined && orders.has(byOrder))) {
      duplicates++
      continue
    }
    ids.add(byId)
    if (byOrder !== undefined) orders.add(byOrder)
    conversions.push(candidate)
  }
  return { conversions, duplicates }
}

/** A total order over everything that is kept of a candidate, so that the order of the input cannot matter. */
function inOrder({ visitors, visitor, sessions, session, sequence }: KeptEvents) {
  return (a: Candidate, b: Candidate): number =>
    a.conversion.time - b.conversion.time ||
    compareText(a.conversion.id, b.conversion.id) ||
    compareText(a.conversion.name, b.conversion.name) ||
    compareText(visitors[visitor[a.row]!]!, visitors[visitor[b.row]!]!) ||
    compareText(sessions[session[a.row]!]!, sessions[session[b.row]!]!) ||
    sequence[a.row]! - sequence[b.row]! ||
    a.conversion.value - b.conversion.value
}
