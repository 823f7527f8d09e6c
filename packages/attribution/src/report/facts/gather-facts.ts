import type { StoredEvent } from '@jejak/events'
import { chooseStageModel } from '../../chosen-stage-model.ts'
import type { ChosenStageModel } from '../../chosen-stage-model.ts'
import type { TouchDimension } from '../../journey.ts'
import { readDefinitions } from '../../journeys/conversion-definitions.ts'
import { buildJourneys } from '../../journeys/journeys.ts'
import type { JourneyOptions } from '../../journeys/journeys.ts'
import type { Model } from '../../models/model.ts'
import { DEFAULT_MODELS, parseModel } from '../../models/registry.ts'
import { attribute } from '../../results/attribute.ts'
import { channelRoles } from '../../results/channel-roles.ts'
import type { IntervalOptions } from '../../results/intervals.ts'
import { attributeStages } from '../../results/stage-attribution.ts'
import { timeToConvert } from '../../results/time-to-convert.ts'
import { topPaths } from '../../results/top-paths.ts'
import type { RunOptions } from '../../run-options.ts'
import { timeZoneOf } from '../../time-zone.ts'
import { cohortFacts } from './cohort-facts.ts'
import { chainFacts, creditFacts, stageCreditFacts } from './credit-facts.ts'
import { createFrictionTally } from './friction-facts.ts'
import { fulfilmentFacts } from './fulfilment-facts.ts'
import { createFunnelTally } from './funnel-facts.ts'
import { healthFacts } from './health-facts.ts'
import type { ReadingFacts } from './health-facts.ts'
import { createHeatTally } from './heat-facts.ts'
import { createMapTally } from './journey-map-facts.ts'
import { lagFacts } from './lag-facts.ts'
import { createObserver } from './observations.ts'
import { pathFlow } from './path-flow.ts'
import { groundOf, peopleOf } from './people.ts'
import type { ReportFacts } from './report-facts.ts'
import { createSatisfactionTally } from './satisfaction-facts.ts'
import { trendFacts } from './trend-facts.ts'

export interface GatherOptions extends JourneyOptions, RunOptions {
  /** Default: those in `DEFAULT_MODELS`. */
  readonly models?: readonly Model[]
  /** By what touches are grouped. `channel` is always among them. Default: channel and source. */
  readonly by?: readonly TouchDimension[]
  /** Default: true. */
  readonly interval?: IntervalOptions | boolean
  readonly currency?: string
  /** What was read, as the reader would type it. */
  readonly sources?: readonly string[]
  /** When the report is made. Default: now. */
  readonly made?: number
  /** IANA's name of the time zone of the shop, whose hours, days, weeks and months are told. Default: UTC. */
  readonly timeZone?: string
  /** What the reading of the events knows, asked when they were read. */
  readonly reading?: () => ReadingFacts
}

/**
 * Gathers everything a report says from events, which are read once.
 *
 * The stage model is `five-stage` unless another is named.
 *
 * @throws {TypeError} as `buildJourneys` does, {RangeError} as `attribute` does.
 */
