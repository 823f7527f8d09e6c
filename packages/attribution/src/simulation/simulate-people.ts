import { chance } from './chance.ts'
import type { World } from './world.ts'

/** What one simulated person met, and whether they bought. Times are in days from the world's beginning. */
export interface SimulatedPerson {
  readonly number: number
  /** In order of time. The list goes on only until the person buys. */
  readonly contacts: readonly { readonly time: number; readonly channel: string }[]
  readonly boughtAt?: number
  /** The probability with which this person would have bought by the end, had everything come as it did. */
  readonly probability: number
}

export interface SimulationOptions {
  readonly people: number
  /** Another whole number, another lot of luck. Default 1. */
  readonly seed?: number
  /** The channel that is taken away from the world. All other luck stays the same. */
  readonly without?: string
}

/** The last seven days count as "lately". */
const LATELY = 7

/** A wish can grow only so far, or synergies would run away. */
const STRONGEST_WISH = 60

/**
 * Lets people live in a world, day by day. Somebody's wish to buy, 1 on average, is
 *
 *     wish(d) = lasting wish × in market (4 or 1) × season(d) × synergies(d) × (1 + sum of effect × 2^(-age / half-life))
 *
 * over all contacts so far, and on day d they buy with the probability 1 - e^(-base × wish(d)). Contacts come by chance
 * at the rates of the channels, those that follow the wish in proportion to it. Each person buys once at the most.
 */
export function* simulatePeople(world: World, options: SimulationOptions): Generator<SimulatedPerson> {
  for (let number = 0; number < options.people; number++) yield simulatePerson(world, number, options)
}

function simulatePerson(world: World, number: number, { seed = 1, without }: SimulationOptions): SimulatedPerson {
  const { channels, synergies, days } = world
  const luck = (...of: readonly number[]) => chance(seed, number, ...of)
  const lasting = lastingWish(world.spread, luck)
  const lookingFrom = luck(1, 1) < world.inMarket ? Math.floor(luck(1, 2) * days) : Infinity

  const stirred = channels.map(() => 0)
  const lastMet = channels.map(() => -Infinity)
  const contacts: { time: number; channel: string }[] = []
  let boughtAt: number | undefined
  let notBought = 1

  for (let day = 0; day < days; day++) {
    const looking = day >= lookingFrom && day < lookingFrom + 14 ? 4 : 1
    const isMet = (name: string) => day - lastMet[channels.findIndex(channel => channel.name === name)]! <= LATELY
    const wishOf = () => {
      let wish = lasting * looking * seasonOf(world, day) * (1 + stirred.reduce((sum, effect) => sum + effect, 0))
      for (const { channels: pair, factor } of synergies) if (pair.every(isMet)) wish *= factor
      return Math.min(wish, STRONGEST_WISH)
    }

    for (const [at, channel] of channels.entries()) stirred[at]! *= 2 ** (-1 / channel.halfLifeDays)
    const wish = wishOf()
    const metLately = lastMet.some(last => day - last <= LATELY)
    for (const [at, { name, reach = 0, follows = 0, retargets = 0, effect }] of channels.entries()) {
      if (name === without) continue
      const rate = reach + (follows + (metLately ? retargets : 0)) * wish
      if (luck(2, day, at) >= 1 - Math.exp(-rate)) continue
      stirred[at]! += effect
      lastMet[at] = day
      // Contacts are made in the first half of a day and things are bought in the second.
      if (boughtAt === undefined) contacts.push({ time: day + luck(3, day, at) / 2, channel: name })
    }

    const buys = 1 - Math.exp(-world.base * wishOf())
    notBought *= 1 - buys
    if (boughtAt === undefined && luck(4, day) < buys) boughtAt = day + 0.5 + luck(5, day) / 2
  }

  contacts.sort((a, b) => a.time - b.time)
  return { number, contacts, ...(boughtAt !== undefined && { boughtAt }), probability: 1 - notBought }
}

/** Log-normal with mean 1 and the variance asked for. */
function lastingWish(spread: number, luck: (...of: readonly number[]) => number): number {
  if (spread === 0) return 1
  const variance = Math.log(1 + spread)
  const normal = Math.sqrt(-2 * Math.log(1 - luck(0, 1))) * Math.cos(2 * Math.PI * luck(0, 2))
  return Math.exp(Math.sqrt(variance) * normal - variance / 2)
}

function seasonOf({ season, days }: World, day: number): number {
  const isWeekend = day % 7 >= 5
  const isLastWeek = day >= days - 7
  return 1 + (isWeekend ? season : 0) + (isLastWeek ? season : 0)
}
