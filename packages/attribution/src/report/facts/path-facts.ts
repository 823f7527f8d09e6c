import type { CountedPaths } from '../../paths/counted-paths.ts'
import { attributePaths } from '../../results/attribute-paths.ts'
import { channelRoles } from '../../results/channel-roles.ts'
import type { IntervalOptions } from '../../results/intervals.ts'
import type { Model } from '../../models/model.ts'
import { DEFAULT_MODELS, parseModel } from '../../models/registry.ts'
import type { RunOptions } from '../../run-options.ts'
import type { PathStore } from '../../paths/path-store.ts'
import { chainFacts, creditFacts } from './credit-facts.ts'
import { pathFlow } from './path-flow.ts'
import type { ReportFacts } from './report-facts.ts'

export interface PathFactsOptions extends RunOptions {
  /** Default: those in `DEFAULT_MODELS`. */
  readonly models?: readonly Model[]
  /** Default: true. */
  readonly interval?: IntervalOptions | boolean
  /** How many days lie between two touches, for models that go by time. Default: 1. */
  readonly stepDays?: number
  readonly currency?: string
  readonly sources?: readonly string[]
  readonly made?: number
}

const MOST_PATHS = 20

/** What a report can say of counted paths alone: no stages, no times, nobody's satisfaction. */
export async function pathTableFacts(paths: PathStore, options: PathFactsOptions = {}): Promise<ReportFacts> {
  const {
    made = Date.now(),
    sources = [],
    currency,
    models = DEFAULT_MODELS.map(parseModel),
    interval = true,
  } = options
  const { stepDays = 1 } = options
  const { conversions, value, nulls } = paths.totals
  const { signal, onProgress, workers } = options
  const results = await attributePaths(paths, models, {
    stepDays,
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
    ...(workers !== undefined && { workers }),
    interval: conversions > 0 && interval,
  })
  const level = typeof interval === 'object' ? (interval.level ?? 0.95) : 0.95
  const chain = chainFacts(results)
  return {
    from: null,
    to: null,
    made,
    timeZone: 'UTC',
    sources,
    ...(currency !== undefined && { currency }),
    stages: [],
    stageModel: '',
    conversion: '',
    totals: { events: 0, persons: 0, sessions: 0, journeys: conversions + nulls, conversions, value },
    credit: [creditFacts('channel', results, conversions > 0 && interval !== false ? level : undefined, 0)],
    roles: channelRoles(paths),
    paths: topOf(paths),
    flow: { forward: pathFlow(paths, 'forward'), backward: pathFlow(paths, 'backward') },
    ...(chain && { chain }),
  }
}

function topOf({ size, starts, touches, counts, channels }: CountedPaths): ReportFacts['paths'] {
  return Array.from({ length: size }, (_, path) => path)
    .filter(path => counts.conversions[path]! > 0 && starts[path + 1]! > starts[path]!)
    .sort((a, b) => counts.conversions[b]! - counts.conversions[a]! || a - b)
    .slice(0, MOST_PATHS)
    .map(path => {
      const [conversions, nulls] = [counts.conversions[path]!, counts.nulls[path]!]
      return {
        path: Array.from(touches.subarray(starts[path], starts[path + 1]), channel => channels[channel]!),
        conversions,
        value: counts.value[path]!,
        nulls,
        conversionRate: conversions / (conversions + nulls),
        medianDays: null,
      }
    })
}
