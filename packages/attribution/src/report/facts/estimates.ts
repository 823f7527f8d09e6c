import type { Bounds } from '../../results/attribution-result.ts'

// Estimates with their intervals at 95 %.

const Z = 1.959963984540054

/** A share, by Wilson's score interval: it stays within 0 and 1, and is right for few too. (JASA 22, 1927, 209–212.) */
export function wilson(part: number, all: number): Bounds {
  if (all === 0) return [0, 1]
  const share = part / all
  const spread = Z * Math.sqrt((share * (1 - share)) / all + (Z * Z) / (4 * all * all))
  const middle = share + (Z * Z) / (2 * all)
  const scale = 1 + (Z * Z) / all
  // None and all are exact ends, which rounding would miss by a hair.
  return [part === 0 ? 0 : (middle - spread) / scale, part === all ? 1 : (middle + spread) / scale]
}

/**
 * A mean of values that lie within `range`, by Student's distribution, cut at the ends of the range. One value alone
 * says nothing of how far others are from it: its interval is the whole range.
 */
export function meanOf(
  values: readonly number[],
  [lowest, highest]: Bounds,
): { readonly mean: number; readonly interval: Bounds } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  if (values.length < 2) return { mean, interval: [lowest, highest] }
  const freedom = values.length - 1
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / freedom
  const half = studentsT(freedom) * Math.sqrt(variance / values.length)
  return { mean, interval: [Math.max(lowest, mean - half), Math.min(highest, mean + half)] }
}

/** Exact for one and two degrees of freedom; of more by Fisher's expansion (Abramowitz & Stegun, 26.7.5), to 1 %. */
function studentsT(freedom: number): number {
  if (freedom === 1) return 12.706
  if (freedom === 2) return 4.303
  const first = (Z ** 3 + Z) / 4
  const second = (5 * Z ** 5 + 16 * Z ** 3 + 3 * Z) / 96
  const third = (3 * Z ** 7 + 19 * Z ** 5 + 17 * Z ** 3 - 15 * Z) / 384
  return Z + first / freedom + second / freedom ** 2 + third / freedom ** 3
}

export function medianOf(values: readonly number[]): number | null {
  return quantileOf(values, 0.5)
}

/** The value below which that share of them lies; null if there are none. */
export function quantileOf(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null
  const sorted = Float64Array.from(values).sort()
  const at = (sorted.length - 1) * share
  const low = Math.floor(at)
  return sorted[low]! + (sorted[Math.ceil(at)]! - sorted[low]!) * (at - low)
}
