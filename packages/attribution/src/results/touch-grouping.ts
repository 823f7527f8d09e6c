import { TOUCH_DIMENSIONS } from '../journey.ts'
import type { Touch, TouchDimension } from '../journey.ts'

/** By what touches are grouped when credit is shared out: something every touch has, or what a function makes of it. */
export type TouchGrouping = TouchDimension | OwnGrouping

export interface OwnGrouping {
  /** How tables name it: `brand or not`. */
  readonly name: string
  /** The group of a touch. Any text; the same touch must always get the same. */
  readonly keyOf: (touch: Touch) => string
}

/** A grouping with its name and function, whichever way it was given. */
export function groupingOf(by: TouchGrouping, caller: string): OwnGrouping {
  if (typeof by === 'object' && by !== null && typeof by.name === 'string' && typeof by.keyOf === 'function') return by
  if ((TOUCH_DIMENSIONS as readonly unknown[]).includes(by)) {
    const dimension = by as TouchDimension
    return { name: dimension, keyOf: touch => touch[dimension] }
  }
  throw new RangeError(
    `${caller}: \`by\` must be one of ${TOUCH_DIMENSIONS.join(', ')}, or { name, keyOf }, got ${JSON.stringify(by)}`,
  )
}
