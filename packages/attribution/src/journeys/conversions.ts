import { EVENTS, orderEventId } from '@jejak/events'
import type { StoredEvent } from '@jejak/events'
import { compareText } from '../compare-text.ts'
import type { Conversion } from '../journey.ts'
import type { Definition } from './conversion-definitions.ts'
import type { Owners } from './identity.ts'
import type { KeptEvents } from './kept-events.ts'

/** An event that may count as a conversion. */
export interface Candidate {
  readonly row: number
  /** The definition's place in the list. */
  readonly definition: number
  readonly group: number
  readonly conversion: Conversion
  /** What all reports of this conversion have in common, where that can be told from its order. */
  readonly order: string | undefined
  /** It counts whenever it happens. Otherwise only the first time that `stage` is reached. */
  readonly always: boolean
  readonly stage: string | undefined
  /** Only the first of a person counts. */
  readonly once: boolean
  /** The event's own `value`, which says what part of it a refund is. */
  readonly base: number | undefined
  readonly isRefund: boolean
  /** The value the event has, where it is something other than a number. */
  readonly badValue?: unknown
}

/** An event that tells of money given back. */
export const REFUND_EVENT = 'refund'

/**
 * The conversions that an event may be: one for each definition that it meets.
 *
 * @param order what `orderIn` tells of the event. To find it takes longer than all else that is done with an event.
 */
export function candidatesOf(
  event: StoredEvent,
  row: number,
  definitions: readonly Definition[],
  order: () => string | undefined,
): readonly Candidate[] {
  let candidates: Candidate[] | undefined
  for (let place = 0; place < definitions.length; place++) {
    const definition = definitions[place]!
    const match = definition.match(event)
    if (!match) continue
    const { id, corrected_time: time, properties, name } = event
    const value = definition.valueOf(event)
    const known = typeof value === 'number' && Number.isFinite(value)
    const { currency = definition.currency, value: own } = properties
    const transaction = transactionOf(properties)
    candidates ??= []
    candidates.push({
      row,
      definition: place,
      group: definition.group,
      conversion: {
        id,
        name: definition.nameOf(event),
        time,
        value: known ? value : 0,
        ...(typeof currency === 'string' ? { currency } : {}),
        ...(transaction === undefined ? {} : { transaction_id: transaction }),
      },
      order: order(),
      always: match.always,
      stage: match.stage,
      once: definition.once,
      base: typeof own === 'number' && Number.isFinite(own) ? own : undefined,
      isRefund: name === REFUND_EVENT,
      ...(known || value === undefined || value === null ? {} : { badValue: value }),
    })
  }
  return candidates ?? NONE
}

const NONE: readonly Candidate[] = []

/** The number of the order that an event belongs to, as text. */
export function transactionOf({ transaction_id: transaction }: StoredEvent['properties']): string | undefined {
  const isNamed = (typeof transaction === 'string' && transaction !== '') || typeof transaction === 'number'
  return isNamed ? String(transaction) : undefined
}

/** What all reports of an event have in common, where that can be told from its order; found when first asked for. */
export function orderIn({ name, properties }: StoredEvent): () => string | undefined {
  const transaction = transactionOf(properties)
  let order: string | undefined
  return () => (transaction === undefined ? undefined : (order ??= orderOf(name, properties, transaction)))
}

/**
 * An order is shipped in parcels and reviewed by item: `orderEventId` knows what it has only once, and what besides.
 * Events of the shop's own, and a contract that is signed, are taken to be there once for each transaction.
 */
function orderOf(name: string, properties: StoredEvent['properties'], transaction: string): string | undefined {
  if (!Object.hasOwn(EVENTS, name) || name === 'contract_signed') return JSON.stringify([name, transaction])
  const isText = ([, value]: [string, unknown]) => typeof value === 'string' || typeof value === 'number'
  return orderEventId(name, Object.fromEntries(Object.entries(properties).filter(isText)))
}

/** The candidates that count, in order of time, and how many were there more than once. */
export interface ChosenConversions {
  readonly conversions: readonly Candidate[]
  readonly duplicates: number
}

/**
 * Which candidates count, for each definition by itself:
 * - of a stage, the first time its owner reached it;
 * - of several events with one id, the earliest;
 * - so too of several events with one name and transaction, unless they are of a kind that an order can have more than
 *   once: the same order may have been seen on a page, again when that was reloaded, and by the shop's server;
 * - where a definition counts once, the owner's earliest of what is left.
 */
export function chooseConversions(
  candidates: readonly Candidate[],
  owners: Owners,
  kept: KeptEvents,
): ChosenConversions {
  const seen = new Set<string>()
  const isNew = (...key: readonly (string | number)[]): boolean => {
    const text = JSON.stringify(key)
    if (seen.has(text)) return false
    seen.add(text)
    return true
  }
  const conversions: Candidate[] = []
  let duplicates = 0

  for (const candidate of candidates.toSorted(inOrder(kept))) {
    const { definition, row, order, stage, always, once } = candidate
    const { id, name } = candidate.conversion
    const owner = owners.of[row]!
    if (stage !== undefined && !isNew('stage', definition, stage, owner) && !always) continue

    const newId = isNew('id', definition, name, id)
    const newOrder = order === undefined || isNew('order', definition, name, order)
    if (!newId || !newOrder) duplicates++
    else if (!once || isNew('once', definition, owner)) conversions.push(candidate)
  }
  return { conversions, duplicates }
}

/** A total order over everything that is kept of a candidate, so that the order of the input cannot matter. */
function inOrder({ visitors, visitor, sessions, session, sequence }: KeptEvents) {
  return (a: Candidate, b: Candidate): number =>
    a.conversion.time - b.conversion.time ||
    compareText(a.conversion.id, b.conversion.id) ||
    compareText(a.conversion.name, b.conversion.name) ||
    a.definition - b.definition ||
    compareText(visitors[visitor[a.row]!]!, visitors[visitor[b.row]!]!) ||
    compareText(sessions[session[a.row]!]!, sessions[session[b.row]!]!) ||
    sequence[a.row]! - sequence[b.row]! ||
    a.conversion.value - b.conversion.value
}
