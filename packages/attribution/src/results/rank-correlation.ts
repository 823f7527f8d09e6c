/**
 * The total variation distance of two lists of shares, in the same order of keys: half the sum of their differences, the
 * part that is at another place.
 */
export function totalVariation(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, share, at) => sum + Math.abs(share - b[at]!), 0) / 2
}

/** Spearman's rank correlation, -1 to 1; null where one of the lists has no order at all. */
export function rankCorrelation(a: readonly number[], b: readonly number[]): number | null {
  const [ranksA, ranksB] = [ranksOf(a), ranksOf(b)]
  const mean = (a.length + 1) / 2
  let both = 0
  let ofA = 0
  let ofB = 0
  for (const [at, rank] of ranksA.entries()) {
    both += (rank - mean) * (ranksB[at]! - mean)
    ofA += (rank - mean) ** 2
    ofB += (ranksB[at]! - mean) ** 2
  }
  return ofA === 0 || ofB === 0 ? null : both / Math.sqrt(ofA * ofB)
}

/** The place of each number from the smallest, 1, on; equal ones share the mean of their places. */
export function ranksOf(numbers: readonly number[]): number[] {
  // Numbers that differ in their last digits only were summed in another order: they are equal.
  const rounded = numbers.map(number => Number(number.toPrecision(12)))
  const order = [...rounded.keys()].sort((a, b) => rounded[a]! - rounded[b]!)
  const ranks = rounded.map(() => 0)
  for (let first = 0; first < order.length;) {
    let next = first + 1
    while (next < order.length && rounded[order[next]!] === rounded[order[first]!]) next++
    for (let place = first; place < next; place++) ranks[order[place]!] = (first + next + 1) / 2
    first = next
  }
  return ranks
}
