import type { JSX } from 'preact'
import { scaleLinear } from 'd3-scale'
import { creditWords } from '../words/credit-words.ts'
import type { PictureContext } from './picture.ts'

/** What a column of a week is made of. */
export interface WeekSeries {
  readonly name: string
  readonly className: string
  /** By week; nothing where it may not be shown. */
  readonly amounts: readonly number[]
}

export interface Weeks {
  readonly times: readonly number[]
  readonly conversions: readonly number[]
  /** From the bottom of the columns up. */
  readonly series: readonly WeekSeries[]
  /** Weeks of so few conversions that only that there were some is shown. */
  readonly isSmall: readonly boolean[]
  readonly isLastOpen: boolean
}

const HEIGHT = 260
const TOP = 18
const BOTTOM = 24
const PLOT = HEIGHT - TOP - BOTTOM
/** In the drawing that is stretched: the width of a week, of its column and of what is free before it. */
const WEEK = 12
const COLUMN = 10
const GAP = 1
/** How many weeks have the numbers of the legend in their columns. */
const MOST_KEYED = 9
const LEAST_FOR_KEY = 13
/** So many columns stand apart. */
const MOST_APART = 26

/** Stacked columns over time. All columns of a series are one path, stretched to the width there is. */
export function drawColumns(id: string, weeks: Weeks, title: string, context: PictureContext): JSX.Element {
  const { formats, language, minimum } = context
  const words = creditWords[language]
  const count = weeks.times.length
  const scale = scaleLinear()
    .domain([0, Math.max(1, ...weeks.conversions)])
    .range([0, PLOT])
    .nice(4)
  const percent = (week: number): string => `${tenth((100 * week) / count)}%`
  const y = (amount: number): number => tenth(TOP + PLOT - scale(amount))
  const stacked = stackOf(weeks)
  const last = count - 1
  const keyed = keyedWeeks(weeks)
  const columns = (
    <svg width="100%" height={HEIGHT} role="img" aria-label={title}>
      <defs>
        <pattern id={`${id}-h`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect class="credit-hatch" width="2" height="6" />
        </pattern>
        <pattern id={`${id}-o`} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect class="credit-open" width="2.5" height="7" />
        </pattern>
      </defs>
      {scale.ticks(4).map(tick => (
        <line class="credit-grid" x1="0" x2="100%" y1={y(tick)} y2={y(tick)} />
      ))}
      <svg y={TOP} width="100%" height={PLOT} viewBox={`0 0 ${count * WEEK} ${PLOT}`} preserveAspectRatio="none">
        {weeks.series
          .map(({ className }, place) => (
            <path class={`credit-stack ${className}`} d={columnsPath(stacked[place]!, scale)} />
          ))
          .reverse()}
        <path class="credit-total" d={totalsPath(weeks, scale)} />
        <g class="credit-areas">
          {(count > MOST_APART ? [] : weeks.times).map((time, week) => (
            <rect x={week * WEEK} width={WEEK} height={PLOT}>
              <title>
                {`${formats.day(time)}: ${weeks.isSmall[week] ? words.few(minimum, formats) : formats.number(weeks.conversions[week]!)}`}
              </title>
            </rect>
          ))}
        </g>
      </svg>
      {weeks.series.map(({ className }, place) => (
        <g class={`credit-key ${className}`}>
          {keyed.map(week => {
            const [low, high] = stacked[place]![week]!
            return y(low) - y(high) < LEAST_FOR_KEY ? null : (
              <text x={percent(week + 0.5)} y={Math.round((y(low) + y(high)) / 2 + 4)}>
                {place + 1}
              </text>
            )
          })}
        </g>
      ))}
      {weeks.isSmall.map((isSmall, week) =>
        isSmall ? (
          <rect
            x={percent(week + GAP / WEEK)}
            width={percent(COLUMN / WEEK)}
            y={HEIGHT - BOTTOM - 6}
            height="6"
            fill={`url(#${id}-h)`}
          />
        ) : null,
      )}
      {weeks.isLastOpen && !weeks.isSmall[last] && weeks.conversions[last]! > 0 ? (
        <rect
          x={percent(last + GAP / WEEK)}
          width={percent(COLUMN / WEEK)}
          y={y(weeks.conversions[last]!)}
          height={tenth(y(0) - y(weeks.conversions[last]!))}
          fill={`url(#${id}-o)`}
          pointer-events="none"
        />
      ) : null}
      <DayLabels weeks={weeks} context={context} />
    </svg>
  )
  return (
    <div class="credit-weeks">
      <svg width="36" height={HEIGHT} aria-hidden="true">
        {scale.ticks(4).map(tick => (
          <text class="credit-axis to-end" x="30" y={y(tick) + 4}>
            {formats.short(tick)}
          </text>
        ))}
      </svg>
      {columns}
    </div>
  )
}

function DayLabels({ weeks: { times }, context }: { weeks: Weeks; context: PictureContext }): JSX.Element {
  const last = times.length - 1
  const middle = Math.round(last / 2)
  const labels = [
    ['0', 'start', 0],
    ...(times.length > 4 ? ([[`${tenth((100 * (middle + 0.5)) / times.length)}%`, 'middle', middle]] as const) : []),
    ['100%', 'end', last],
  ] as const
  return (
    <>
      {labels.map(([x, anchor, week]) => (
        <text class="credit-axis" x={x} y={HEIGHT - 7} text-anchor={anchor}>
          {context.formats.day(times[week]!)}
        </text>
      ))}
    </>
  )
}

/** By series and week: from where to where it reaches. */
function stackOf({ times, series }: Weeks): [low: number, high: number][][] {
  const tops = times.map(() => 0)
  return series.map(({ amounts }) =>
    tops.map((low, week) => {
      const high = low + Math.max(0, amounts[week]!)
      tops[week] = high
      return [low, high]
    }),
  )
}

/**
 * From the ground up, in whole pixels: what is below lies on top of it. The many columns of a year stand without gaps,
 * which takes half the bytes.
 */
function columnsPath(column: readonly (readonly [number, number])[], scale: (value: number) => number): string {
  if (column.length > MOST_APART)
    return `M0 ${PLOT}${column.map(([, high]) => `V${Math.round(PLOT - scale(high))}h${WEEK}`).join('')}V${PLOT}z`
  return `M${GAP} ${PLOT}${column.map(([, high]) => `V${Math.round(PLOT - scale(high))}h${COLUMN}V${PLOT}h${2 * GAP}`).join('')}`
}

function totalsPath({ conversions, isSmall }: Weeks, scale: (value: number) => number): string {
  return conversions
    .map((amount, week) => (isSmall[week] ? '' : `M${week * WEEK + GAP} ${Math.round(PLOT - scale(amount))}h${COLUMN}`))
    .join('')
}

/** Evenly apart, and counted from the last one that is over. */
function keyedWeeks({ times, isLastOpen }: Weeks): number[] {
  const apart = Math.ceil(times.length / MOST_KEYED)
  const keyed: number[] = []
  for (let week = times.length - (isLastOpen ? 2 : 1); week >= 0; week -= apart) keyed.push(week)
  return keyed
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10
}
