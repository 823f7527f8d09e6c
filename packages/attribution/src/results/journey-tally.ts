import { compareText } from '../compare-text.ts'
import type { Conversion, Journey, Touch } from '../journey.ts'
import { createCreditTable } from '../models/credit.ts'
import type { CreditTable } from '../models/credit.ts'
import type { Model, RuleModel } from '../models/model.ts'
import { sharesOf } from '../models/rules.ts'
import { withCounts } from '../paths/counted-paths.ts'
import { createPathStore } from '../paths/path-store.ts'
import type { PathStore } from '../paths/path-store.ts'
import { createTimedPathStore, endOfJourney } from '../paths/timed-path-store.ts'
import type { TimedPathStore } from '../paths/timed-path-store.ts'
import type { OtherCurrency } from './attribution-result.ts'
import type { Counted } from './fit-models.ts'
import { createGrowingNumbers } from './growing-numbers.ts'
import type { GrowingNumbers } from './growing-numbers.ts'
import type { OwnGrouping } from './touch-grouping.ts'

/** What has to be kept of journeys, by which models are to run on them. */
export interface TallyPlan {
  readonly grouping: OwnGrouping
  /** Rules that are followed journey by journey: paths do not tell what they go by. */
  readonly followed: readonly RuleModel[]
  /** Whether the journeys themselves are kept, with the times of their touches. */
  readonly keepsJourneys: boolean
  /** Whether the part of each touch by the followed rules is kept too. */
  readonly keepsShares: boolean
}

export function planTally(grouping: OwnGrouping, models: readonly Model[], hasIntervals: boolean): TallyPlan {
  // An order rule may go by channels; where paths are made of something else, they do not tell them.
  const followed = models.filter(
    (model): model is RuleModel => model.kind === 'rule' && (model.timed || grouping.name !== 'channel'),
  )
  const keepsShares = hasIntervals && followed.length > 0
  return { grouping, followed, keepsShares, keepsJourneys: keepsShares || models.some(({ kind }) => kind === 'timed') }
}

/** Journeys, counted as they pass. */
export interface Tally {
  add(journey: Journey): void
  /** The currencies of conversions with a value, most conversions first. */
  money(): OtherCurrency[]
  /** Adds the journeys of another tally of the same plan that led to no conversion. */
  addNulls(nulls: Tally): void
  /** All of it, with the value in one currency. Ends the tally: nothing can be added any more. */
  finish(currency: string | null): FinishedTally
  readonly conversionsWithoutValue: number
  readonly kept: KeptJourneys
  readonly byCurrency: ReadonlyMap<string | null, CurrencyTally>
}

interface FinishedTally extends Counted {
  readonly paths: PathStore
}

/** What is counted apart for each currency, as the one that counts may be known only at the end. */
interface CurrencyTally {
  readonly paths: PathStore
  readonly credits: ReadonlyMap<RuleModel, CreditTable>
  /** How many conversions had a value other than 0. */
  valued: number
}

interface KeptJourneys {
  readonly rows: TimedPathStore
  /** The currency of each row's value. */
  readonly currencies: (string | null)[]
  readonly shares: ReadonlyMap<RuleModel, GrowingNumbers>
}

