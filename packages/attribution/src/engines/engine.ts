import type { Journey, StagesReached } from '../journey.ts'
import type { JourneyOptions, JourneySummary } from '../journeys/journeys.ts'

/**
 * What builds journeys out of stored events. Every engine gives the same journeys for the same events: in memory, or
 * in SQL where there are more events than memory holds.
 */
export interface JourneyEngine {
  /**
   * Reads the events and builds the journeys.
   *
   * @throws {TypeError} if an option is not what it should be, or is one that this engine cannot serve.
   */
  build(options: JourneyOptions): Promise<EngineJourneys>
}

/** Journeys as an engine gives them. Each may be looped over more than once. */
export interface EngineJourneys {
  /** By person, in the order of their names. */
  readonly journeys: AsyncIterable<Journey> | Iterable<Journey>
  /** For each person, in the same order, when it first reached each stage. */
  readonly stages: AsyncIterable<StagesReached> | Iterable<StagesReached>
  /** The journeys to every stage transition, as of `BuiltJourneys`. */
  readonly transitions: AsyncIterable<Journey> | Iterable<Journey>
  readonly summary: JourneySummary
}
