import type { TimedRule, TouchInTime } from './model.ts'

export interface MilestoneOptions {
  /** Default `milestones`. */
  readonly name?: string
  /** The part of the touch that led to each stage, by the stage's name: `{ consideration: 0.3, decision: 0.3 }`. */
  readonly parts?: Readonly<Record<string, number>>
  /** The part of the first touch. Default 0. */
  readonly first?: number
  /** The part of the last touch before the conversion. Default 0. */
  readonly last?: number
  /** The part that all touches without one of their own share evenly. Default 0. */
  readonly others?: number
}

/**
 * Fixed parts for the touches that led to milestones: the first touch, the one that made the person reach a stage, the
 * last one. Only proportions matter.
 *
 * The touch of a stage is the last one at or before the moment in which the stage was first reached. Several milestones
 * of one touch add up. A stage that was not reached by the end of the journey, or was reached before its first touch,
 * leaves its part to the others, in proportion; so does `others` where every touch has a part of its own. Where there
 * is no part to give at all, the touches share evenly. On a path table no stage is ever reached.
 *
 * Source: HubSpot knowledge base, "Understand attribution reporting", has the same milestones: first interaction, lead
 * creation, deal creation and closed-won, each the last interaction before it.
 *
 * Use it for long sales with agreed milestones (B2B). Not to learn which milestone matters: the answer is put in by
 * hand.
 *
 * @throws RangeError unless every part is a finite number of 0 or more and one is above 0.
 */
export function milestones(options: MilestoneOptions): TimedRule {
  const { name = 'milestones', parts = {}, first = 0, last = 0, others = 0 } = options
  const stages = Object.entries(parts)
  const all = [first, last, others, ...stages.map(([, part]) => part)]
  if (!all.every(part => part >= 0 && part < Infinity) || !all.some(part => part > 0)) {
    throw new RangeError(
      `${name}: the parts must be finite numbers of 0 or more, and not all 0, such as ` +
        `{ parts: { consideration: 0.4 }, first: 0.4, others: 0.2 }, got ${JSON.stringify({ parts, first, last, others })}`,
    )
  }

  return {
    kind: 'rule',
    timed: true,
    name,
    options: { ...Object.fromEntries(stages.map(([stage, part]) => [`stage ${stage}`, part])), first, last, others },
    weigh(touches, { end, reached }) {
      const weights = touches.map(() => 0)
      weights[0]! += first
      weights[weights.length - 1]! += last
      for (const [stage, part] of stages) {
        const time = Object.hasOwn(reached, stage) ? reached[stage] : undefined
        if (time === undefined || time > end) continue
        const at = lastUpTo(time, touches)
        if (at >= 0) weights[at]! += part
      }
      const without = weights.filter(weight => weight === 0).length
      if (without === weights.length) return weights.map(() => 1)
      return weights.map(weight => (weight === 0 ? others / without : weight))
    },
  }
}

/** The stages that stand for a lead and an opportunity in sales. */
const LEAD = 'consideration'
const OPPORTUNITY = 'decision'

/**
 * 40 % to the first touch, 40 % to the one that made the lead, 20 % to the others: see `milestones`.
 * @param stages the stage that makes a lead. Default: consideration.
 * @throws RangeError unless it is one stage.
 */
export function uShaped(stages: readonly string[] = [LEAD]): TimedRule {
  return shaped('u-shaped', stages, [1], { each: 0.4, others: 0.2 })
}

/**
 * 30 % each to the first touch, the one that made the lead and the one that made the opportunity, 10 % to the others:
 * see `milestones`.
 * @param stages the stages that make a lead and an opportunity. Default: consideration, decision.
 * @throws RangeError unless they are two different stages.
 */
export function wShaped(stages: readonly string[] = [LEAD, OPPORTUNITY]): TimedRule {
  return shaped('w-shaped', stages, [2], { each: 0.3, others: 0.1 })
}

/**
 * 22.5 % each to the first touch, the one that made the lead, the one that made the opportunity and the one that
 * closed, 10 % to the others: see `milestones`.
 * @param stages the stages that make a lead and an opportunity. Default: consideration, decision. The closing touch is
 *   the last one before the conversion; with a third stage here it is the one that led to that.
 * @throws RangeError unless they are two or three different stages.
 */
export function fullPath(stages: readonly string[] = [LEAD, OPPORTUNITY]): TimedRule {
  return shaped('full-path', stages, [2, 3], { each: 0.225, last: stages.length === 2, others: 0.1 })
}

interface Shape {
  /** The part of the first touch, of that of each stage, and of the last one if it has one. */
  readonly each: number
  readonly last?: boolean
  readonly others: number
}

function shaped(name: string, stages: readonly string[], counts: readonly number[], shape: Shape): TimedRule {
  if (!counts.includes(stages.length) || new Set(stages).size < stages.length || stages.includes('')) {
    throw new RangeError(
      `${name}: \`stages\` must be ${counts.join(' or ')} different stages, such as ` +
        `${[LEAD, OPPORTUNITY].slice(0, counts[0]).join('/')}, got "${stages.join('/')}"`,
    )
  }
  const { each, last = false, others } = shape
  const parts = Object.fromEntries(stages.map(stage => [stage, each]))
  const rule = milestones({ name, first: each, parts, last: last ? each : 0, others })
  // As written after the name, where a comma would begin the next option.
  return { ...rule, options: { stages: stages.join('/').replaceAll(',', '%2C') } }
}

function lastUpTo(time: number, touches: readonly TouchInTime[]): number {
  return touches.findLastIndex(touch => touch.time <= time)
}
