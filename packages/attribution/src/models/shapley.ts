import { creditPaths } from './credit-paths.ts'
import type { PathModel } from './model.ts'

/**
 * The Shapley value (L. S. Shapley, "A value for n-person games", 1953) of the sum game, exact for any number of
 * channels. The worth of a coalition T is what the journeys brought whose channels all belong to it:
 *
 *     v(T) = sum over journeys with channel set S, S within T, of w     (w: conversions, or value)
 *
 * The game is a sum of one game per journey, in each of which the channels of S are interchangeable, so that
 *
 *     phi_i = sum over journeys whose S contains i of w / |S|
 *
 * (K. Zhao, S. H. Mahboobi, S. R. Bagheri, "Shapley value methods for attribution modeling in online advertising",
 * arXiv:1804.05327, 2018: their simplified form). That is equal credit to each *distinct* channel of a journey, where
 * `linear` gives equal credit to each touch. Journeys without a conversion do not count.
 *
 * Use it for a fair split that repetition cannot inflate. Not to find out what a channel adds: as the formula shows,
 * it looks only at who took part, never at journeys that failed.
 */
export function shapley(): PathModel {
  return {
    kind: 'path',
    name: 'shapley',
    attribute: paths => ({ credits: creditPaths(paths, amongDistinctChannels) }),
  }
}

function amongDistinctChannels(channels: readonly string[]): number[] {
  const distinct = new Set(channels)
  const share = 1 / distinct.size
  // Where a channel comes again it has had its part: deleting tells it apart without a search.
  return channels.map(channel => (distinct.delete(channel) ? share : 0))
}
