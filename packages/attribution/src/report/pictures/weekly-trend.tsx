import { groupBy } from '../../group-by.ts'
import type { JSX } from 'preact'
import type { TrendFacts } from '../facts/report-facts.ts'
import { creditWords } from '../words/credit-words.ts'
import type { CreditWords } from '../words/credit-words.ts'
import { shownName } from '../words/shown-name.ts'
import { isolatedName } from './isolated-name.ts'
import type { DrawPicture, PictureContext, PictureTable } from './picture.ts'
import { drawColumns } from './week-columns.tsx'
import type { WeekSeries, Weeks } from './week-columns.tsx'

const ID = 'weekly-trend'
const MOST_WEEKS = 60

/** So many weeks have a row each. */
const MOST_WEEKS_TOLD = 26

/** Conversions week by week, each column divided by whom they are credited to. */
export const drawWeeklyTrend: DrawPicture = ({ trend }, context) => {
  if (!trend || trend.weeks.length < 2 || !trend.conversions.some(count => count > 0)) return undefined
  const words = creditWords[context.language]
  const { formats } = context
  const weeks = weeksOf(trend, context)
  const model = isolatedName(trend.model, 60)
  const sentence = sentenceOf(trend, words, context)
  const isShown = weeks.conversions.some(count => count >= context.minimum)
  const notes = [
    words.trendNote(model),
    trend.isLastOpen ? words.openNote(formats.day(trend.weeks.at(-1)!)) : '',
    trend.weeks.length > MOST_WEEKS ? words.lastWeeks(MOST_WEEKS, formats) : '',
  ]
  return {
    id: ID,
    title: words.trendTitle,
    note: notes.filter(part => part !== '').join(' '),
    views: [
      {
        name: 'all',
        sentence,
        drawing: isShown ? (
          <figure class="credit-figure">
            {drawColumns(ID, weeks, words.trendCaption, context)}
            <Legend weeks={weeks} words={words} />
          </figure>
        ) : (
          <></>
        ),
        table: tableOf(trend, weeks, words, context),
      },
    ],
  }
}

function weeksOf(trend: TrendFacts, { language, minimum }: PictureContext): Weeks {
  const words = creditWords[language]
  const start = Math.max(0, trend.weeks.length - MOST_WEEKS)
  const conversions = trend.conversions.slice(start)
  const isSmall = conversions.map(amount => amount > 0 && amount < minimum)
  const series = trend.channels.map(({ key, isOther, credit }, place): WeekSeries => ({
    name: isOther ? words.rest : shownName(key),
    className: isOther ? 'c-other' : `c${(place % 7) + 1}`,
    amounts: credit.slice(start).map((amount, week) => (isSmall[week] ? 0 : amount)),
  }))
  return { times: trend.weeks.slice(start), conversions, series, isSmall, isLastOpen: trend.isLastOpen }
}

/** A year of weeks would be a table nobody reads: it is told by months, each with the weeks that begin in it. */
function monthsOf(
  trend: TrendFacts,
  weeks: Weeks,
  words: CreditWords,
  { formats, minimum }: PictureContext,
): PictureTable {
  const start = trend.weeks.length - weeks.times.length
  const months = groupBy(weeks.times.keys(), week => new Date(weeks.times[week]!).toISOString().slice(0, 7))
  const sum = (amounts: readonly number[], of: readonly number[]): number =>
    of.reduce((all, week) => all + amounts[start + week]!, 0)
  const cell = (amount: number): string =>
    amount > 0 && amount < minimum ? words.few(minimum, formats) : formats.number(amount)
  return {
    caption: words.trendCaption,
    columns: [
      { name: words.month },
      ...[words.conversions, words.value, ...weeks.series.map(({ name }) => name)].map(name => ({
        name,
        isNumber: true,
      })),
    ],
    rows: Array.from(months, ([month, own]) => [
      formats.month(month),
      cell(sum(trend.conversions, own)),
      sum(trend.conversions, own) < minimum ? '–' : formats.money(sum(trend.value, own)),
      ...trend.channels.map(({ credit }) => cell(sum(credit, own))),
    ]),
  }
}

function sentenceOf(trend: TrendFacts, words: CreditWords, { formats, minimum }: PictureContext): string {
  const most = Math.max(...trend.conversions)
  if (most < minimum) return words.tooFew(minimum, formats)
  const best = words.trend(
    {
      name: formats.day(trend.weeks[trend.conversions.indexOf(most)]!),
      isTied: trend.conversions.filter(count => count === most).length > 1,
    },
    most,
    formats,
  )
  const sums = trend.channels.map(({ key, isOther, credit }) => ({ key, isOther, sum: sumOf(credit) }))
  const all = sumOf(sums.map(({ sum }) => sum))
  const [leader, second] = sums.filter(({ isOther }) => !isOther).sort((a, b) => b.sum - a.sum)
  if (!leader || leader.sum < minimum || all <= 0) return best
  const isTied = second !== undefined && second.sum > leader.sum - 1e-9
  const name = isolatedName(leader.key)
  return `${best} ${words.trendLeader({ name, isTied }, isolatedName(trend.model, 60), leader.sum / all, formats)}`
}

function tableOf(trend: TrendFacts, weeks: Weeks, words: CreditWords, context: PictureContext): PictureTable {
  const { formats, minimum } = context
  const start = trend.weeks.length - weeks.times.length
  const few = words.few(minimum, formats)
  const cell = (amount: number, decimals: number): string =>
    amount > 0 && amount < minimum ? few : formats.number(amount, decimals)
  const hasValue = trend.value.some(value => value !== 0)
  if (weeks.times.length > MOST_WEEKS_TOLD) return monthsOf(trend, weeks, words, context)
  return {
    caption: words.trendCaption,
    columns: [
      { name: words.week },
      { name: words.conversions, isNumber: true },
      ...(hasValue ? [{ name: words.value, isNumber: true }] : []),
      ...weeks.series.map(({ name }) => ({ name, isNumber: true })),
    ],
    rows: weeks.times.map((time, week) => {
      const isOpen = weeks.isLastOpen && week === weeks.times.length - 1
      const isSmall = weeks.isSmall[week]!
      return [
        isOpen ? `${formats.day(time)} (${words.open})` : formats.day(time),
        cell(weeks.conversions[week]!, 0),
        ...(hasValue ? [isSmall ? '–' : formats.money(trend.value[start + week]!)] : []),
        ...trend.channels.map(({ credit }) => cell(credit[start + week]!, 1)),
      ]
    }),
  }
}

function Legend({ weeks, words }: { weeks: Weeks; words: CreditWords }): JSX.Element {
  return (
    <figcaption class="credit-legend">
      {weeks.series.map(({ name, className }, place) => (
        <span>
          <svg width="18" height="18" aria-hidden="true">
            <g class={`credit-key ${className}`}>
              <rect width="18" height="18" rx="3" />
              <text x="9" y="13">
                {place + 1}
              </text>
            </g>
          </svg>
          <bdi>{name}</bdi>
        </span>
      ))}
      <span>
        <svg width="22" height="18" aria-hidden="true">
          <path class="credit-total" d="M1 9H21" />
        </svg>
        {words.conversions}
      </span>
    </figcaption>
  )
}

function sumOf(all: readonly number[]): number {
  return all.reduce((sum, one) => sum + one, 0)
}
