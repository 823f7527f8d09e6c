import type { JSX } from 'preact'
import type { ReportFacts } from '../facts/report-facts.ts'
import { timeWords } from '../words/time-words.ts'
import { BarChart } from './bar-chart.tsx'
import type { DrawPicture, PictureContext } from './picture.ts'

const ID = 'time-to-convert'
const HEIGHT = 210
const TOP = 18
const BOTTOM = 40
const PLOT = HEIGHT - TOP - BOTTOM
/** On these days the table tells the curve, and the drawing how many were still watched. */
const TOLD_DAYS = [1, 3, 7, 14, 30, 60, 90]
const Z = 1.96

type Time = NonNullable<ReportFacts['time']>

/** How long it takes from the first touch to the conversion: of all who came, and of those who converted. */
export const drawTimeToConvert: DrawPicture = ({ time }, context) => {
  if (!time || time.conversions === 0) return undefined
  const words = timeWords[context.language]
  return {
    id: ID,
    title: words.timeTitle,
    choice: words.timeChoice,
    note: words.timeNote,
    views: [curveView(time, context), daysView(time, context)],
  }
}

/** The step of the curve that holds on a day. */
function stepOn({ curve }: Time, day: number): Time['curve'][number] | undefined {
  return curve.findLast(step => step.day <= day)
}

function curveView(time: Time, context: PictureContext) {
  const { formats, language } = context
  const words = timeWords[language]
  const last = Math.max(1, time.curve.at(-1)?.day ?? 1)
  const final = time.curve.at(-1)
  const sentence = words.curve(
    { share: final?.converted ?? 0, low: low(final), high: high(final), days: last, median: time.medianDays },
    formats,
  )
  const days = TOLD_DAYS.filter(day => day <= last)
  return {
    name: words.curveName,
    sentence,
    drawing: <Curve time={time} last={last} days={days} context={context} />,
    table: {
      caption: words.curveCaption,
      columns: [
        { name: words.day },
        { name: words.converted, isNumber: true },
        { name: words.interval, isNumber: true },
        { name: words.atRisk, isNumber: true },
      ],
      rows: days.map(day => {
        const step = stepOn(time, day)
        return [
          formats.number(day),
          formats.share(step?.converted ?? 0, 1),
          `${formats.share(low(step), 1)}–${formats.share(high(step), 1)}`,
          formats.number(step?.atRisk ?? 0),
        ]
      }),
    },
  }
}

function low(step: Time['curve'][number] | undefined): number {
  return step ? Math.max(0, step.converted - Z * step.error) : 0
}

function high(step: Time['curve'][number] | undefined): number {
  return step ? Math.min(1, step.converted + Z * step.error) : 0
}

function Curve(props: {
  readonly time: Time
  readonly last: number
  readonly days: readonly number[]
  readonly context: PictureContext
}): JSX.Element {
  const { time, last, days, context } = props
  const { formats, language } = context
  const words = timeWords[language]
  const most = Math.max(0.01, ...time.curve.map(high))
  const top = Math.min(1, Math.ceil(most * 20) / 20)
  const y = (share: number): number => Math.round(PLOT * (1 - share / top))
  const line = (of: (step: Time['curve'][number]) => number): string =>
    time.curve.map(step => `H${step.day}V${y(of(step))}`).join('')
  const back = time.curve
    .toReversed()
    .map((step, at, all) => `H${step.day}V${y(all[at + 1] ? low(all[at + 1]) : 0)}`)
    .join('')
  const at = (day: number): string => `${Math.round((1_000 * day) / last) / 10}%`
  return (
    <svg class="time-curve" width="100%" height={HEIGHT} role="img" aria-label={words.curveCaption}>
      {[0, top / 2, top].map(share => (
        <>
          <line class="time-grid" x1="0" x2="100%" y1={TOP + y(share)} y2={TOP + y(share)} />
          <text class="time-axis" x="0" y={TOP + y(share) - 4}>
            {formats.share(share, top < 0.1 ? 1 : 0)}
          </text>
        </>
      ))}
      <svg y={TOP} width="100%" height={PLOT} viewBox={`0 0 ${last} ${PLOT}`} preserveAspectRatio="none">
        <path class="time-band" d={`M0 ${PLOT}${line(high)}H${last}${back}H0z`} />
        <path class="time-line" d={`M0 ${PLOT}${line(step => step.converted)}H${last}`} />
      </svg>
      {days.map((day, place) => (
        <>
          <text
            class="time-axis"
            x={at(day)}
            y={HEIGHT - 22}
            text-anchor={place === days.length - 1 ? 'end' : 'middle'}
          >
            {formats.number(day)}
          </text>
          {(place === 0 || day / last > 0.15) && (
            <text
              class="time-risk"
              x={at(day)}
              y={HEIGHT - 6}
              text-anchor={place === days.length - 1 ? 'end' : 'middle'}
            >
              {formats.short(stepOn(time, day)?.atRisk ?? 0)}
            </text>
          )}
        </>
      ))}
    </svg>
  )
}

function daysView(time: Time, context: PictureContext) {
  const { formats, language, minimum } = context
  const words = timeWords[language]
  const used = Math.max(1, time.byDay.findLastIndex(count => count > 0) + 1)
  // Weeks, where there are too many days to tell apart.
  const size = used > 31 ? 7 : 1
  const bins = Array.from({ length: Math.ceil(used / size) }, (_, bin) =>
    time.byDay.slice(bin * size, (bin + 1) * size).reduce((sum, count) => sum + count, 0),
  )
  const nameOf = (bin: number): string =>
    formats.number(bin * size) + (size > 1 ? `–${formats.number(bin * size + size - 1)}` : '')
  const sentence = words.days(time.days.median ?? 0, time.byDay[0]! / time.conversions, formats)
  const every = Math.ceil(bins.length / 7)
  return {
    name: words.daysName,
    sentence,
    drawing: (
      <BarChart
        title={words.daysCaption}
        amounts={bins}
        labels={bins.flatMap((_, bin) => (bin % every === 0 ? [[bin, formats.number(bin * size)] as const] : []))}
        context={context}
      />
    ),
    table: {
      caption: words.daysCaption,
      columns: [{ name: words.day }, { name: words.conversions, isNumber: true }],
      rows: bins.map((count, bin) => [
        nameOf(bin),
        count > 0 && count < minimum ? words.few(minimum, formats) : formats.number(count),
      ]),
    },
  }
}
