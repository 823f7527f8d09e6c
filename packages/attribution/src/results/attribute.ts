import { setImmediate } from 'node:timers/promises'
import { compareText } from '../compare-text.ts'
import { isMiss } from '../journey.ts'
import type { Journey } from '../journey.ts'
import { transitionName } from '../journeys/stage-transitions.ts'
import type { Model } from '../models/model.ts'
import type { PathTotals } from '../paths/counted-paths.ts'
import type { PathStore } from '../paths/path-store.ts'
import type { RunOptions } from '../run-options.ts'
import type { AttributionDiagnostics, AttributionResult, AttributionTable } from './attribution-result.ts'
import type { IntervalOptions, IntervalSettings } from './intervals.ts'
import { createTally, currencyCode, planTally } from './journey-tally.ts'
import type { Tally, TallyPlan } from './journey-tally.ts'
import { defaultModels, runModels, runOf, settingsOf } from './run-models.ts'
import { groupingOf } from './touch-grouping.ts'
import type { TouchGrouping } from './touch-grouping.ts'

export interface AttributeOptions extends RunOptions {
  /** Which models to run, side by side. Default: those in `DEFAULT_MODELS`, as they are without options. */
  readonly models?: readonly Model[]
  /** By what touches are grouped; several make a table each. Default `channel`. */
  readonly by?: TouchGrouping | readonly TouchGrouping[]
  /**
   * The conversions that get a table, by name, in this order; others are passed over. `together` puts all into one
   * table. Default: a table for each name there is, the one with most conversions first.
   */
  readonly conversions?: readonly string[] | 'together'
  /**
   * In which currency value is counted, such as `IDR`, in any case. Default: the one that most conversions with a value
   * have, for each kind of conversion.
   */
  readonly currency?: string
  /** Asks for an interval with every credit; `true` for the usual ones. Default: none. */
  readonly interval?: IntervalOptions | boolean
}

/**
 * Shares the conversions of journeys out among what led to them, by several models, dimensions and kinds of conversion
 * side by side.
 *
 * A journey that led to no conversion counts in the table of each kind of conversion, except that one of stage
 * transitions counts for its transition only. Journeys that led to another kind of conversion do not count in a table.
 *
 * Reads the journeys once. Memory grows with the number of distinct paths; except where a model goes by time, which
 * needs 12 bytes for each touch and some 50 for each journey, or where intervals are asked for of a rule that goes by
 * time, or of any rule in another dimension than `channel`, which needs this and 8 bytes for each touch and such rule.
 *
 * Money of different currencies is never added up: one currency counts, and what is left out is told in
 * `diagnostics.otherCurrencies`.
 *
 * @throws RangeError (as a rejection) if an option is out of range, or the value of a conversion is no finite number.
 */
export async function attribute(
  journeys: Iterable<Journey> | AsyncIterable<Journey>,
  options: AttributeOptions = {},
): Promise<AttributionResult> {
  const { models = defaultModels(), by = 'channel', currency } = options
  const interval = settingsOf(options.interval)
  const groupings = (Array.isArray(by) ? (by as readonly TouchGrouping[]) : [by as TouchGrouping]).map(one =>
    groupingOf(one, 'attribute'),
  )
  if (groupings.length === 0)
    throw new RangeError('attribute: `by` must name at least one dimension, such as "channel"')
  const plans = groupings.map(grouping => planTally(grouping, models, interval !== undefined))
  const kinds = await countJourneys(journeys, plans, options)

  const tables: AttributionTable[] = []
  for (const { label, has, tallies } of kinds) {
    for (const [at, tally] of tallies.entries()) {
      tables.push(await tableOf(tally, plans[at]!, { label, has, models, currency, interval, run: runOf(options) }))
    }
  }
  return { ...tables[0]!, tables }
}

/** The conversions of one table before models ran: a tally for each grouping. */
interface Kind {
  readonly label: string
  readonly has: (conversion: string) => boolean
  readonly tallies: readonly Tally[]
}

