import type { ChannelSets, SetCounts } from './channel-sets.ts'

/**
 * A game of coalitions: what any of the players could reach together, in one measure or in several at once (the rate
 * at which journeys convert, the value of a journey). Players are numbered from 0.
 */
export interface CoalitionGame {
  readonly players: number
  readonly measures: number
  /** The worth of every coalition, for each measure: at `mask` that of the players whose bits are set in it. */
  worths(): Float64Array[]
  /**
   * Lets the players join in this order, and again from its end, and adds what each adds to the worth to its gain.
   * @param gains for each measure, by player.
   */
  play(order: Int32Array, gains: readonly Float64Array[]): void
}

/**
 * The rate game: what a coalition is worth is the rate at which journeys convert whose channels all belong to it, and
 * as a second measure their value per journey. A coalition without journeys is worth 0.
 * @param players the places of the channels that play; sets with others must have no counts.
 */
export function rateGame(sets: ChannelSets, counts: SetCounts, players: readonly number[]): CoalitionGame {
  const n = players.length
  const { starts, members, conversions, value, nulls } = onlyCounted(sets, counts, players)
  const size = conversions.length

  return {
    players: n,
    measures: 2,
    worths() {
      const converted = new Float64Array(2 ** n)
      const earned = new Float64Array(2 ** n)
      const journeys = new Float64Array(2 ** n)
      for (let set = 0; set < size; set++) {
        let mask = 0
        for (let at = starts[set]!; at < starts[set + 1]!; at++) mask |= 1 << members[at]!
        converted[mask]! += conversions[set]!
        earned[mask]! += value[set]!
        journeys[mask]! += conversions[set]! + nulls[set]!
      }
      for (const sums of [converted, earned, journeys]) addUpSubsets(sums)
      for (let mask = 0; mask < journeys.length; mask++) {
        const all = journeys[mask]!
        converted[mask] = all > 0 ? converted[mask]! / all : 0
        earned[mask] = all > 0 ? earned[mask]! / all : 0
      }
      return [converted, earned]
    },
    play: playRates(n, starts, members, { conversions, value, nulls }),
  }
}

function playRates(n: number, starts: Uint32Array, members: Int32Array, counts: SetCounts): CoalitionGame['play'] {
  const { conversions, value, nulls } = counts
  const placeOf = new Int32Array(n)
  const forwards = Array.from({ length: 3 }, () => new Float64Array(n))
  const backwards = Array.from({ length: 3 }, () => new Float64Array(n))

  function walk(
    [converted, earned, journeys]: Float64Array[],
    playerAt: (place: number) => number,
    gains: readonly Float64Array[],
  ) {
    let [conversionsSoFar, valueSoFar, journeysSoFar, rate, mean] = [0, 0, 0, 0, 0]
    for (let place = 0; place < n; place++) {
      conversionsSoFar += converted![place]!
      valueSoFar += earned![place]!
      journeysSoFar += journeys![place]!
      if (journeysSoFar === 0) continue
      const player = playerAt(place)
      gains[0]![player]! += conversionsSoFar / journeysSoFar - rate
      gains[1]![player]! += valueSoFar / journeysSoFar - mean
      rate = conversionsSoFar / journeysSoFar
      mean = valueSoFar / journeysSoFar
    }
  }

  return (order, gains) => {
    for (let place = 0; place < n; place++) placeOf[order[place]!] = place
    for (const sums of [...forwards, ...backwards]) sums.fill(0)
    const [convertedOn, earnedOn, journeysOn] = forwards as [Float64Array, Float64Array, Float64Array]
    const [convertedBack, earnedBack, journeysBack] = backwards as [Float64Array, Float64Array, Float64Array]
    for (let set = 0; set < conversions.length; set++) {
      // The journeys of a set belong to a coalition from when the last of its channels has joined.
      let last = 0
      let first = n
      for (let at = starts[set]!; at < starts[set + 1]!; at++) {
        const place = placeOf[members[at]!]!
        if (place > last) last = place
        if (place < first) first = place
      }
      const lastBack = n - 1 - first
      convertedOn[last]! += conversions[set]!
      earnedOn[last]! += value[set]!
      journeysOn[last]! += conversions[set]! + nulls[set]!
      convertedBack[lastBack]! += conversions[set]!
      earnedBack[lastBack]! += value[set]!
      journeysBack[lastBack]! += conversions[set]! + nulls[set]!
    }
    walk(forwards, place => order[place]!, gains)
    walk(backwards, place => order[n - 1 - place]!, gains)
  }
}

