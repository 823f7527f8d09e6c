import { TOUCH_DIMENSIONS } from '../journey.ts'
import type { Touch, TouchDimension } from '../journey.ts'
import { wrongOption } from './wrong-option.ts'

/** Which touches: a channel by its name, or all of which some fields have these values, as `{ medium: 'cpc' }`. */
export type TouchPick = string | Readonly<Partial<Record<TouchDimension, string>>>

/**
 * Groups of touches, those that go before all others first. Where a journey has a touch of a group, only the touches of
 * this group count in it; where it has none of any group, all do. For example
 * `[['Paid Search', 'Paid Social'], ['Email']]`: paid before mail before the rest.
 */
export type TouchPriority = readonly (readonly TouchPick[])[]

/** Leaves of a journey's touches those that count. */
export type Prioritise = (touches: readonly Touch[]) => readonly Touch[]

/** @throws {TypeError} if the groups are not what they should be. */
export function prioritiser(priority: TouchPriority): Prioritise {
  const given: unknown = priority
  if (!Array.isArray(given) || !given.every(group => Array.isArray(group) && group.length > 0)) {
    throw wrongOption('priority', 'a list of groups, such as [["Paid Search", "Paid Social"], ["Email"]]', priority)
  }
  const groups = priority.map(group => group.map(pickOf))
  return touches => {
    for (const picks of groups) {
      const chosen = touches.filter(touch => picks.some(pick => pick(touch)))
      if (chosen.length > 0) return chosen
    }
    return touches
  }
}

function pickOf(pick: TouchPick): (touch: Touch) => boolean {
  if (typeof pick === 'string') return touch => touch.channel === pick
  const fields = typeof pick === 'object' && pick !== null ? Object.entries(pick) : []
  const isField = ([name, value]: [string, unknown]) =>
    (TOUCH_DIMENSIONS as readonly string[]).includes(name) && typeof value === 'string'
  if (fields.length === 0 || !fields.every(isField)) {
    throw wrongOption('priority', `channels, or values of ${TOUCH_DIMENSIONS.join(', ')}`, pick)
  }
  return touch => fields.every(([name, value]) => touch[name as TouchDimension] === value)
}
