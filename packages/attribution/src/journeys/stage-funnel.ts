import { DEFAULT_STAGE_MODEL } from '@jejak/events'
import type { StageModel, StageModelName, StoredEvent } from '@jejak/events'
import { chooseStageModel, unitOf } from '../chosen-stage-model.ts'
import { ownersOf } from './identity.ts'
import type { StagesReached } from '../journey.ts'
import { keepEvents } from './kept-events.ts'
import { rowsByOwner } from './owned-rows.ts'
import { modelTimes, stagesReachedIn } from './stages-reached.ts'

export interface StageFunnelOptions {
  /** A stage model, by name or a shop's own. Default: `five-stage`. */
  readonly stageModel?: StageModelName | StageModel
}

export interface StageFunnelEventOptions extends StageFunnelOptions {
  /** Also count what programs did that read pages by themselves. Default: false. */
  readonly includeBots?: boolean
}

/** How many came to a stage, and how many went further. */
export interface FunnelStage {
  /** The model's name for it. */
  readonly stage: string
  readonly reached: number
  /** Of all persons: 0 to 1. */
  readonly share: number
  /** Those who reached a later stage after this one, or in the same moment. */
  readonly movedOn: number
  /** Of those who reached this stage: 0 to 1. */
  readonly movedOnShare: number
  /** Milliseconds from first reaching this stage to first reaching a later one; null if nobody moved on. */
  readonly medianMs: number | null
}

export interface StageFunnel {
  /** The model's name, or `own`. */
  readonly model: StageModelName | 'own'
  /** What is counted: `visitor` means persons, `account` companies. */
  readonly unit: StageModel['unit']
  /** All persons (or accounts), also those in no stage. */
  readonly persons: number
  /** In the order of the model. */
  readonly stages: readonly FunnelStage[]
}

/** A funnel read from events. */
export interface EventFunnel extends StageFunnel {
  /** Events left out because a program made them. */
  readonly bots: number
}

/**
 * How far persons come through the stages of a model; accounts, if that is the model's unit.
 *
 * A stage of the model is reached when the first of the canonical stages in it is. Only first times count: somebody
 * who bought and then read an article for the first time has not moved on from awareness. Who skips a stage has not
 * reached it, and has moved on from the stage before all the same: the time is that to the later stage that was
 * reached soonest.
 *
 * @throws {TypeError} if there is no such stage model, or an own one is incomplete.
 */
export async function stageFunnel(
  events: AsyncIterable<StoredEvent> | Iterable<StoredEvent>,
  options: StageFunnelEventOptions = {},
): Promise<EventFunnel> {
  const { stageModel = DEFAULT_STAGE_MODEL, includeBots = false } = options
  const model = chooseStageModel(stageModel)
  const kept = await keepEvents(events, { includeBots, isWhole: () => false })
  const reached = Array.from(rowsByOwner(ownersOf(kept, unitOf(model))), ({ rows }) => stagesReachedIn(kept, rows))
  return { ...(await stageFunnelOf(reached, { stageModel })), bots: kept.bots }
}

/** The same from what journeys were built with: `stages` of `buildJourneys`, under a model of the same unit. */
export async function stageFunnelOf(
  persons: AsyncIterable<StagesReached> | Iterable<StagesReached>,
  options: StageFunnelOptions = {},
): Promise<StageFunnel> {
  const model = chooseStageModel(options.stageModel ?? DEFAULT_STAGE_MODEL)
  const counts = model.order.map(stage => ({ stage, reached: 0, waits: [] as number[] }))
  let all = 0

  for await (const person of persons) {
    all++
    const times = modelTimes(person, model)
    for (const [place, count] of counts.entries()) {
      const time = times[place]!
      if (time === Infinity) continue
      count.reached++
      const next = Math.min(...times.slice(place + 1).filter(later => later >= time))
      if (next !== Infinity) count.waits.push(next - time)
    }
  }

  return {
    model: model.name,
    unit: model.unit,
    persons: all,
    stages: counts.map(({ stage, reached, waits }) => ({
      stage,
      reached,
      share: all > 0 ? reached / all : 0,
      movedOn: waits.length,
      movedOnShare: reached > 0 ? waits.length / reached : 0,
      medianMs: median(waits),
    })),
  }
}

function median(numbers: readonly number[]): number | null {
  if (numbers.length === 0) return null
  const sorted = Float64Array.from(numbers).sort()
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
