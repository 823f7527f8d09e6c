import { JOURNEY_STAGES } from '@jejak/events'
import type { StagesReached } from './journey.ts'
import type { KeptEvents } from './kept-events.ts'

/** When each canonical stage was first reached in these rows. */
export function stagesReachedIn({ stage, time }: KeptEvents, rows: Uint32Array): StagesReached {
  const reached: StagesReached = {}
  for (const row of rows) {
    const name = JOURNEY_STAGES[stage[row]!]
    if (name !== undefined && !(reached[name]! <= time[row]!)) reached[name] = time[row]!
  }
  return reached
}
