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
  return [Math.max(0, (middle - spread) / scale), Math.min(1, (middle + spread) / scale)]
}

/** A mean, by the normal distribution; without an interval where there are fewer than two. */
export function meanOf(values: readonly number[]): { readonly mean: number; readonly interval: Bounds } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  if (values.length < 2) return { mean, interval: [mean, mean] }
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
  const half = Z * Math.sqrt(variance / values.length)
  return { mean, interval: [mean - half, mean + half] }
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
