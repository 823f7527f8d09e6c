/**
 * Random numbers that belong to a thing rather than to a moment: `begin` with the same identity, sample and seed, and
 * the same numbers follow. So what is drawn for a path does not depend on which paths came before it.
 */
export interface ChanceDraws {
  /**
   * @param low half of the identity of what is drawn for, a 32-bit hash; `high` the other half.
   * @param sample which of the samples this is for.
   */
  begin(low: number, high: number, sample: number): void
  /** Above 0, below 1. */
  readonly uniform: () => number
  readonly normal: () => number
  /** How often something happened that happens `mean` times on average. */
  poisson(mean: number): number
  /** Of a gamma distribution with this shape and scale 1: its mean and its variance are both `shape`. */
  gamma(shape: number): number
}

/**
 * The generator is sfc32 (C. Doty-Humphrey, PractRand), begun anew for each identity. Not that of pure-rand, whose
 * generators begin from 32 bits: among millions of pairs of path and sample, hundreds would share their luck.
 */
export function createChanceDraws(seed: number): ChanceDraws {
  const seedHash = mixed((seed | 0) ^ mixed(Math.trunc(seed / 0x1_0000_0000) | 0))
  let a = 0
  let b = 0
  let c = 0
  let counter = 0

  function next(): number {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    c |= 0
    return sum
  }

  const draws: ChanceDraws = {
    begin(low, high, sample) {
      a = mixed(low ^ seedHash)
      b = mixed(high + Math.imul(sample + 1, 0x9e3779b9))
      c = mixed(a ^ b ^ sample)
      counter = 1
      // Enough for every bit of the identity to reach every bit of the state.
      for (let round = 0; round < 10; round++) next()
    },
    uniform: () => ((next() >>> 5) * 0x400_0000 + (next() >>> 6) + 0.5) / 0x20_0000_0000_0000,
    // Box and Muller's, of which the second number is thrown away: it would belong to whoever comes next.
    normal: () => Math.sqrt(-2 * Math.log(draws.uniform())) * Math.cos(2 * Math.PI * draws.uniform()),
    poisson: mean => (mean < 10 ? poissonByInversion(mean, draws) : poissonByRejection(mean, draws)),
    gamma: shape => gammaOf(shape, draws),
  }
  return draws
}

/** Each probability in turn, from that of 0 on: quick where the mean is small. */
function poissonByInversion(mean: number, { uniform }: ChanceDraws): number {
  if (!(mean > 0)) return 0
  let left = uniform()
  let probability = Math.exp(-mean)
  let count = 0
  // Beyond 100 there is less probability than a double can tell from none.
  while (left > probability && count < 100) {
    left -= probability
    count++
    probability *= mean / count
  }
  return count
}

/**
 * W. Hörmann, "The transformed rejection method for generating Poisson random variables", Insurance: Mathematics and
 * Economics 12, 1993, algorithm PTRS: exact, in the same time however large the mean.
 */
function poissonByRejection(mean: number, { uniform }: ChanceDraws): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean)
  const a = -0.059 + 0.02483 * b
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
  const sure = 0.9277 - 3.6224 / (b - 2)
  const logMean = Math.log(mean)
  for (;;) {
    const u = uniform() - 0.5
    const v = uniform()
    const us = 0.5 - Math.abs(u)
    const count = Math.floor(((2 * a) / us + b) * u + mean + 0.43)
    if (us >= 0.07 && v <= sure) return count
    if (count < 0 || (us < 0.013 && v > us)) continue
    if (Math.log((v * inverseAlpha) / (a / (us * us) + b)) <= count * logMean - mean - logFactorial(count)) return count
  }
}

/** G. Marsaglia and W. W. Tsang, "A simple method for generating gamma variables", ACM TOMS 26, 2000. */
function gammaOf(shape: number, draws: ChanceDraws): number {
  if (!(shape > 0)) return 0
  if (shape < 1) return gammaOf(shape + 1, draws) * draws.uniform() ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = draws.normal()
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(draws.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}

/** ln(n!): Stirling's series, whose error is below 1e-13 from 10 on; below that the product. */
function logFactorial(n: number): number {
  if (n < 10) {
    let product = 1
    for (let factor = 2; factor <= n; factor++) product *= factor
    return Math.log(product)
  }
  const x = n + 1
  const inverse = 1 / x
  const square = inverse * inverse
  const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)))
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series
}

/** A 32-bit hash of text by its UTF-16 code units, which depends on the seed. */
export function hashOfText(text: string, seed: number): number {
  let hash = seed ^ text.length
  for (let at = 0; at < text.length; at++) hash = combined(hash, text.charCodeAt(at))
  return mixed(hash)
}

/** A 32-bit hash of what `hash` stands for followed by `next`. As in MurmurHash3 (A. Appleby, public domain). */
export function combined(hash: number, next: number): number {
  let part = Math.imul(next, 0xcc9e2d51)
  part = Math.imul((part << 15) | (part >>> 17), 0x1b873593)
  const sum = hash ^ part
  return (Math.imul((sum << 13) | (sum >>> 19), 5) + 0xe6546b64) | 0
}

/** Spreads each bit over all 32. */
export function mixed(hash: number): number {
  let bits = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return bits ^ (bits >>> 16)
}
