interface Keyed {
  readonly key: string
  readonly share: number
}

/** Half the sum of the differences: the part that is at the wrong place. Both lists have the same keys in order. */
export function totalVariation(a: readonly Keyed[], b: readonly Keyed[]): number {
  return a.reduce((sum, { share }, at) => sum + Math.abs(share - b[at]!.share), 0) / 2
}

/** Spearman's rank correlation, with mean ranks for equals; 0 where one list has no order at all. */
export function rankCorrelation(a: readonly Keyed[], b: readonly Keyed[]): number {
  const [ranksA, ranksB] = [ranksOf(a.map(({ share }) => share)), ranksOf(b.map(({ share }) => share))]
  const mean = (a.length + 1) / 2
  let together = 0
  let spreadA = 0
  let spreadB = 0
  for (const [at, rank] of ranksA.entries()) {
    together += (rank - mean) * (ranksB[at]! - mean)
    spreadA += (rank - mean) ** 2
    spreadB += (ranksB[at]! - mean) ** 2
  }
  return spreadA === 0 || spreadB === 0 ? 0 : together / Math.sqrt(spreadA * spreadB)
}

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

/** Ranks from 1, equals sharing the mean of theirs. Differences of rounding are none. */
function ranksOf(numbers: readonly number[]): number[] {
  const rounded = numbers.map(number => Number(number.toPrecision(12)))
  const order = Array.from(rounded.keys()).sort((a, b) => rounded[a]! - rounded[b]!)
  const ranks = numbers.map(() => 0)
  for (let from = 0; from < order.length;) {
    let to = from
    while (to < order.length && rounded[order[to]!] === rounded[order[from]!]) to++
    for (let at = from; at < to; at++) ranks[order[at]!] = (from + 1 + to) / 2
    from = to
  }
  return ranks
}
