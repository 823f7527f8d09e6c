import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** Repeatable chance: the same seed always gives the same answers in the same order. */
export interface Chance {
  /** From 0, included, to 1, excluded. */
  real(): number
  /** Whether something of this probability happens. */
  happens(probability: number): boolean
  between(low: number, high: number): number
  /** Of an exponential distribution. */
  exponential(mean: number): number
  pick<Element>(list: readonly [Element, ...Element[]]): Element
  pick<Element>(list: readonly Element[]): Element | undefined
  /** One of these, each as likely as its weight says. */
  weighted<Element>(list: readonly Element[], weightOf: (element: Element) => number): Element
  fill(bytes: Uint8Array): void
}

export function createChance(seed: number): Chance {
  const generator = xoroshiro128plus(seed)
  const real = () => uniformFloat64(generator)

  return {
    real,
    happens: probability => real() < probability,
    between: (low, high) => low + (high - low) * real(),
    exponential: mean => -mean * Math.log(1 - real()),
    pick: <Element>(list: readonly Element[]) => list[Math.floor(real() * list.length)] as Element,
    weighted(list, weightOf) {
      const total = list.reduce((sum, element) => sum + weightOf(element), 0)
      let rest = real() * total
      for (const element of list) {
        rest -= weightOf(element)
        if (rest < 0) return element
      }
      return list.at(-1)!
    },
    fill(bytes) {
      for (let index = 0; index < bytes.length; index++) bytes[index] = Math.floor(real() * 256)
    },
  }
}
