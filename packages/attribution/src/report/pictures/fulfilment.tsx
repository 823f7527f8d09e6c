import { qualityWords } from '../words/quality-words.ts'
import { BarChart } from './bar-chart.tsx'
import type { DrawPicture } from './picture.ts'

const ID = 'fulfilment'

/** When parcels came, against what was promised, and how customers felt and whether they came back. */
export const drawFulfilment: DrawPicture = ({ fulfilment }, context) => {
  const { formats, language, minimum } = context
  const words = qualityWords[language]
  if (!fulfilment || fulfilment.delivered < minimum) return undefined
  const { byLateness, medianDays, delivered, failed, returned, withoutPromise } = fulfilment
  const promised = byLateness.reduce((sum, { orders }) => sum + orders, 0)
  const late = byLateness.reduce((sum, { days, orders }) => sum + (days > 0 ? orders : 0), 0)
  const sentence = words.fulfilment({ delivered, promised, late, medianDays }, formats)
  const from = byLateness[0]?.days ?? 0
  const to = byLateness.at(-1)?.days ?? 0
  const days = Array.from({ length: to - from + 1 }, (_, at) => from + at)
  const binOf = (day: number) => byLateness.find(bin => bin.days === day)
  return {
    id: ID,
    title: words.fulfilmentTitle,
    note: words.fulfilmentNote(failed, returned, withoutPromise, formats),
    views: [
      {
        name: 'all',
        sentence,
        drawing:
          promised === 0 ? (
            <></>
          ) : (
            <BarChart
              title={words.fulfilmentCaption}
              amounts={days.map(day => binOf(day)?.orders ?? 0)}
              labels={days.map((day, place) => [place, words.lateness(day, formats)] as const)}
              context={context}
            />
          ),
        table: {
          caption: words.fulfilmentCaption,
          columns: [
            { name: words.daysLate },
            ...[words.orders, words.satisfied, words.boughtAgain].map(name => ({ name, isNumber: true })),
          ],
          rows: byLateness.map(({ days: day, orders, satisfaction, boughtAgain }) =>
            orders < minimum
              ? [words.lateness(day, formats), words.few(minimum, formats), '–', '–']
              : [
                  words.lateness(day, formats),
                  formats.number(orders),
                  satisfaction && satisfaction.answers >= minimum
                    ? `${formats.share(satisfaction.score / 100)} (n = ${formats.number(satisfaction.answers)})`
                    : '–',
                  boughtAgain.among >= minimum
                    ? `${formats.share(boughtAgain.orders / boughtAgain.among)} (n = ${formats.number(boughtAgain.among)})`
                    : '–',
                ],
          ),
        },
      },
    ],
  }
}
