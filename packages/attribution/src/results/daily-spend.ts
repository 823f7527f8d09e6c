import { compareText } from '../compare-text.ts'
import { groupBy } from '../group-by.ts'
import type { ModelSettings } from '../models/model.ts'
import { optionsText } from './output/attribution-rows.ts'
import { addSpend, NOTHING, ratiosOf } from './spend.ts'
import type { SpendLine, SpendSums, Writable } from './spend.ts'
import { assignSpend } from './spend-rows.ts'
import type { SpendOptions, SpendRow } from './spend-rows.ts'
import { currencyCode } from './journey-tally.ts'
import type { TouchCredit } from './touch-credits.ts'

export interface DailyCreditOptions {
  /**
   * The day of a credit: that of the `touch`, on which it was paid for (the default), or that of the `conversion`.
   */
  readonly date?: 'touch' | 'conversion'
  /** Where days begin, as `Asia/Jakarta`. Default `UTC`. */
  readonly timeZone?: string
  /** Which money counts as value. Default: all, which must then be in one currency. */
  readonly currency?: string
}

/** The credit of one key on one day by one model. */
export interface DailyCredit {
  readonly model: string
  readonly options: ModelSettings
  /** `2026-01-31` */
  readonly date: string
  readonly key: string
  readonly conversions: number
  readonly value: number
  readonly currency?: string
}

/**
 * Adds the credits of single touches up by day. By model, day and key.
 * @param credits what `touchCredits` gives.
 */
export async function dailyCredits(
  credits: Iterable<TouchCredit> | AsyncIterable<TouchCredit>,
  options: DailyCreditOptions = {},
): Promise<DailyCredit[]> {
  const { date: dayOf = 'touch', timeZone = 'UTC' } = options
  const asked = currencyCode(options.currency)
  // Swedish dates are written as ISO 8601 has them.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' })
  const sums = new Map<string, Writable<DailyCredit>>()
  let currency = asked
  for await (const { model, options: settings, touch, conversion, key, conversions, value } of credits) {
    const own = conversion.value === 0 ? null : currencyCode(conversion.currency)
    if (asked === null && own !== null) {
      if (currency !== null && own !== currency) {
        throw new RangeError(`dailyCredits: value is in ${currency} and in ${own}; name one with \`currency\``)
      }
      currency = own
    }
    const date = format.format(dayOf === 'touch' ? touch.time : conversion.time)
    const id = JSON.stringify([model, optionsText(settings), date, key])
    const sum = sums.get(id) ?? { model, options: settings, date, key, conversions: 0, value: 0 }
    sums.set(id, sum)
    sum.conversions += conversions
    if (asked === null || own === asked) sum.value += value
  }
  return Array.from(sums.values(), sum => ({ ...sum, ...(currency !== null && { currency }) })).sort(
    (a, b) =>
      compareText(a.model, b.model) ||
      compareText(optionsText(a.options), optionsText(b.options)) ||
      compareText(a.date, b.date) ||
      compareText(a.key, b.key),
  )
}

export interface DailySpendLine extends SpendLine {
  readonly model: string
  readonly options: ModelSettings
  readonly date: string
}

export interface DailySpendOptions extends SpendOptions {
  /** What keys are, and so which column of spend names them. Default `channel`. */
  readonly by?: string
}

/**
 * Puts spend beside credits day by day: a line for each model, day and key that has either. Spend without a date has no
 * day and is left out; `joinSpend` has it.
 */
export function joinDailySpend(
  credits: readonly DailyCredit[],
  spend: Iterable<SpendRow>,
  options: DailySpendOptions = {},
): DailySpendLine[] {
  const { rows } = assignSpend(
    spend,
    options.by ?? 'channel',
    credits.find(({ currency }) => currency)?.currency,
    options,
  )
  const spendByDate = groupBy(
    rows.filter(({ row }) => row.date !== undefined),
    ({ row }) => row.date!,
  )
  const byModel = groupBy(credits, ({ model, options: settings }) => JSON.stringify([model, optionsText(settings)]))
  const lines: DailySpendLine[] = []
  for (const own of byModel.values()) {
    const { model, options: settings } = own[0]!
    const creditByDate = groupBy(own, ({ date }) => date)
    for (const date of [...new Set([...creditByDate.keys(), ...spendByDate.keys()])].sort(compareText)) {
      const sums = new Map<string, Writable<SpendSums>>()
      for (const { key, conversions, value } of creditByDate.get(date) ?? []) {
        sums.set(key, { ...NOTHING, conversions, value })
      }
      addSpend(sums, spendByDate.get(date) ?? [])
      for (const [key, sum] of [...sums].sort(([a], [b]) => compareText(a, b))) {
        lines.push({ model, options: settings, date, key, ...sum, ...ratiosOf(sum) })
      }
    }
  }
  return lines
}
