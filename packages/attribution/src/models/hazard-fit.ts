import { setImmediate } from 'node:timers/promises'
import type { TimedPaths } from '../paths/timed-paths.ts'
import type { RunOptions } from '../run-options.ts'
import { observe } from './hazard-observations.ts'
import type { HazardObservations } from './hazard-observations.ts'
import { HALF_LIFE_RANGE_DAYS } from './hazard-shares.ts'
import { addToSums, createSums, stepOf, sumInOrder } from './hazard-step.ts'
import type { Hazards, HazardStep } from './hazard-step.ts'

export interface HazardFitOptions {
  /** The half-life of all channels, in days. Where it is left out, each has its own, which is learned. */
  readonly halfLifeDays?: number
  /** How often the observations may be looked through. */
  readonly maxIterations: number
  /**
   * It is done when a step moves the conversions of each channel by no more than this part of all of them, and makes the
   * log-likelihood of a conversion greater by no more than this.
   */
  readonly tolerance: number
}

export interface HazardFit extends Hazards {
  readonly converged: boolean
  /** No journey without a conversion was watched beyond its last touch. */
  readonly unwatched: boolean
  /** 1 for each channel whose half-life is the shortest or the longest that can be learned, else 0. */
  readonly atBound: Float64Array
}

/** The touches that are looked at in one go, some ten milliseconds, before others get their turn. */
const TOUCHES_AT_ONCE = 1 << 18

/**
 * The hazards under which the observations are most likely, by expectation-maximisation from an even start, each step
 * stretched by SQUAREM (R. Varadhan, C. Roland, "Simple and globally convergent methods for accelerating the
 * convergence of any EM algorithm", Scandinavian Journal of Statistics 35, 2008) wherever that is at least as likely as
 * the step itself. So the likelihood never falls, but by rounding.
 */
export async function fitHazards(
  paths: TimedPaths,
  options: HazardFitOptions,
  run: RunOptions = {},
): Promise<HazardFit> {
  const { maxIterations, tolerance, halfLifeDays } = options
  const { signal, onProgress } = run
  const observations = observe(paths)
  const [shortest, longest] = HALF_LIFE_RANGE_DAYS
  const lowestRate = Math.LN2 / (halfLifeDays ?? Math.min(observations.oldest, longest))
  const highestRate = Math.LN2 / (halfLifeDays ?? shortest)
  const kernel = new Float64Array(observations.longest)
  let looked = 0
  let sinceRest = 0

  async function look(hazards: Hazards): Promise<HazardStep> {
    onProgress?.({ label: 'hazard', done: looked, total: maxIterations })
    looked++
    const sums = createSums(paths.channels.length)
    for (let from = 0; from < observations.size;) {
      signal?.throwIfAborted()
      const to = rowsAtOnce(observations, from)
      addToSums(observations, hazards, sums, kernel, from, to)
      sinceRest += observations.starts[to]! - observations.starts[from]!
      from = to
      if (sinceRest >= TOUCHES_AT_ONCE) {
        sinceRest = 0
        await setImmediate()
      }
    }
    return stepOf(sums, hazards, lowestRate, highestRate)
  }

  signal?.throwIfAborted()
  let hazards = evenStart(observations, paths.channels.length, lowestRate, highestRate)
  let converged = observations.conversions === 0
  if (!converged && maxIterations > 0) {
    let step = await look(hazards)
    while (looked < maxIterations) {
      const stepped = await look(step.next)
      const gained = stepped.logLikelihood - step.logLikelihood
      converged = Math.max(gained, moved(step.won, stepped.won)) <= tolerance * observations.conversions
      const far = converged ? undefined : stretched(hazards, step.next, stepped, lowestRate, highestRate)
      hazards = step.next
      step = stepped
      if (converged) break
      if (!far || looked === maxIterations) continue
      const leapt = await look(far)
      if (!(leapt.logLikelihood >= stepped.logLikelihood - ROUNDING * Math.abs(stepped.logLikelihood))) continue
      hazards = far
      step = leapt
    }
  }
  onProgress?.({ label: 'hazard', done: maxIterations, total: maxIterations })
  return {
    ...hazards,
    converged,
    unwatched: observations.unwatched,
    atBound: hazards.rates.map((rate, channel) => {
      const learned = halfLifeDays === undefined && hazards.effects[channel]! > 0
      return learned && (rate === lowestRate || rate === highestRate) ? 1 : 0
    }),
  }
}

