import { TOUCH_DIMENSIONS } from './journey.ts'
import type { Conversion, Journey, Touch, TouchDimension } from './journey.ts'
import { compareText } from './compare-text.ts'
import { createCreditTable, rankCredits } from './models/credit.ts'
import type { Credit, CreditTable } from './models/credit.ts'
import { creditPaths } from './models/credit-paths.ts'
import type { Model, OrderRule, PathAttribution, PathModel, RuleModel } from './models/model.ts'
import { MODELS } from './models/registry.ts'
import { sharesOf, sharesOfPath } from './models/rules.ts'
import { createPathStore, namesOf } from './paths.ts'
import type { PathStore, PathTotals } from './paths.ts'

export interface AttributeOptions {
  /** Which models to run, side by side. Default: one of each in `MODELS`. */
  readonly models?: readonly Model[]
  /** By what touches are grouped. Default `channel`. */
  readonly by?: TouchDimension
  /**
   * In which currency value is counted, such as `IDR`, in any case. Default: the one that most conversions with a value
   * have.
   */
  readonly currency?: string
}

export interface AttributionResult {
  readonly by: TouchDimension
  readonly totals: AttributionTotals
  /** One result for each model, in the order asked for. All list the same keys. */
  readonly models: readonly ModelResult[]
  /** The counted paths: for more models, for merging with those of other days, for keeping. */
  readonly paths: PathStore
  readonly diagnostics: AttributionDiagnostics
}

export interface AttributionTotals {
  /** Converting and non-converting ones. */
  readonly journeys: number
  readonly conversions: number
  readonly nonConverting: number
  /** In `currency`. */
  readonly value: number
  /** Absent if no currency was asked for and no conversion with a value names one. */
  readonly currency?: string
}

/** What a model gives: its credits, and what else it has learned. */
export interface ModelResult extends Omit<PathAttribution, 'credits'> {
  /** The model's name. */
  readonly model: string
  /** Most conversions first, then by name. They sum to the totals, less what no touch led to. */
  readonly credits: readonly Credit[]
}

/** What one should know before believing the numbers. */
export interface AttributionDiagnostics {
  /** The number of distinct paths that have touches. */
  readonly distinctPaths: number
  /** The number of touches on the longest path. */
  readonly longestPath: number
  /** Conversions after a single touch. Rules cannot differ on these. */
  readonly singleTouchConversions: number
  /** Conversions of value 0. */
  readonly conversionsWithoutValue: number
  /** Conversions without any touch before them, and their value: part of the totals, credited to nobody. */
  readonly uncredited: { readonly conversions: number; readonly value: number }
  /** Conversions that count while their value does not, since it is in another currency. Most conversions first. */
  readonly otherCurrencies: readonly OtherCurrency[]
}

export interface OtherCurrency {
  /** Null: the conversions have a value and name no currency. */
  readonly currency: string | null
  readonly conversions: number
  /** In `currency`. */
  readonly value: number
}

/**
 * Shares the conversions of journeys out among what led to them, by several models side by side.
 *
 * Reads the journeys once and keeps none of them: memory grows with the number of distinct paths. Money of different
 * currencies is never added up: one currency counts, and what is left out is told in `diagnostics.otherCurrencies`.
 *
 * @throws RangeError (as a rejection) if `by` is no touch dimension, or the value of a conversion is no finite number.
 */
export async function attribute(
  journeys: Iterable<Journey> | AsyncIterable<Journey>,
  options: AttributeOptions = {},
): Promise<AttributionResult> {
  const { models = allModels(), by = 'channel' } = options
  if (!TOUCH_DIMENSIONS.includes(by)) {
    throw new RangeError(`attribute: \`by\` must be one of ${TOUCH_DIMENSIONS.join(', ')}, got "${String(by)}"`)
  }
  const rules = models.filter(model => model.kind === 'rule')

  // One tally for each currency, as the one that counts may be known only at the end; null where there is none.
  const tallies = new Map<string | null, Tally>()
  let conversionsWithoutValue = 0
  for await (const { touches, conversion } of journeys) {
    if (conversion?.value === 0) conversionsWithoutValue++
    const currency = conversion?.value ? currencyCode(conversion.currency) : null
    const tally = tallies.get(currency) ?? createTally(rules, by)
    tallies.set(currency, tally)
    tally.add(touches, conversion)
  }

  const money = moneyOf(tallies)
  const currency = currencyCode(options.currency) ?? money.find(sum => sum.currency !== null)?.currency ?? null
  const all = tallies.get(currency) ?? createTally(rules, by)
  for (const tally of tallies.values()) if (tally !== all) all.absorbWithoutValue(tally)

  const { paths, credits } = all
  const { conversions, value, nulls } = paths.totals
  return {
    by,
    totals: {
      journeys: conversions + nulls,
      conversions,
      nonConverting: nulls,
      value,
      ...(currency !== null && { currency }),
    },
    models: models.map(model =>
      model.kind === 'rule'
        ? resultOf(model, { credits: credits.get(model) ?? [] }, paths)
        : resultOf(model, model.attribute(paths), paths),
    ),
    paths,
    diagnostics: {
      ...diagnosticsOf(paths),
      conversionsWithoutValue,
      otherCurrencies: money.filter(sum => sum.currency !== currency),
    },
  }
}

/**
 * Runs models on counted paths alone, for those who have a path table and no journeys.
 * @param models Default: one of each in `MODELS` that does not need the times of touches.
 * @throws RangeError if a model needs the times of touches.
 */
