import type { JSX } from 'preact'
import type { JourneyMapFacts } from '../../facts/report-facts.ts'
import { stageName } from '../../words/event-words.ts'
import { mapWords } from '../../words/map-words.ts'
import type { PictureContext, PictureView } from '../picture.ts'

const SHADES = 5
/** Hours put together: single ones are mostly chance, and would make the table twice as long. */
const STEP = 2
const AXES = 'jm-axes'
const DAYS = [0, 1, 2, 3, 4, 5, 6]

interface Week {
  readonly name: string
  /** By weekday, then by hours, {@link STEP} at a time. */
  readonly counts: readonly (readonly number[])[]
  readonly events: number
}

interface Busiest {
  readonly day: number
  readonly hour: number
  readonly events: number
  readonly isTied: boolean
}

/** When customers are active, by stage: a week of hours each. */
export function dayInTheLife({ hours }: JourneyMapFacts, context: PictureContext): PictureView | undefined {
  const { formats, language, minimum } = context
  const words = mapWords[language]
  const weeks = hours.map(({ stage, counts }) => ({
    name: stageName(stage, language),
    counts: counts.map(day =>
      Array.from({ length: day.length / STEP }, (_, at) =>
        day.slice(at * STEP, (at + 1) * STEP).reduce((sum, count) => sum + count, 0),
      ),
    ),
    events: counts.flat().reduce((sum, count) => sum + count, 0),
  }))
  const fullest = weeks.reduce<Week | undefined>(
    (most, week) => (week.events > (most?.events ?? 0) ? week : most),
    undefined,
  )
  if (!fullest) return undefined
  const busiest = busiestOf(fullest)
  const sentence =
    busiest.events < minimum
      ? words.tooFew(minimum, formats)
      : words.busiestIn(
          fullest.name,
          words.weekdays[busiest.day]!,
          hourOf(busiest.hour),
          busiest.events,
          busiest.isTied,
          formats,
        )
  return {
    name: words.day,
    sentence: `${sentence} ${words.timeZone(formats.timeZone)}`,
    drawing: (
      <div class="map-weeks">
        {weeks.map((week, place) => (
          <WeekOfHours week={week} place={place} context={context} />
        ))}
        <p class="map-small">{words.shades}</p>
      </div>
    ),
    table: {
      caption: words.dayCaption,
      columns: [
        { name: words.stage },
        { name: words.weekday },
        ...Array.from({ length: 24 / STEP }, (_, at) => ({ name: twoDigits(at * STEP), isNumber: true })),
      ],
      rows: weeks.flatMap(({ name, counts, events }) =>
        events === 0
          ? []
          : DAYS.map(day => [
              name,
              words.weekdaysShort[day]!,
              ...counts[day]!.map(count =>
                count > 0 && count < minimum ? words.few(minimum, formats) : formats.number(count),
              ),
            ]),
      ),
    },
  }
}

function WeekOfHours(props: {
  readonly week: Week
  readonly place: number
  readonly context: PictureContext
}): JSX.Element {
  const { week, place, context } = props
  const { formats, language, minimum } = context
  const words = mapWords[language]
  const busiest = busiestOf(week)
  const isShown = busiest.events >= minimum
  const told = isShown
    ? words.busiest(words.weekdays[busiest.day]!, hourOf(busiest.hour), busiest.events, busiest.isTied, formats)
    : words.nothing
  return (
    <section class={`map-week c${(place % 7) + 1}`}>
      <h3>
        <span class="map-place">{place + 1}</span>
        <bdi>{week.name}</bdi>
      </h3>
      <svg width="100%" height="138" role="img" aria-label={`${week.name}: ${words.dayTitle}`}>
        {place === 0 ? <Axes context={context} /> : <use href={`#${AXES}`} />}
        <svg x="8%" width="92%" height="119" viewBox={`0 -.5 ${24 / STEP} 7`} preserveAspectRatio="none">
          {isShown &&
            Array.from({ length: SHADES }, (_, shade) => ({
              shade,
              d: hoursOf(week.counts, shade, busiest.events, minimum),
            })).map(({ shade, d }) => d !== '' && <path class={`map-shade-${shade + 1}`} d={d} />)}
        </svg>
      </svg>
      <p class="map-small">{told}</p>
    </section>
  )
}

/** What all weeks have behind their hours: drawn for the first, and shown again by the others. */
function Axes({ context }: { readonly context: PictureContext }): JSX.Element {
  const words = mapWords[context.language]
  return (
    <g id={AXES}>
      {DAYS.map(day => (
        <text class="map-axis" x="0" y={day * 17 + 13}>
          {words.weekdaysShort[day]}
        </text>
      ))}
      {[0, 6, 12, 18].map(hour => (
        <text class="map-axis" x={`${Math.round((8 + (92 * hour) / 24) * 10) / 10}%`} y="134">
          {twoDigits(hour)}
        </text>
      ))}
      <rect class="map-hours" x="8%" width="92%" height="119" />
    </g>
  )
}

/** The hours of one shade as strokes, those side by side as one: a week drawn cell by cell would be ten times as long. */
function hoursOf(counts: Week['counts'], shade: number, most: number, minimum: number): string {
  const shadeOf = (count: number): number =>
    count < minimum ? -1 : Math.min(SHADES - 1, Math.floor((SHADES * count) / most))
  return counts
    .map((hours, day) => {
      let path = ''
      for (let from = 0; from < hours.length; from++) {
        if (shadeOf(hours[from]!) !== shade) continue
        let to = from + 1
        while (to < hours.length && shadeOf(hours[to]!) === shade) to++
        path += `M${from} ${day}h${to - from}`
        from = to
      }
      return path
    })
    .join('')
}

function busiestOf({ counts }: Week): Busiest {
  const all = counts.flatMap((hours, day) => hours.map((events, hour) => ({ day, hour, events })))
  const most = all.reduce((first, one) => (one.events > first.events ? one : first))
  return { ...most, isTied: all.filter(({ events }) => events === most.events).length > 1 }
}

function hourOf(at: number): string {
  return `${twoDigits(at * STEP)}:00–${twoDigits((at + 1) * STEP)}:00`
}

function twoDigits(hour: number): string {
  return String(hour).padStart(2, '0')
}
