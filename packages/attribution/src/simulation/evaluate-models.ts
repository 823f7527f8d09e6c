import type { Journey, Touch } from '../journey.ts'
import { NOT_SET } from '../journey.ts'
import type { Model, ModelSettings } from '../models/model.ts'
import { attribute } from '../results/attribute.ts'
import type { ModelResult } from '../results/attribution-result.ts'
import { rankCorrelation, totalVariation } from '../results/rank-correlation.ts'
import type { RunOptions } from '../run-options.ts'
import { causalTruth } from './causal-truth.ts'
import type { CausalTruth } from './causal-truth.ts'
import { areaUnderCurve } from './area-under-curve.ts'
import { simulatePeople } from './simulate-people.ts'
import type { SimulatedPerson } from './simulate-people.ts'
import type { World } from './world.ts'

export interface EvaluationOptions extends RunOptions {
  /** How many people live in the world. Default 5,000. */
  readonly people?: number
  /** Default 1. */
  readonly seed?: number
}

export interface Evaluation {
  readonly truth: CausalTruth
  /** Each channel's part of what all lose one by one: what the credits of a true model would be in proportion to. */
  readonly trueShares: readonly ChannelShare[]
  /** Contacts, and conversions with and without a contact before them, as they happened. */
  readonly people: {
    readonly all: number
    readonly converted: number
    readonly unseen: number
    readonly contacts: number
  }
  /** In the order they were given. */
  readonly models: readonly ModelEvaluation[]
}

export interface ChannelShare {
  readonly key: string
  readonly share: number
}

export interface ModelEvaluation {
  readonly model: string
  readonly options: ModelSettings
  /** In the order of the world's channels. */
  readonly shares: readonly ChannelShare[]
  /** The part of all credit that is at the wrong channel, 0 to 1: the total variation distance from the true shares. */
  readonly misplaced: number
  /** Whether the channels are in the right order: Spearman's rank correlation with the true shares, -1 to 1. */
  readonly rankCorrelation: number
  /**
   * How well it tells, of people it has not learned from, who will still convert: half through the world's days, the
   * probability that a convert is ranked before one who is none (area under the ROC curve; 0.5 is guessing). Null for
   * models that predict nothing.
   */
  readonly prediction: number | null
}

const DAY_MS = 86_400_000
/** 1 January 2026: any day would do. */
const FIRST_DAY = Date.UTC(2026, 0, 1)

/**
 * Scores models in a world whose truth is known: how much of the credit they put where the effect is, and how well
 * those that predict foresee people they have not seen.
 */
export async function evaluateModels(
  world: World,
  models: readonly Model[],
  options: EvaluationOptions = {},
): Promise<Evaluation> {
  const { people = 5_000, seed = 1, signal, onProgress, workers } = options
  const run: RunOptions = { ...(signal && { signal }), ...(onProgress && { onProgress }), ...(workers && { workers }) }
  const lived = [...simulatePeople(world, { people, seed })]
  const truth = await causalTruth(world, { people, seed, ...run })
  const trueShares = sharesOf(truth.channels, world)

  const learnedFrom = lived.filter(({ number }) => number % 2 === 0)
  const heldOut = lived.filter(({ number }) => number % 2 === 1)
  const all = (await attribute(journeysOf(lived, world), { models, ...run })).models
  const half = (await attribute(journeysOf(learnedFrom, world), { models, ...run })).models

  const converted = lived.filter(({ boughtAt }) => boughtAt !== undefined)
  return {
    truth,
    trueShares,
    people: {
      all: people,
      converted: converted.length,
      unseen: converted.filter(({ contacts }) => contacts.length === 0).length,
      contacts: lived.reduce((sum, { contacts }) => sum + contacts.length, 0),
    },
    models: models.map((model, at) => {
      const shares = sharesOf(all[at]!.credits, world)
      return {
        model: model.name,
        options: model.options ?? {},
        shares,
        misplaced: totalVariation(shares.map(shareOf), trueShares.map(shareOf)),
        rankCorrelation: rankCorrelation(shares.map(shareOf), trueShares.map(shareOf)) ?? 0,
        prediction: predictionOf(half[at]!, heldOut, world),
      }
    }),
  }
}

/** What the people of a simulation did, as journeys; people without a contact have none. */
export function* journeysOf(people: Iterable<SimulatedPerson>, world: World): Generator<Journey> {
  for (const { number, contacts, boughtAt } of people) {
    if (contacts.length === 0) continue
    const person = `person-${number}`
    const touches = contacts.map(({ time, channel }) => touchOf(timeOf(time), channel, person))
    yield boughtAt === undefined
      ? { person, touches, until: timeOf(world.days) }
      : { person, touches, conversion: { id: person, name: 'purchase', time: timeOf(boughtAt), value: 1 } }
  }
}

function touchOf(time: number, channel: string, person: string): Touch {
  return {
    time,
    channel,
    source: channel,
    medium: NOT_SET,
    campaign: NOT_SET,
    term: NOT_SET,
    content: NOT_SET,
    landing: '/',
    session_id: `${person}-${time}`,
    why: 'simulated',
    internal: false,
  }
}

function shareOf({ share }: ChannelShare): number {
  return share
}

function timeOf(days: number): number {
  return FIRST_DAY + Math.round(days * DAY_MS)
}

function sharesOf(
  amounts: Iterable<{ readonly key: string; readonly conversions: number }>,
  world: World,
): ChannelShare[] {
  const byKey = new Map(Array.from(amounts, ({ key, conversions }) => [key, Math.max(0, conversions)]))
  const total = Array.from(byKey.values()).reduce((sum, conversions) => sum + conversions, 0)
  return world.channels.map(({ name }) => ({ key: name, share: total === 0 ? 0 : (byKey.get(name) ?? 0) / total }))
}

/** At half time, who will still buy? Asked of those who had a contact and have not bought by then. */
function predictionOf(model: ModelResult, people: readonly SimulatedPerson[], world: World): number | null {
  if (model.kind === 'rule' || !model.score) return null
  const now = world.days / 2
  const guesses = people
    .filter(({ contacts, boughtAt = Infinity }) => boughtAt > now && contacts.some(({ time }) => time <= now))
    .map(({ contacts, boughtAt }) => {
      const seen = contacts.filter(({ time }) => time <= now)
      const probability =
        model.kind === 'path'
          ? model.score?.(seen.map(({ channel }) => channel))
          : model.score?.(
              seen.map(({ time, channel }) => ({ time: timeOf(time), channel })),
              timeOf(now),
              timeOf(world.days),
            )
      return { probability: probability ?? 0, happened: boughtAt !== undefined }
    })
  return areaUnderCurve(guesses)
}
