import type { OrderRule, TouchInOrder } from './model.ts'

/**
 * The `weigh` of a rule for which nothing counts but how many touches there are. What shares out a million paths asks
 * it once for each length, and not for each path.
 */
export interface WeighByLength {
  (touches: readonly TouchInOrder[]): readonly number[]
  /** The weights of that many touches. */
  readonly ofLength: (length: number) => readonly number[]
}

/** Makes such a `weigh`. It is told by the function itself, so that a copy of a rule with another `weigh` is safe. */
export function byLength(ofLength: (length: number) => readonly number[]): WeighByLength {
  return Object.assign((touches: readonly TouchInOrder[]) => ofLength(touches.length), { ofLength })
}

/** What the rule gives so many touches, if it goes by nothing else. */
export function weightsByLength(rule: OrderRule): WeighByLength['ofLength'] | undefined {
  return (rule as { weigh: Partial<WeighByLength> }).weigh.ofLength
}
