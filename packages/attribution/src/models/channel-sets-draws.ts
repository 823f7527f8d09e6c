import { mix } from './channel-sets.ts'
import type { ChannelSets, SetCounts } from './channel-sets.ts'

/**
 * A number for each channel that is told from what came of its journeys, not from its name or place: draws that are
 * made from it are the same for the same data however the channels are called (as long as not the same came of two of
 * them) and the rows are ordered.
 */
export function signaturesOf({ names, size, starts, members }: ChannelSets, counts: SetCounts): Int32Array {
  const conversions = new Float64Array(names.length)
  const nulls = new Float64Array(names.length)
  for (let set = 0; set < size; set++) {
    for (let at = starts[set]!; at < starts[set + 1]!; at++) {
      conversions[members[at]!]! += counts.conversions[set]!
      nulls[members[at]!]! += counts.nulls[set]!
    }
  }
  const met = new Map<number, number>()
  return Int32Array.from(names, (_, at) => {
    const signature = mix(bitsOf(conversions[at]!) ^ mix(bitsOf(nulls[at]!) + 0x9e3779b9))
    // Channels of which the same came must not always be drawn together; among them it goes by name.
    const before = met.get(signature) ?? 0
    met.set(signature, before + 1)
    return mix(signature + Math.imul(before, 0x9e3779b9))
  })
}

const float = new Float64Array(1)
const words = new Int32Array(float.buffer)

function bitsOf(sum: number): number {
  // Sums in a different order differ in their last digits, and those must not decide.
  float[0] = Number(sum.toPrecision(10)) + 0
  return mix(words[0]! ^ mix(words[1]!))
}

/** A number from 0, included, to 1, excluded, that always is the same for the same key. */
export function uniformOf(key: number): number {
  return (mix(key) >>> 0) / 2 ** 32
}

/** A key for draw number `draw` of a series, of which a seed makes many. */
export function keyOf(seed: number, draw: number): number {
  return mix(mix(seed ^ 0x5bd1e995) + Math.imul(draw + 1, 0x9e3779b9))
}

/** A draw of a Poisson distribution, always the same for the same key. */
export function poissonOf(mean: number, key: number): number {
  if (!(mean > 0)) return 0
  if (mean > 64) {
    // Normal enough by here; a mean of millions could not be counted through.
    const radius = Math.sqrt(-2 * Math.log(1 - uniformOf(key)))
    const normal = radius * Math.cos(2 * Math.PI * uniformOf(key ^ 0x2545f491))
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal))
  }
  let rest = uniformOf(key)
  let probability = Math.exp(-mean)
  let count = 0
  // The last is for rounding: what the probabilities lack of 1.
  while (rest >= probability && count < 1_000) {
    rest -= probability
    count++
    probability *= mean / count
  }
  return count
}
