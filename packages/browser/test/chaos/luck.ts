/** Chance that can be had again: the same seed gives the same numbers. */
export interface Luck {
  /** From 0 up to, but not, 1. */
  next(): number
  /** A whole number from 0 up to, but not, `count`. */
  below(count: number): number
  pick<Choice>(choices: readonly Choice[]): Choice
}

/** By mulberry32, which is short and good enough to shuffle with. */
export function createLuck(seed: number): Luck {
  let state = seed | 0
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (count: number) => Math.floor(next() * count)
  return { next, below, pick: choices => choices[below(choices.length)]! }
}
