import type { Journey } from '../journey.ts'
import type { ModelSettings } from '../models/model.ts'
import type { AttributionTable } from './attribution-result.ts'
import { touchesAs } from './journey-tally.ts'

export interface ScoreOptions {
  /**
   * For models that go by time: from when to when the person may convert, in milliseconds since the epoch. Default:
   * from `until` of the journey, or else its last touch, for 30 days.
   */
  readonly from?: number
  readonly until?: number
}

/** How likely a journey is to lead to a conversion from where it stands. */
export interface JourneyScore {
  readonly person: string
  readonly journey: Journey
  /** By each model that can tell, in their order. */
  readonly scores: readonly { readonly model: string; readonly options: ModelSettings; readonly probability: number }[]
}

const DAYS_AHEAD_MS = 30 * 86_400_000

/**
 * Foretells open journeys by what models learned: the probability, 0 to 1, that each leads to a conversion from here.
 * @param fitted a table of `attribute`. Rules foretell nothing; of its models those count that can.
 * @throws RangeError (from the loop) if none of them can.
 */
export async function* scoreJourneys(
  journeys: Iterable<Journey> | AsyncIterable<Journey>,
  fitted: AttributionTable,
  options: ScoreOptions = {},
): AsyncGenerator<JourneyScore> {
  const { keyOf } = fitted
  const able = fitted.models.filter(result => result.kind !== 'rule' && result.score !== undefined)
  if (able.length === 0) {
    const names = fitted.models.map(({ model }) => model).join(', ')
    throw new RangeError(`scoreJourneys: none of these models can tell a probability: ${names}; markov and hazard can`)
  }
  for await (const journey of journeys) {
    const { person, touches, until: watched } = journey
    const from = options.from ?? watched ?? touches.at(-1)?.time ?? 0
    const until = options.until ?? from + DAYS_AHEAD_MS
    const scores = able.flatMap(result => {
      const probability =
        result.kind === 'path'
          ? result.score?.(touches.map(keyOf))
          : result.kind === 'timed'
            ? result.score?.(touchesAs(keyOf, touches), from, until)
            : undefined
      return probability === undefined ? [] : [{ model: result.model, options: result.options, probability }]
    })
    yield { person, journey, scores }
  }
}
