import type { JourneyInTime, OrderRule, TimedRule, TouchInTime } from './model.ts'

/** A timed rule that may say how far apart it takes touches to lie where nobody knows their times. */
export interface SteppedRule extends TimedRule {
  readonly stepDays?: number
}

const DAY_MS = 86_400_000

/**
 * Makes a timed rule usable on path tables, which know the order of touches but no times: touches are taken to lie
 * `stepDays` apart, with the conversion at the last one, and no stage to have been reached. That is an assumption and
 * no finding. Where the times are known, use the rule on journeys.
 *
 * @param stepDays Default: what the rule says itself (`time-decay:step=1d`), else one day.
 * @throws RangeError unless `stepDays` is a finite number above 0.
 */
export function ontoSteps(rule: SteppedRule, stepDays: number = rule.stepDays ?? 1): OrderRule {
  if (!(stepDays > 0 && stepDays < Infinity)) {
    throw new RangeError(`ontoSteps: \`stepDays\` must be a finite number above 0, such as 1, got ${stepDays}`)
  }
  // Used again and again, as rules keep nothing: a path then costs no objects.
  const pool: { channel: string; time: number }[] = []
  const timed: TouchInTime[] = []

  return {
    kind: 'rule',
    timed: false,
    name: rule.name,
    options: { ...rule.options, step: `${stepDays}d` },
    weigh(touches) {
      timed.length = touches.length
      for (let at = 0; at < touches.length; at++) {
        const touch = (pool[at] ??= { channel: '', time: at * stepDays * DAY_MS })
        touch.channel = touches[at]!.channel
        timed[at] = touch
      }
      const journey: JourneyInTime = { end: (touches.length - 1) * stepDays * DAY_MS, reached: {} }
      return rule.weigh(timed, journey)
    },
  }
}
