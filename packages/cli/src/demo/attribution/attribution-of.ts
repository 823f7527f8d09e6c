import { attribute, buildJourneys, createChannelRules, stageFunnel } from '@jejak/attribution'
import type { AttributionResult, StageFunnel } from '@jejak/attribution'
import { storedEvents } from '../stored-events.ts'

/** What the attribution page shows. */
export interface DemoAttribution {
  readonly result: AttributionResult
  /** In the canonical stages. */
  readonly funnel: StageFunnel
}

/** Runs the engine over the events in a folder, as `jejak attribute` does; undefined if there are none. */
export async function attributionOf(folder: string): Promise<DemoAttribution | undefined> {
  const { journeys, summary } = await buildJourneys(storedEvents(folder), { channels: createChannelRules() })
  if (summary.events === 0) return undefined
  const funnel = await stageFunnel(storedEvents(folder), { stageModel: 'canonical' })
  return { result: await attribute(journeys), funnel }
}
