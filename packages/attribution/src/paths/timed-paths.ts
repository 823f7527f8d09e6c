import type { CountedPaths } from './counted-paths.ts'

/**
 * Journeys with the times of their touches, one row each: what a model reads that goes by time. Not merged, so memory
 * grows with the touches (12 bytes each), not with distinct paths.
 */
export interface TimedPaths extends CountedPaths {
  /** The time of each touch, in milliseconds since the epoch, at the same place as in `touches`. */
  readonly times: Float64Array
  /**
   * For each journey when it converted, or until when it is known not to have (the model has to treat it as censored
   * there), in milliseconds since the epoch.
   */
  readonly ends: Float64Array
}
