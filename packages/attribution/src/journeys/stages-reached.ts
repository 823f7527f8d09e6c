import { JOURNEY_STAGES } from '@jejak/events'
import type { ChosenStageModel } from '../chosen-stage-model.ts'
import { compareText } from '../compare-text.ts'
import type { StagesReached } from '../journey.ts'
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

/** When each stage of the model, in its order, was first reached: with the first of the canonical stages in it. */
export function modelTimes(reached: StagesReached, { order, stages }: ChosenStageModel): number[] {
  const times = order.map(() => Infinity)
  for (const canonical of JOURNEY_STAGES) {
    const place = order.indexOf(stages[canonical])
    times[place] = Math.min(times[place]!, reached[canonical] ?? Infinity)
  }
  return times
}

/** For each stage of the model the row that first reached it; -1 where none did. */
export type StageRows = (rows: Uint32Array) => Int32Array

/** Of several in one moment it is that of the session whose name comes first. */
export function stageRowsOf(kept: KeptEvents, { order, stages }: ChosenStageModel): StageRows {
  const placeOf = Int8Array.from(JOURNEY_STAGES, stage => order.indexOf(stages[stage]))
  const { stage, time, session, sessions } = kept
  const isEarlier = (row: number, than: number) =>
    time[row]! < time[than]! ||
    (time[row] === time[than] && compareText(sessions[session[row]!]!, sessions[session[than]!]!) < 0)
  return rows => {
    const first = new Int32Array(order.length).fill(-1)
    for (const row of rows) {
      if (stage[row] === -1) continue
      const place = placeOf[stage[row]!]!
      if (first[place] === -1 || isEarlier(row, first[place]!)) first[place] = row
    }
    return first
  }
}
