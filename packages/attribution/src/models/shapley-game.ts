import type { RunOptions } from '../run-options.ts'
import type { ChannelSets, SetCounts } from './channel-sets.ts'
import { creditsOf, inProportion, listed, shareEvenly, sumOf, totalsOf, weighTouches } from './channel-sets-credits.ts'
import { signaturesOf } from './channel-sets-draws.ts'
import { exactValues, sampledValues } from './coalition-values.ts'
import type { CoalitionGame } from './coalition-game.ts'
import type { LearnedOfChannel, PathAttribution } from './model.ts'

/** What came out of a game: for each measure the Shapley value of each player, and how sure it is where it was sampled. */
export interface Played {
  readonly values: readonly Float64Array[]
  readonly sampled?: { readonly errors: readonly Float64Array[]; readonly orders: number; readonly seed: number }
}

export interface Table {
  readonly sets: ChannelSets
  readonly counts: SetCounts
  /** The places of the channels that play. */
  readonly players: readonly number[]
}

export interface SolveOptions extends Table {
  readonly exactLimit: number
  readonly samples: number
  readonly seed: number
  readonly run: RunOptions
}

/** Solves a game exactly if its players are few enough, else by random orders. */
export function solveGame(game: CoalitionGame, options: SolveOptions): Played | Promise<Played> {
  const { sets, counts, players, exactLimit, samples, seed, run } = options
  run.signal?.throwIfAborted()
  if (players.length <= exactLimit) return { values: game.worths().map(worths => exactValues(worths, players.length)) }

  const all = signaturesOf(sets, counts)
  const signatures = players.map(channel => all[channel]!)
  return sampledValues(game, { ...run, samples, seed, signatures }).then(({ values, errors, orders }) => ({
    values,
    sampled: { errors, orders, seed },
  }))
}

/** Scales what came out of a game to what there is to share. */
export function sharePlayed(
  played: Played,
  { sets, counts, players, game }: Table & { readonly game: 'rate' | 'own' },
): PathAttribution {
  const { names } = sets
  const { values, sampled } = played
  const byChannel = (numbers: Float64Array) => {
    const all = new Float64Array(names.length)
    for (const [player, channel] of players.entries()) all[channel] = numbers[player]!
    return all
  }
  const effects = byChannel(values[0]!)
  const valueEffects = byChannel(values.at(-1)!)
  const totals = totalsOf(counts)
  const shared = inProportion(totals.conversions, effects)
  const sharedValue = inProportion(totals.value, valueEffects)
  const even = shared && sharedValue ? undefined : shareEvenly(sets, counts)
  const conversions = shared ?? even!.conversions
  const value = sharedValue ?? inProportion(totals.value, effects) ?? even!.value

  const errors = (sampled?.errors ?? []).map(byChannel)
  const scales = [scaleOf(totals.conversions, effects), scaleOf(totals.value, valueEffects)]
  const learned = names.map((key, at): LearnedOfChannel => ({
    key,
    values: {
      effect: effects[at]!,
      ...(game === 'rate' && { value_effect: valueEffects[at]! }),
      ...(sampled && {
        standard_error: errors[0]![at]! * scales[0]!,
        value_standard_error: errors.at(-1)![at]! * scales[1]!,
      }),
    },
  }))

  return {
    credits: creditsOf(names, { conversions, value }),
    learned,
    notes: notesOf({ names, played, effects, conversions, shared: shared !== undefined, counts, game, learned }),
    weigh: path => weighTouches(path, weightsByName(names, effects)),
  }
}

function weightsByName(names: readonly string[], effects: Float64Array): (channel: string) => number {
  const weights = new Map(names.map((name, at) => [name, Math.max(0, effects[at]!)]))
  return channel => weights.get(channel) ?? 0
}

function scaleOf(total: number, effects: Float64Array): number {
  const sum = sumOf(effects)
  return sum === 0 ? 0 : Math.abs(total / sum)
}

interface Outcome {
  readonly names: readonly string[]
  readonly played: Played
  readonly effects: Float64Array
  readonly conversions: Float64Array
  readonly shared: boolean
  readonly counts: SetCounts
  readonly game: 'rate' | 'own'
  readonly learned: readonly LearnedOfChannel[]
}

function notesOf({ names, played, effects, conversions, shared, counts, game, learned }: Outcome): string[] {
  const notes: string[] = []
  const sum = sumOf(effects)
  const rounded = Number(sum.toPrecision(6))
  if (shared && sum !== 0) {
    notes.push(
      game === 'rate'
        ? `The effects sum to the rate at which all journeys convert, ${rounded}; credits are the effects scaled to the totals.`
        : `The effects sum to what all channels are worth together, less nobody: ${rounded}; credits are the effects scaled to the totals.`,
    )
  }
  if (!shared) notes.push('The effects cancel out or say nothing: the channels of a journey share it evenly.')
  if (game === 'rate' && !counts.nulls.some(count => count > 0)) {
    notes.push('There are no journeys without a conversion, so that every coalition converts alike.')
  }
  const negative = names.filter((_, at) => conversions[at]! < 0 && effects[at]! < 0)
  if (negative.length > 0)
    notes.push(`What these add is less than nothing, and so is their credit: ${listed(negative)}.`)
  if (played.sampled) {
    const { orders, seed } = played.sampled
    const largest = learned.reduce((most, { values }) => Math.max(most, values.standard_error ?? 0), 0)
    notes.push(
      `Estimated from ${orders} random orders with seed ${seed}; ` +
        `the largest standard error is ${Number(largest.toPrecision(3))} conversions.`,
    )
  }
  return notes
}
