import type { Conversion, Journey, Touch } from '../journey.ts'
import type { Model, ModelSettings } from '../models/model.ts'
import { sharesOf } from '../models/rules.ts'
import type { RunOptions } from '../run-options.ts'
import { attribute } from './attribute.ts'
import type { AttributionResult, AttributionTable, ModelResult } from './attribution-result.ts'
import { touchesAs } from './journey-tally.ts'
import { isReadOnce } from './once-readable.ts'
import { runOf } from './run-models.ts'
import { groupingOf } from './touch-grouping.ts'
import type { OwnGrouping, TouchGrouping } from './touch-grouping.ts'

export interface TouchCreditOptions extends RunOptions {
  /** On what models are fitted that learn. Default `channel`. */
  readonly by?: TouchGrouping
  /** What `attribute` gave for these models, so that they are not fitted again: by it, of whatever journeys. */
  readonly fitted?: AttributionResult
}

/** The credit of one touch for one conversion. */
export interface TouchCredit {
  /** The name of the model. */
  readonly model: string
  readonly options: ModelSettings
  readonly person: string
  readonly conversion: Conversion
  readonly touch: Touch
  /** The place of the touch in its journey, from 0. */
  readonly position: number
  /** The group of the touch, such as its channel. */
  readonly key: string
  /** The touch's part of the conversion: above 0, at most 1. The parts of a conversion sum to 1. */
  readonly conversions: number
  /** Its part of the conversion's value, in the conversion's currency. */
  readonly value: number
}

/**
 * The credit of every single touch, in the order of the journeys, by each model. Touches that get none are left out,
 * and so are conversions that no touch led to.
 *
 * A rule says it outright. A model that learns is fitted first, for each kind of conversion (unless `fitted` has it),
 * and then shares each conversion out among its own touches in the proportion of what it learned. This is a local
 * reading: each conversion is shared out in full, but by key the parts need not sum to what `attribute` gives. Where a
 * model finds nothing in a journey to tell its touches apart by, they share evenly.
 *
 * @throws RangeError (from the loop) if journeys that can be looped over once only would have to be read twice, or if a
 *   model is not among the fitted ones, or cannot say it.
 */
export async function* touchCredits(
  journeys: Iterable<Journey> | AsyncIterable<Journey>,
  models: readonly Model[],
  options: TouchCreditOptions = {},
): AsyncGenerator<TouchCredit> {
  const { fitted, signal } = options
  const grouping = groupingOf(options.by ?? 'channel', 'touchCredits')
  const learners = models.filter(({ kind }) => kind !== 'rule')
  const tables = fitted?.tables ?? (learners.length > 0 ? await fit(journeys, learners, grouping, options) : [])
  const keyOf = options.by === undefined && fitted ? fitted.keyOf : grouping.keyOf

  const weighersByName = new Map<string, readonly Weigher[]>()
  for await (const { person, touches, conversion, reached = {} } of journeys) {
    signal?.throwIfAborted()
    if (!conversion || touches.length === 0) continue
    let weighers = weighersByName.get(conversion.name)
    if (!weighers) {
      const by = options.by === undefined && fitted ? fitted.by : grouping.name
      const table = tables.find(one => one.by === by && one.has(conversion.name))
      weighers = models.map(model => weigherOf(model, table, conversion.name, keyOf))
      weighersByName.set(conversion.name, weighers)
    }
    const journey = { end: conversion.time, reached }
    for (const [at, model] of models.entries()) {
      const shares = weighers[at]!(touches, journey)
      for (const [position, touch] of touches.entries()) {
        const share = shares[position]!
        if (share === 0) continue
        yield {
          model: model.name,
          options: model.options ?? {},
          person,
          conversion,
          touch,
          position,
          key: keyOf(touch),
          conversions: share,
          value: conversion.value * share,
        }
      }
    }
  }
}

async function fit(
  journeys: Iterable<Journey> | AsyncIterable<Journey>,
  models: readonly Model[],
  by: OwnGrouping,
  options: TouchCreditOptions,
): Promise<readonly AttributionTable[]> {
  if (isReadOnce(journeys)) {
    throw new RangeError(
      'touchCredits: these journeys can be read once only, and models that learn need them twice. Pass something that ' +
        'can be looped over again (what buildJourneys gives, an array), or `fitted`',
    )
  }
  const channel = options.by ?? 'channel'
  return (await attribute(journeys, { models, by: typeof channel === 'string' ? channel : by, ...runOf(options) }))
    .tables
}

type Weigher = (
  touches: readonly Touch[],
  journey: { readonly end: number; readonly reached: Readonly<Partial<Record<string, number>>> },
) => readonly number[]

function weigherOf(
  model: Model,
  table: AttributionTable | undefined,
  conversion: string,
  keyOf: (touch: Touch) => string,
): Weigher {
  if (model.kind === 'rule') return (touches, journey) => sharesOf(model, touches, journey)
  const result = table?.models.find(one => isOf(one, model))
  if (!result) {
    throw new RangeError(`touchCredits: \`fitted\` has no model "${model.name}" with these options for "${conversion}"`)
  }
  if (result.kind === 'path' && result.weigh) {
    const { weigh } = result
    return touches => inShares(weigh(touches.map(keyOf)), touches.length)
  }
  if (result.kind === 'timed' && result.weigh) {
    const { weigh } = result
    return (touches, journey) => inShares(weigh(touchesAs(keyOf, touches), journey), touches.length)
  }
  throw new RangeError(`touchCredits: the model "${model.name}" gives credit to channels only, not to single touches`)
}

/** Whether a result is that of a model, by its name and options. */
function isOf({ model, options }: ModelResult, { name, options: own = {} }: Model): boolean {
  const keys = Object.keys(own)
  return model === name && keys.length === Object.keys(options).length && keys.every(key => options[key] === own[key])
}

function inShares(weights: readonly number[], length: number): readonly number[] {
  let sum = 0
  for (const weight of weights) sum += weight
  if (weights.length === length && sum > 0 && sum < Infinity && weights.every(weight => weight >= 0)) {
    return weights.map(weight => weight / sum)
  }
  return Array.from({ length }, () => 1 / length)
}
