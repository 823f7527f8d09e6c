import { JOURNEY_STAGES } from '@jejak/events'
import type { JourneyStage } from '@jejak/events'
import type { JSX } from 'preact'

/** A stage by its number, name and colour. */
export function StageChip({ stage }: { stage: JourneyStage }): JSX.Element {
  return (
    <span class={`stage stage-${stage}`}>
      <b>{JOURNEY_STAGES.indexOf(stage) + 1}</b>
      {stage}
    </span>
  )
}
