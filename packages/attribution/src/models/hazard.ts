import { compareText } from '../compare-text.ts'
import type { TimedPaths } from '../paths/timed-paths.ts'
import { fitHazards } from './hazard-fit.ts'
import type { HazardFit } from './hazard-fit.ts'
import { ageInDays, creditTimedPaths, DAY_MS, roomForTouches, shareByHazard } from './hazard-shares.ts'
import type { ShareOut } from './hazard-shares.ts'
import type { LearnedOfChannel, ModelSettings, TimedAttribution, TimedModel } from './model.ts'

export interface HazardOptions {
  /** After how many days half of an effect is over: learned for each channel (`per-channel`, the default), or given. */
  readonly halfLifeDays?: number | 'per-channel'
  /** How often the journeys are looked through at most to learn from them. Default 1000. */
  readonly maxIterations?: number
  /**
   * Learning ends when a step moves no more than this part of all conversions to or from a channel, and makes the
   * log-likelihood of a conversion greater by no more than this. Default 1e-11.
   */
  readonly tolerance?: number
}

/**
 * An additive hazard: every touch adds to the rate at which its person converts, and what it adds fades.
 *
 *     rate at time t  = sum over touches i before t of beta_c w_c exp(-w_c (t - t_i)), c the channel of touch i
 *     credit of touch i for a conversion at T = what it adds to the rate at T, over the rate at T
 *
 * `beta_c`, the effect, is how many conversions one touch brings about in the long run; ln 2 / w_c is the half-life of
 * channel c. Both are those under which the journeys are most likely, where one without a conversion counts as watched
 * until its end, and not known after it (censored):
 *
 *     log-likelihood  = sum over conversions of log(rate at T) - sum over all touches of beta_c (1 - exp(-w_c (T - t_i)))
 *
 * Found by expectation-maximisation, each step of which looks through the touches once and never lowers the
 * likelihood; where half-lives are learned it may end in a maximum that is not the highest. Every journey counts by
 * itself, so where one conversion continues the journey of the last, the touches of both are seen twice.
 *
 * Source: Y. Zhang, Y. Wei, J. Ren, "Multi-touch attribution in online advertising with survival theory", ICDM 2014. It
 * has no rate of conversions that come without any touch, since all credit goes to touches. Here besides, as the
 * likelihood may have no maximum where an effect is over at once or never fades: a touch in the last minute before the
 * end counts as a minute before it, and a learned half-life is no shorter than that minute and no longer than the
 * longest time from a touch to an end (or ten years).
 * Amounts below 0 teach nothing and are credited as the others. Where no touch can have had an effect, all credit goes
 * to the last one.
 *
 * Use it where the times of touches are known and journeys without a conversion too, with `until` when they were
 * watched. Not on few conversions, nor where half of the journeys are missing: what never failed looks strong.
 *
 * @throws RangeError if an option is out of range.
 */
export function hazard(options: HazardOptions = {}): TimedModel {
  return hazardModel('hazard', options, {}, shareByHazard)
}

/** A model that learns additive hazards, and shares each conversion out by them in its own way. */
export function hazardModel(
  name: string,
  options: HazardOptions,
  settings: ModelSettings,
  shareOut: ShareOut,
): TimedModel {
  const { halfLifeDays = 'per-channel', maxIterations = 1_000, tolerance = 1e-11 } = options
  if (halfLifeDays !== 'per-channel' && !(halfLifeDays > 0 && halfLifeDays < Infinity)) {
    throw new RangeError(
      `${name}: \`halfLifeDays\` must be a finite number above 0, such as 7, or 'per-channel', got ${halfLifeDays}`,
    )
  }
  if (!(Number.isInteger(maxIterations) && maxIterations > 0)) {
    throw new RangeError(
      `${name}: \`maxIterations\` must be a whole number above 0, such as 1000, got ${maxIterations}`,
    )
  }
  if (!(tolerance >= 0)) {
    throw new RangeError(`${name}: \`tolerance\` must be a number of 0 or more, such as 1e-11, got ${tolerance}`)
  }
  const given = halfLifeDays !== 'per-channel'
  const fitting = { maxIterations, tolerance, ...(given && { halfLifeDays }) }

  return {
    kind: 'timed',
    name,
    options: {
      'half-life': given ? `${halfLifeDays}d` : halfLifeDays,
      'max-iterations': maxIterations,
      tolerance,
      ...settings,
    },
    async attribute(paths, run) {
      const fit = await fitHazards(paths, fitting, run)
      return {
        credits: creditTimedPaths(paths, fit.effects, fit.rates, shareOut),
        learned: learnedOf(paths, fit),
        notes: notesOn(paths, fit, maxIterations),
        ...readingsOf(paths, fit, shareOut),
      }
    },
  }
}

/** What the fitted hazards say of a single journey. */
function readingsOf(
  paths: TimedPaths,
  { effects, rates }: HazardFit,
  shareOut: ShareOut,
): Required<Pick<TimedAttribution, 'weigh' | 'score'>> {
  const idOf = new Map(paths.channels.map((name, id) => [name, id]))
  return {
    weigh(touches, { end }) {
      const room = roomForTouches(touches.length)
      room.length = touches.length
      for (const [at, { channel, time }] of touches.entries()) {
        const id = idOf.get(channel) ?? -1
        // A channel that was not there to learn from has no effect that is known.
        room.effects[at] = effects[id] ?? 0
        room.rates[at] = rates[id] ?? 1
        room.ages[at] = ageInDays(time, end)
      }
      shareOut(room)
      return Array.from(room.shares)
    },
    score(touches, from, until) {
      let expected = 0
      for (const { channel, time } of touches) {
        const id = idOf.get(channel)
        if (id === undefined || time >= until || from >= until) continue
        const fadedAt = (moment: number) => Math.exp((-rates[id]! * (moment - time)) / DAY_MS)
        expected += effects[id]! * (fadedAt(Math.max(from, time)) - fadedAt(until))
      }
      return -Math.expm1(-expected)
    },
  }
}

function learnedOf({ channels }: TimedPaths, { effects, rates }: HazardFit): LearnedOfChannel[] {
  return channels
    .map((key, id) => ({
      key,
      // What has no effect has no half-life either.
      values: effects[id] === 0 ? { effect: 0 } : { effect: effects[id]!, half_life_days: Math.LN2 / rates[id]! },
    }))
    .sort((a, b) => compareText(a.key, b.key))
}

function notesOn(
  { channels }: TimedPaths,
  { converged, unwatched, atBound }: HazardFit,
  maxIterations: number,
): string[] {
  const notes: string[] = []
  if (!converged) {
    notes.push(`After ${maxIterations} iterations credits still changed: allow more, or take the result as rough.`)
  }
  if (unwatched) {
    notes.push(
      'No journey without a conversion was watched beyond its last touch, so effects look greater than they are.',
    )
  }
  const undecided = channels.filter((_, id) => atBound[id] === 1).sort(compareText)
  if (undecided.length > 0) {
    notes.push(
      'The half-lives of these could not be told from the shortest or the longest that can be learned ' +
        `(a minute, the longest time from a touch to an end): ${undecided.join(', ')}.`,
    )
  }
  return notes
}
