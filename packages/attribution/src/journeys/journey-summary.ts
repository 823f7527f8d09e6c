import { compareText } from '../compare-text.ts'
import type { Candidate } from './conversions.ts'
import type { RefundSummary } from './refunds.ts'
import type { TransitionCount } from './stage-transitions.ts'

/** What went into the journeys. */
export interface JourneySummary {
  /** Events that were used; the same event twice is counted twice, though it changes nothing. */
  readonly events: number
  /** Events left out because a program made them. */
  readonly bots: number
  /** Persons, or accounts where journeys are read for accounts. */
  readonly persons: number
  readonly sessions: number
  readonly conversions: number
  /** The same for each name, in the order of the names. */
  readonly conversionsByName: readonly ConversionTotal[]
  /** Conversions that were there before, under the same id or the same transaction, and were not counted again. */
  readonly duplicateConversions: number
  /** Conversions whose value is no number. */
  readonly badValues: number
  readonly refunds: RefundSummary
  /** Journeys without a conversion that may still come to one: the data ended before their look-back did. */
  readonly openJourneys: number
  /** The stage transitions that anybody made, in the order of the stage model, those of orders last. */
  readonly transitions: readonly TransitionCount[]
  /** The first and the last event's time, in milliseconds since the epoch; null if there is none. */
  readonly from: number | null
  readonly to: number | null
}

export interface ConversionTotal {
  readonly name: string
  readonly conversions: number
}

export function conversionCounts(conversions: readonly Candidate[]): ConversionTotal[] {
  const counts = new Map<string, number>()
  for (const { conversion } of conversions) counts.set(conversion.name, (counts.get(conversion.name) ?? 0) + 1)
  return Array.from(counts, ([name, count]) => ({ name, conversions: count })).sort((a, b) =>
    compareText(a.name, b.name),
  )
}
