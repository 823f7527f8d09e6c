import { timeWords } from '../words/time-words.ts'
import { BarChart } from './bar-chart.tsx'
import { isolatedName } from './isolated-name.ts'
import type { DrawPicture } from './picture.ts'
import { shownName } from '../words/shown-name.ts'

const ID = 'lag-decay'
const MOST = 4

/** How old the touches of each channel are when people convert. */
export const drawLagDecay: DrawPicture = ({ lags }, context) => {
  const { formats, language, minimum } = context
  const words = timeWords[language]
  const shown = (lags ?? []).filter(({ touches }) => touches >= minimum).slice(0, MOST)
  if (shown.length === 0) return undefined
  const known = shown.filter(({ medianDays }) => medianDays !== null)
  const byAge = known.toSorted((a, b) => a.medianDays! - b.medianDays!)
  const [youngest] = byAge
  const oldest = byAge.at(-1)
  const sentence = words.lag(
    youngest && { name: isolatedName(youngest.key), days: youngest.medianDays! },
    byAge.length > 1 && oldest ? { name: isolatedName(oldest.key), days: oldest.medianDays! } : undefined,
    formats,
  )
  // Whole weeks from the conversion back, and what is older.
  const weeksOf = (byDay: readonly number[]): number[] =>
    [0, 1, 2, 3, 4].map(week =>
      byDay.slice(week * 7, week === 4 ? byDay.length : (week + 1) * 7).reduce((sum, count) => sum + count, 0),
    )
  return {
    id: ID,
    title: words.lagTitle,
    note: words.lagNote,
    views: [
      {
        name: 'all',
        sentence,
        drawing: (
          <div class="time-multiples">
            {shown.map(({ key, byDay, medianDays }) => (
              <div>
                <h4>
                  <bdi>{shownName(key, 28)}</bdi>
                </h4>
                <BarChart
                  title={`${words.lagCaption}: ${isolatedName(key)}`}
                  amounts={weeksOf(byDay)}
                  labels={words.weeks.map((name, week) => [week, name] as const)}
                  height={104}
                  context={context}
                />
                <p class="time-small">{words.median(medianDays ?? 0, formats)}</p>
              </div>
            ))}
          </div>
        ),
        table: {
          caption: words.lagCaption,
          columns: [
            { name: words.channel },
            ...words.weeks.map(name => ({ name: `${name} ${words.weekUnit}`, isNumber: true })),
            { name: words.medianColumn, isNumber: true },
          ],
          rows: shown.map(({ key, byDay, medianDays }) => [
            shownName(key),
            ...weeksOf(byDay).map(count =>
              count > 0 && count < minimum ? words.few(minimum, formats) : formats.number(count),
            ),
            formats.number(medianDays ?? 0, 1),
          ]),
        },
      },
    ],
  }
}
