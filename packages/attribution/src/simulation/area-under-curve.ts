import { ranksOf } from '../results/rank-correlation.ts'

/**
 * The probability that a guess of something that happened is higher than one of something that did not, equals counting
 * half (Mann and Whitney's U, divided by the number of pairs). Null where one kind is missing.
 */
export function areaUnderCurve(
  guesses: readonly { readonly probability: number; readonly happened: boolean }[],
): number | null {
  const ranks = ranksOf(guesses.map(({ probability }) => probability))
  const happened = guesses.filter(guess => guess.happened).length
  const pairs = happened * (guesses.length - happened)
  if (pairs === 0) return null
  const sum = ranks.reduce((total, rank, at) => total + (guesses[at]!.happened ? rank : 0), 0)
  return (sum - (happened * (happened + 1)) / 2) / pairs
}
