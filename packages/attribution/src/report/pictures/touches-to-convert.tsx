import { timeWords } from '../words/time-words.ts'
import { BarChart } from './bar-chart.tsx'
import type { DrawPicture } from './picture.ts'

const ID = 'touches-to-convert'
const MOST = 12

/** After how many touches people convert. */
export const drawTouchesToConvert: DrawPicture = ({ time }, context) => {
  if (!time || time.conversions === 0) return undefined
  const { formats, language, minimum } = context
  const words = timeWords[language]
  const all = time.byTouches.slice(1)
  const rest = all.slice(MOST - 1).reduce((sum, count) => sum + count, 0)
  const last = Math.max(1, all.findLastIndex(count => count > 0) + 1)
  const counts = last > MOST ? [...all.slice(0, MOST - 1), rest] : all.slice(0, last)
  const nameOf = (place: number): string => `${place + 1}${last > MOST && place === MOST - 1 ? '+' : ''}`
  const sentence = words.touches(time.touches.median ?? 0, all[0]! / time.conversions, formats)
  const told = (count: number): string =>
    count > 0 && count < minimum ? words.few(minimum, formats) : formats.number(count)
  return {
    id: ID,
    title: words.touchesTitle,
    views: [
      {
        name: 'all',
        sentence,
        drawing: (
          <BarChart
            title={words.touchesCaption}
            amounts={counts}
            labels={counts.map((_, place) => [place, nameOf(place)] as const)}
            context={context}
          />
        ),
        table: {
          caption: words.touchesCaption,
          columns: [{ name: words.touchCount }, { name: words.conversions, isNumber: true }],
          rows: counts.map((count, place) => [nameOf(place), told(count)]),
        },
      },
    ],
  }
}