export async function gatherReportFacts(
  events: AsyncIterable<StoredEvent> | Iterable<StoredEvent>,
  options: GatherOptions,
): Promise<ReportFacts> {
  const { made = Date.now(), sources = [], timeZone = 'UTC', interval = true, currency: asked } = options
  const { stageModel = 'five-stage', models = DEFAULT_MODELS.map(parseModel) } = options
  const { signal, onProgress, workers } = options
  const run = {
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
    ...(workers !== undefined && { workers }),
  }
  const zone = timeZoneOf(timeZone)
  const model = chooseStageModel(stageModel)
  const observer = createObserver(options.channels, timeZone)
  const built = await buildJourneys(
    observed(events, event => observer.see(event), options.includeBots ?? false),
    {
      ...options,
      stageModel,
    },
  )
  const seen = observer.finish()
  const { summary, rows } = built

  const by = [...new Set<TouchDimension>(['channel', ...(options.by ?? ['source'])])]
  const result = await attribute(built.journeys, {
    ...run,
    models,
    by,
    conversions: 'together',
    ...(asked !== undefined && { currency: asked }),
    interval: summary.conversions > 0 && interval,
  })
  const { currency, value } = result.totals
  const ground = groundOf(rows, seen, model)

  const conversionTimes = new Map<number, number[]>()
  const numberOf = new Map(Array.from(rows.persons, ({ name, owner }) => [name, owner]))
  for (const { person, conversion } of built.journeys) {
    const owner = conversion && numberOf.get(person)
    if (owner === undefined || !conversion) continue
    const own = conversionTimes.get(owner)
    if (own) own.push(conversion.time)
    else conversionTimes.set(owner, [conversion.time])
  }
  for (const times of conversionTimes.values()) times.sort((a, b) => a - b)

  const map = createMapTally(ground, zone)
  const funnel = createFunnelTally(ground)
  const heat = createHeatTally(ground)
  const friction = createFrictionTally(ground, conversionTimes)
  const satisfaction = createSatisfactionTally(ground)
  for (const person of peopleOf(ground)) {
    signal?.throwIfAborted()
    for (const tally of [map, funnel, heat, friction, satisfaction]) tally.add(person)
  }

  const end = summary.to ?? made
  const { has, paths } = result
  const ofCurrency = currency === undefined ? {} : { currency }
  const stages = await attributeStages(built.transitions, { ...run, models, ...ofCurrency })
  const chain = chainFacts(result.models)
  const stageCredit = stageCreditFacts(stages)
  const cohorts = cohortFacts(conversionTimes.values(), end, zone)
  const answers = satisfaction.finish()
  const fulfilment = fulfilmentFacts(seen, rows, conversionTimes, summary.to ?? -Infinity, zone)
  const trend = await trendFacts(built.journeys, has, end, zone)

  return {
    from: summary.from,
    to: summary.to,
    made,
    timeZone,
    sources,
    ...ofCurrency,
    stages: model.order,
    stageModel: model.name,
    conversion: result.conversion || askedFor(options, model),
    totals: {
      events: summary.events,
      persons: summary.persons,
      sessions: summary.sessions,
      journeys: result.totals.journeys,
      conversions: result.totals.conversions,
      value,
      repeatConversions: [...conversionTimes.values()].reduce((sum, times) => sum + times.length - 1, 0),
    },
    credit: by.map(dimension => {
      const table = result.tables.find(one => one.by === dimension)!
      return creditFacts(dimension, table.models, result.interval?.level, table.diagnostics.uncredited.conversions)
    }),
    roles: channelRoles(paths),
    paths: await topPaths(built.journeys, { collapse: true, ...ofCurrency }),
    flow: { forward: pathFlow(paths, 'forward'), backward: pathFlow(paths, 'backward') },
    ...(chain && { chain }),
    map: map.finish(),
    funnel: funnel.finish(),
    heat: heat.finish(),
    ...(stageCredit && { stageCredit }),
    time: await timeToConvert(built.journeys),
    lags: lagFacts(built.journeys, has),
    ...(cohorts && { cohorts }),
    ...(answers && { satisfaction: answers }),
    friction: friction.finish(),
    ...(fulfilment && { fulfilment }),
    ...(trend && { trend }),
    health: healthFacts(seen, summary, options.reading?.() ?? { doubles: 0, badRows: 0 }),
  }
}

/** The conversions that were looked for, of which there was none. */
function askedFor({ conversion, conversions }: GatherOptions, model: ChosenStageModel): string {
  return readDefinitions(conversion, conversions, model)
    .flatMap(({ name }) => name ?? [])
    .join(' or ')
}

/** The same events, each shown to `see` on its way if it will be used. */
async function* observed(
  events: AsyncIterable<StoredEvent> | Iterable<StoredEvent>,
  see: (event: StoredEvent) => void,
  includeBots: boolean,
): AsyncGenerator<StoredEvent> {
  for await (const event of events) {
    if (includeBots || !event.bot) see(event)
    yield event
  }
}