export function createTally(plan: TallyPlan): Tally {
  const { grouping, followed, keepsJourneys, keepsShares } = plan
  const byCurrency = new Map<string | null, CurrencyTally>()
  const kept: KeptJourneys = {
    rows: createTimedPathStore(),
    currencies: [],
    shares: new Map(keepsShares ? followed.map(rule => [rule, createGrowingNumbers()]) : []),
  }
  let conversionsWithoutValue = 0

  function tallyOf(currency: string | null): CurrencyTally {
    const known = byCurrency.get(currency)
    if (known) return known
    const tally = {
      paths: createPathStore(),
      credits: new Map(followed.map(rule => [rule, createCreditTable()])),
      valued: 0,
    }
    byCurrency.set(currency, tally)
    return tally
  }

  return {
    kept,
    byCurrency,
    get conversionsWithoutValue() {
      return conversionsWithoutValue
    },
    add(journey) {
      const { touches, conversion, reached = {} } = journey
      const keys = touches.map(grouping.keyOf)
      const value = conversion ? checkedValue(conversion) : 0
      if (conversion && value === 0) conversionsWithoutValue++
      const currency = value === 0 ? null : currencyCode(conversion?.currency)
      const tally = tallyOf(currency)
      const outcome = conversion ? { conversions: 1, value } : { nulls: 1 }
      tally.paths.add(keys, outcome)
      if (value !== 0) tally.valued++
      if (keepsJourneys) {
        kept.rows.add(
          touches.map(({ time }, at) => ({ channel: keys[at]!, time })),
          endOfJourney(journey),
          outcome,
        )
        kept.currencies.push(currency)
      }
      for (const rule of followed) {
        if (!conversion || touches.length === 0) {
          kept.shares.get(rule)?.addZeros(touches.length)
          continue
        }
        const shares = sharesOf(rule, touches, { end: conversion.time, reached })
        kept.shares.get(rule)?.add(shares)
        const credits = tally.credits.get(rule)!
        for (const [at, key] of keys.entries()) credits.add(key, shares[at]!, value * shares[at]!)
      }
    },
    money: () =>
      Array.from(byCurrency, ([currency, { valued, paths }]) => ({
        currency,
        conversions: valued,
        value: paths.totals.value,
      }))
        .filter(({ conversions }) => conversions > 0)
        .sort((a, b) => b.conversions - a.conversions || compareText(a.currency ?? '', b.currency ?? '')),
    addNulls(nulls) {
      for (const { paths } of nulls.byCurrency.values()) tallyOf(null).paths.merge(paths)
      if (!keepsJourneys) return
      kept.rows.merge(nulls.kept.rows)
      for (const currency of nulls.kept.currencies) kept.currencies.push(currency)
      for (const shares of kept.shares.values()) shares.addZeros(nulls.kept.rows.touches.length)
    },
    finish(currency) {
      const all = tallyOf(currency)
      for (const tally of byCurrency.values()) {
        if (tally === all) continue
        all.paths.merge(withoutValue(tally.paths))
        for (const [rule, credits] of tally.credits) {
          for (const { key, conversions } of credits) all.credits.get(rule)!.add(key, conversions, 0)
        }
      }
      return {
        paths: all.paths,
        followed: all.credits,
        ...(keepsJourneys && { journeys: inCurrency(kept, currency) }),
        ...(keepsShares && { shares: new Map(Array.from(kept.shares, ([rule, shares]) => [rule, shares.all()])) }),
      }
    },
  }
}

/** ISO 4217 has capital letters; not everybody writes them. */
export function currencyCode(currency: string | undefined): string | null {
  return currency?.toUpperCase() || null
}

/** The touches of a journey as a model sees them that was fitted on groups. */
export function touchesAs(
  keyOf: (touch: Touch) => string,
  touches: readonly Touch[],
): { channel: string; time: number }[] {
  return touches.map(touch => ({ channel: keyOf(touch), time: touch.time }))
}

function checkedValue({ id, value }: Conversion): number {
  if (Number.isFinite(value)) return value
  throw new RangeError(`attribute: the value of conversion "${id}" must be a finite number, got ${value}`)
}

function withoutValue(paths: PathStore): PathStore {
  const none = new Float64Array(paths.size)
  return withCounts(paths, { ...paths.counts, value: none, squares: none })
}

function inCurrency({ rows, currencies }: KeptJourneys, currency: string | null): TimedPathStore {
  const { counts } = rows
  const inIt = (amounts: Float64Array): Float64Array =>
    amounts.map((amount, row) => (currencies[row] === currency ? amount : 0))
  return withCounts(rows, { ...counts, value: inIt(counts.value), squares: inIt(counts.squares) })
}