async function countJourneys(
  journeys: Iterable<Journey> | AsyncIterable<Journey>,
  plans: readonly TallyPlan[],
  { conversions, signal, onProgress }: AttributeOptions,
): Promise<Kind[]> {
  const together = conversions === 'together'
  const asked = Array.isArray(conversions) ? new Set(conversions as readonly string[]) : undefined
  const converted = new Map<string, readonly Tally[]>()
  const lost = new Map<string | null, readonly Tally[]>()
  const names = new Set<string>()
  const newTallies = (): Tally[] => plans.map(createTally)

  let read = 0
  let paused = performance.now()
  const report = (): void => onProgress?.({ label: 'journeys', done: read, total: read })
  report()
  for await (const journey of journeys) {
    if (++read % 1_000 === 0 && performance.now() - paused > 50) {
      signal?.throwIfAborted()
      report()
      await setImmediate()
      paused = performance.now()
    }
    const { conversion, transition, missed } = journey
    if (together ? !conversion && !isMiss(journey) : missed === '') continue
    const name = conversion?.name ?? (transition && transitionName(transition)) ?? missed
    if (name !== undefined && asked?.has(name) === false) continue
    if (conversion) names.add(conversion.name)
    const key = together ? null : (name ?? null)
    const tallies = conversion ? got(converted, key ?? '', newTallies) : got(lost, key, newTallies)
    for (const tally of tallies) tally.add(journey)
  }
  signal?.throwIfAborted()
  report()

  if (together || (!asked && converted.size === 0 && [...lost.keys()].every(key => key === null))) {
    const tallies = converted.get('') ?? newTallies()
    addNulls(tallies, lost.get(null))
    const label = [...names].sort(compareText).join(' or ')
    return [{ label, has: name => names.has(name), tallies }]
  }
  const labels = asked ?? new Set([...converted.keys(), ...[...lost.keys()].filter(key => key !== null)])
  const kinds = Array.from(labels, label => {
    const tallies = converted.get(label) ?? newTallies()
    const count = conversionsOf(tallies)
    addNulls(tallies, lost.get(null))
    addNulls(tallies, lost.get(label))
    return { label, has: (name: string) => name === label, tallies, count }
  })
  return asked ? kinds : kinds.sort((a, b) => b.count - a.count || compareText(a.label, b.label))
}

function got<Key, Item>(map: Map<Key, Item>, key: Key, make: () => Item): Item {
  const known = map.get(key)
  if (known !== undefined) return known
  const item = make()
  map.set(key, item)
  return item
}

function addNulls(tallies: readonly Tally[], nulls: readonly Tally[] | undefined): void {
  for (const [at, tally] of tallies.entries()) if (nulls) tally.addNulls(nulls[at]!)
}

function conversionsOf([tally]: readonly Tally[]): number {
  let sum = 0
  for (const { paths } of tally?.byCurrency.values() ?? []) sum += paths.totals.conversions
  return sum
}

interface TableOptions {
  readonly label: string
  readonly has: (conversion: string) => boolean
  readonly models: readonly Model[]
  readonly currency: string | undefined
  readonly interval: IntervalSettings | undefined
  readonly run: RunOptions
}

async function tableOf(tally: Tally, plan: TallyPlan, options: TableOptions): Promise<AttributionTable> {
  const { label, has, models, interval, run } = options
  const money = tally.money()
  const currency = currencyCode(options.currency) ?? money.find(sum => sum.currency !== null)?.currency ?? null
  const counted = tally.finish(currency)
  const { paths } = counted
  const { conversions, value, nulls } = paths.totals
  return {
    by: plan.grouping.name,
    conversion: label,
    has,
    keyOf: plan.grouping.keyOf,
    totals: {
      journeys: conversions + nulls,
      conversions,
      nonConverting: nulls,
      value,
      ...(currency !== null && { currency }),
    },
    models: await runModels(models, counted, interval, run),
    ...(interval && { interval }),
    paths,
    diagnostics: {
      ...diagnosticsOf(paths),
      conversionsWithoutValue: tally.conversionsWithoutValue,
      otherCurrencies: money.filter(sum => sum.currency !== currency),
    },
  }
}

function diagnosticsOf(
  paths: PathStore,
): Pick<AttributionDiagnostics, 'distinctPaths' | 'longestPath' | 'singleTouchConversions' | 'uncredited'> {
  const { size, starts, counts } = paths
  let longestPath = 0
  let singleTouchConversions = 0
  let withoutTouches: PathTotals | undefined
  for (let path = 0; path < size; path++) {
    const length = starts[path + 1]! - starts[path]!
    const outcome = { conversions: counts.conversions[path]!, value: counts.value[path]!, nulls: counts.nulls[path]! }
    longestPath = Math.max(longestPath, length)
    if (length === 0) withoutTouches = outcome
    if (length === 1) singleTouchConversions += outcome.conversions
  }
  return {
    distinctPaths: size - (withoutTouches ? 1 : 0),
    longestPath,
    singleTouchConversions,
    uncredited: { conversions: withoutTouches?.conversions ?? 0, value: withoutTouches?.value ?? 0 },
  }
}
