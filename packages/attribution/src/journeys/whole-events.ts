import type { JourneyStage } from '@jejak/events'
import type { IsWhole } from '../glance.ts'
import type { Definition } from './conversion-definitions.ts'
import type { JourneyRules } from './journey-options.ts'
import { REFUND_EVENT } from './conversions.ts'

/**
 * Which events journeys need whole: those that may be conversions, milestones, refunds or impressions. Undefined: all,
 * since a function of the caller's says what an event is.
 */
export function wholeEvents(rules: JourneyRules, milestones: readonly Definition[]): IsWhole | undefined {
  if (typeof rules.viewEvents === 'function') return undefined
  const names = new Set(rules.viewEvents)
  const stages = new Set<JourneyStage>()
  if (rules.refunds === 'net') names.add(REFUND_EVENT)
  for (const { among } of [...rules.definitions, ...milestones]) {
    if (!among) return undefined
    for (const name of among.names) names.add(name)
    for (const stage of among.stages) stages.add(stage)
  }
  return (name, stage) => names.has(name) || (stage !== null && stages.has(stage))
}