/** By what part a likelihood may be less than another by rounding alone. */
const ROUNDING = 1e-13

/**
 * By how much a step changes what falls to a channel, at most. The likelihood alone would not do: it hardly changes long
 * before the credits have come to rest. Nor would effects and half-lives: where effects hardly fade, both can grow for
 * long and change nothing.
 */
function moved(from: Float64Array, to: Float64Array): number {
  let most = 0
  for (let channel = 0; channel < to.length; channel++) most = Math.max(most, Math.abs(to[channel]! - from[channel]!))
  return most
}

/** All channels alike: a conversion is owed to its touches evenly, after the mean time that lies between. */
function evenStart(
  { size, starts, channels, ages, converted, weights }: HazardObservations,
  count: number,
  lowestRate: number,
  highestRate: number,
): Hazards {
  const won = new Float64Array(count)
  const touched = new Float64Array(count)
  let conversions = 0
  let age = 0
  for (let row = 0; row < size; row++) {
    const length = starts[row + 1]! - starts[row]!
    const part = converted[row]! / length
    for (let at = starts[row]!; at < starts[row + 1]!; at++) {
      won[channels[at]!]! += part
      touched[channels[at]!]! += weights[row]!
      age += part * ages[at]!
    }
    conversions += converted[row]!
  }
  const rate = conversions > 0 ? Math.min(Math.max(conversions / age, lowestRate), highestRate) : lowestRate
  return {
    effects: won.map((part, channel) => (part === 0 ? 0 : part / touched[channel]!)),
    rates: new Float64Array(count).fill(rate),
  }
}

/** How far a leap may go, in steps. */
const LONGEST_LEAP = 512

/** Where steps that shrink evenly would come to in the end. Undefined where that is no further than they are now. */
function stretched(
  first: Hazards,
  second: Hazards,
  { next: third, won }: HazardStep,
  lowestRate: number,
  highestRate: number,
): Hazards | undefined {
  // In logarithms, so that all stays above 0, and by conversions, so that channels on their way to none do not decide.
  const steps = new Float64Array(2 * won.length)
  const bends = new Float64Array(2 * won.length)
  for (const [offset, name] of (['effects', 'rates'] as const).entries()) {
    for (let channel = 0; channel < won.length; channel++) {
      if (third[name][channel] === 0 || won[channel] === 0) continue
      const [one, two] = twoSteps(first[name], second[name], third[name], channel)
      steps[2 * channel + offset] = won[channel]! * one * one
      bends[2 * channel + offset] = won[channel]! * (two - one) ** 2
    }
  }
  const leap = Math.min(Math.sqrt(sumInOrder(steps) / sumInOrder(bends)), LONGEST_LEAP)
  if (!(leap > 1)) return undefined

  function leapt(name: keyof Hazards, lowest: number, highest: number): Float64Array {
    return third[name].map((amount, channel) => {
      if (amount === 0) return 0
      const [one, two] = twoSteps(first[name], second[name], third[name], channel)
      const log = Math.log(first[name][channel]!) + 2 * leap * one + leap * leap * (two - one)
      return Math.min(Math.max(Math.exp(log), lowest), highest)
    })
  }
  return { effects: leapt('effects', 1e-200, 1e200), rates: leapt('rates', lowestRate, highestRate) }
}

function twoSteps(first: Float64Array, second: Float64Array, third: Float64Array, at: number): [number, number] {
  return [Math.log(second[at]! / first[at]!), Math.log(third[at]! / second[at]!)]
}

function rowsAtOnce({ size, starts }: HazardObservations, from: number): number {
  let to = from + 1
  while (to < size && starts[to + 1]! - starts[from]! <= TOUCHES_AT_ONCE) to++
  return to
}