/** A game given by code: `worth` of the names of a coalition, which are in their order. */
export function gameOf(worth: (coalition: readonly string[]) => number, names: readonly string[]): CoalitionGame {
  const n = names.length
  const checked = (coalition: readonly string[]): number => {
    const number = worth(coalition)
    if (Number.isFinite(number)) return number
    throw new RangeError(`shapley: \`game\` must give a finite number, got ${number} for [${coalition.join(', ')}]`)
  }
  function walk(playerAt: (place: number) => number, gains: Float64Array) {
    const joined = new Uint8Array(n)
    let before = checked([])
    for (let place = 0; place < n; place++) {
      const player = playerAt(place)
      joined[player] = 1
      const after = checked(names.filter((_, at) => joined[at] === 1))
      gains[player]! += after - before
      before = after
    }
  }
  return {
    players: n,
    measures: 1,
    worths: () => [
      Float64Array.from({ length: 2 ** n }, (_, mask) => checked(names.filter((_, at) => (mask >> at) & 1))),
    ],
    play(order, gains) {
      walk(place => order[place]!, gains[0]!)
      walk(place => order[n - 1 - place]!, gains[0]!)
    },
  }
}

/** Makes of what each very coalition brought what it brought with all coalitions within it (the zeta transform). */
function addUpSubsets(sums: Float64Array): void {
  for (let bit = 1; bit < sums.length; bit *= 2) {
    for (let base = bit; base < sums.length; base += 2 * bit) {
      for (let mask = base; mask < base + bit; mask++) sums[mask]! += sums[mask - bit]!
    }
  }
}

/** The sets from which journeys came, with the numbers of players in place of channels. */
function onlyCounted({ names, size, starts, members }: ChannelSets, counts: SetCounts, players: readonly number[]) {
  const playerOf = new Int32Array(names.length)
  for (const [player, channel] of players.entries()) playerOf[channel] = player
  const kept: number[] = []
  const ends = [0]
  const ids: number[] = []
  for (let set = 0; set < size; set++) {
    if (!isCounted(counts, set)) continue
    kept.push(set)
    for (let at = starts[set]!; at < starts[set + 1]!; at++) ids.push(playerOf[members[at]!]!)
    ends.push(ids.length)
  }
  const of = (sums: Float64Array) => Float64Array.from(kept, set => sums[set]!)
  return {
    starts: Uint32Array.from(ends),
    members: Int32Array.from(ids),
    conversions: of(counts.conversions),
    value: of(counts.value),
    nulls: of(counts.nulls),
  }
}

/** The channels that took part in any journey that counts. The others add nothing to any coalition. */
export function playersOf(sets: ChannelSets, counts: SetCounts): number[] {
  const plays = new Uint8Array(sets.names.length)
  for (let set = 0; set < sets.size; set++) {
    if (!isCounted(counts, set)) continue
    for (let at = sets.starts[set]!; at < sets.starts[set + 1]!; at++) plays[sets.members[at]!] = 1
  }
  return Array.from(sets.names.keys()).filter(channel => plays[channel] === 1)
}

function isCounted({ conversions, value, nulls }: SetCounts, set: number): boolean {
  return conversions[set] !== 0 || nulls[set] !== 0 || value[set] !== 0
}
