import type { HazardObservations } from './hazard-observations.ts'

/** Effect and rate of each channel, by its id. */
export interface Hazards {
  readonly effects: Float64Array
  /** Per day. */
  readonly rates: Float64Array
}

/** What one look at the observations gives. */
export interface HazardStep {
  /** Of the hazards looked at. */
  readonly logLikelihood: number
  /** Hazards that are at least as likely. */
  readonly next: Hazards
  /** How many conversions fall to each channel, by the hazards looked at. */
  readonly won: Float64Array
}

/** The sums over the observations that a step needs, one for each channel. */
export interface StepSums {
  /** Conversions that fall to the channel. */
  readonly won: Float64Array
  /** The same, each times the age of its touch. */
  readonly wonAge: Float64Array
  /** 1 - exp(-rate * age) over all touches: how much of its effect each has had the time to have. */
  readonly spent: Float64Array
  /** age * exp(-rate * age) over all touches. */
  readonly fading: Float64Array
  /** The logarithms of the hazards at the conversions. */
  logHazards: number
}

export function createSums(channels: number): StepSums {
  const column = () => new Float64Array(channels)
  return { won: column(), wonAge: column(), spent: column(), fading: column(), logHazards: 0 }
}

/** Below this, kernels are added up in logarithms: a number so small has lost digits, or is 0. */
const TINY = 1e-280

/** Adds the observations `from` up to, without, `to` to the sums. `kernel` is room for the longest journey. */
export function addToSums(
  { starts, channels, ages, converted, weights }: HazardObservations,
  { effects, rates }: Hazards,
  sums: StepSums,
  kernel: Float64Array,
  from: number,
  to: number,
): void {
  const { won, wonAge, spent, fading } = sums
  for (let row = from; row < to; row++) {
    const start = starts[row]!
    const length = starts[row + 1]! - start
    const weight = weights[row]!
    let hazard = 0
    for (let at = 0; at < length; at++) {
      const channel = channels[start + at]!
      const age = ages[start + at]!
      const exponent = rates[channel]! * age
      const left = Math.exp(-exponent)
      spent[channel]! += weight * (exponent < 0.01 ? -Math.expm1(-exponent) : 1 - left)
      fading[channel]! += weight * age * left
      hazard += kernel[at] = effects[channel]! * rates[channel]! * left
    }
    const conversions = converted[row]!
    if (conversions === 0) continue
    if (hazard > TINY) {
      sums.logHazards += conversions * Math.log(hazard)
      for (let at = 0; at < length; at++) kernel[at]! /= hazard
    } else {
      for (let at = 0; at < length; at++) {
        const channel = channels[start + at]!
        kernel[at] = Math.log(effects[channel]!) + Math.log(rates[channel]!) - rates[channel]! * ages[start + at]!
      }
      sums.logHazards += conversions * sharesOfLogs(kernel, length)
    }
    for (let at = 0; at < length; at++) {
      const channel = channels[start + at]!
      const part = conversions * kernel[at]!
      won[channel]! += part
      wonAge[channel]! += part * ages[start + at]!
    }
  }
}

/**
 * What follows from the sums. With `won` and `wonAge` as if it were known which touch brought about each conversion
 * (the E step), the likelihood of a channel is won * log(effect * rate) - rate * wonAge - effect * spent(rate).
 * Its best effect at this rate is won / spent. In the rate, -spent is convex; its tangent lies below it, and with that
 * in its place the best rate is won / (wonAge + effect * fading). Neither can lower the likelihood.
 */
export function stepOf(
  sums: StepSums,
  { effects, rates }: Hazards,
  lowestRate: number,
  highestRate: number,
): HazardStep {
  const next = { effects: new Float64Array(effects.length), rates: rates.slice() }
  for (let channel = 0; channel < effects.length; channel++) {
    const won = sums.won[channel]!
    if (won === 0) continue
    const effect = won / sums.spent[channel]!
    const rate = won / (sums.wonAge[channel]! + effect * sums.fading[channel]!)
    next.effects[channel] = effect
    next.rates[channel] = Math.min(Math.max(rate, lowestRate), highestRate)
  }
  const expected = sumInOrder(effects.map((effect, channel) => effect * sums.spent[channel]!))
  return { logLikelihood: sums.logHazards - expected, next, won: sums.won }
}

/** The sum from the smallest number on, so that it is the same in whatever order the channels are known. */
export function sumInOrder(numbers: Float64Array): number {
  let sum = 0
  for (const number of numbers.toSorted()) sum += number
  return sum
}

/** Makes shares of logarithms, in place. Returns the logarithm of their sum. */
function sharesOfLogs(logs: Float64Array, length: number): number {
  let largest = -Infinity
  for (let at = 0; at < length; at++) largest = Math.max(largest, logs[at]!)
  if (largest === -Infinity) {
    // Nothing could have brought it about, so nothing is learned from it.
    logs.fill(0, 0, length)
    return -Infinity
  }
  let sum = 0
  for (let at = 0; at < length; at++) sum += logs[at] = Math.exp(logs[at]! - largest)
  for (let at = 0; at < length; at++) logs[at]! /= sum
  return largest + Math.log(sum)
}