export function attributePaths(
  paths: PathStore,
  models: readonly (OrderRule | PathModel)[] = allModels().filter(worksOnPaths),
): ModelResult[] {
  return models.map((model: Model) => {
    if (!worksOnPaths(model)) {
      throw new RangeError(`attributePaths: the model "${model.name}" needs the times of touches; give it journeys`)
    }
    const attribution =
      model.kind === 'rule'
        ? { credits: creditPaths(paths, channels => sharesOfPath(model, channels)) }
        : model.attribute(paths)
    return resultOf(model, attribution, paths)
  })
}

/** The credit of one touch for one conversion. */
export interface TouchCredit {
  /** The name of the rule. */
  readonly model: string
  readonly person: string
  readonly conversion: Conversion
  readonly touch: Touch
  /** The touch's part of the conversion: above 0, at most 1. The parts of a conversion sum to 1. */
  readonly conversions: number
  /** Its part of the conversion's value, in the conversion's currency. */
  readonly value: number
}

/** The credit of every single touch, in the order of the journeys. Touches that get none are left out. */
export async function* touchCredits(
  journeys: Iterable<Journey> | AsyncIterable<Journey>,
  rules: readonly RuleModel[],
): AsyncGenerator<TouchCredit> {
  for await (const { person, touches, conversion } of journeys) {
    if (!conversion || touches.length === 0) continue
    for (const rule of rules) {
      const shares = sharesOf(rule, touches)
      for (const [at, touch] of touches.entries()) {
        const share = shares[at] as number
        if (share === 0) continue
        yield { model: rule.name, person, conversion, touch, conversions: share, value: conversion.value * share }
      }
    }
  }
}

/** What has been counted of the journeys so far. */
interface Tally {
  readonly paths: PathStore
  readonly credits: ReadonlyMap<RuleModel, CreditTable>
  /** How many conversions had a value other than 0. */
  readonly valuedConversions: number
  add(touches: readonly Touch[], conversion: Conversion | undefined): void
  /** Adds what another tally has counted, less its value, which is in other money. */
  absorbWithoutValue(other: Tally): void
}

function createTally(rules: readonly RuleModel[], by: TouchDimension): Tally {
  const paths = createPathStore()
  const credits = new Map(rules.map(rule => [rule, createCreditTable()]))
  let valuedConversions = 0

  return {
    paths,
    credits,
    get valuedConversions() {
      return valuedConversions
    },
    add(touches, conversion) {
      const keys = touches.map(touch => touch[by])
      if (!conversion) {
        paths.add(keys, { nulls: 1 })
        return
      }
      const { id, value } = conversion
      if (!Number.isFinite(value)) {
        throw new RangeError(`attribute: the value of conversion "${id}" must be a finite number, got ${value}`)
      }
      if (value !== 0) valuedConversions++
      paths.add(keys, { conversions: 1, value })
      if (touches.length === 0) return
      for (const [rule, table] of credits) {
        const shares = sharesOf(rule, touches)
        for (const [at, key] of keys.entries()) {
          const share = shares[at] as number
          table.add(key, share, value * share)
        }
      }
    },
    absorbWithoutValue(other) {
      for (const { touches, conversions, nulls } of other.paths) {
        paths.add(namesOf(touches, other.paths.channels), { conversions, nulls })
      }
      for (const [rule, table] of other.credits) {
        for (const { key, conversions } of table) credits.get(rule)?.add(key, conversions, 0)
      }
    },
  }
}

/** ISO 4217 has capital letters; not everybody writes them. */
function currencyCode(currency: string | undefined): string | null {
  return currency?.toUpperCase() || null
}

/** The money of each currency, most conversions first. */
function moneyOf(tallies: ReadonlyMap<string | null, Tally>): OtherCurrency[] {
  return Array.from(tallies, ([currency, { valuedConversions, paths }]) => ({
    currency,
    conversions: valuedConversions,
    value: paths.totals.value,
  }))
    .filter(({ conversions }) => conversions > 0)
    .sort((a, b) => b.conversions - a.conversions || compareText(a.currency ?? '', b.currency ?? ''))
}

function diagnosticsOf(
  paths: PathStore,
): Pick<AttributionDiagnostics, 'distinctPaths' | 'longestPath' | 'singleTouchConversions' | 'uncredited'> {
  let longestPath = 0
  let singleTouchConversions = 0
  let withoutTouches: PathTotals | undefined
  for (const { touches, ...outcome } of paths) {
    longestPath = Math.max(longestPath, touches.length)
    if (touches.length === 0) withoutTouches = outcome
    if (touches.length === 1) singleTouchConversions += outcome.conversions
  }
  return {
    distinctPaths: paths.size - (withoutTouches ? 1 : 0),
    longestPath,
    singleTouchConversions,
    uncredited: { conversions: withoutTouches?.conversions ?? 0, value: withoutTouches?.value ?? 0 },
  }
}

function resultOf(model: Model, { credits, ...learned }: PathAttribution, paths: PathStore): ModelResult {
  return { model: model.name, credits: rankCredits(credits, paths.channels), ...learned }
}

function allModels(): Model[] {
  return Object.values(MODELS).map(model => model.create())
}

function worksOnPaths(model: Model): model is OrderRule | PathModel {
  return model.kind === 'path' || !model.timed
}
