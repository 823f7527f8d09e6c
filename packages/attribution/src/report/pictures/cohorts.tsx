import type { JSX } from 'preact'
import type { CohortFacts } from '../facts/report-facts.ts'
import { timeWords } from '../words/time-words.ts'
import { BarChart } from './bar-chart.tsx'
import type { DrawPicture, PictureContext } from './picture.ts'

const ID = 'cohorts'
/** So many months after the first purchase, and so many cohorts, are shown: the latest. */
const MOST_MONTHS = 9
const MOST_COHORTS = 13

/** Who bought again, by the month of the first purchase. */
export const drawCohorts: DrawPicture = ({ cohorts: facts }, context) => {
  if (!facts || facts.cohorts.length === 0) return undefined
  const { formats, language, minimum } = context
  const words = timeWords[language]
  const customers = facts.byPurchases.reduce((sum, count) => sum + count, 0)
  const again = facts.byPurchases.slice(2).reduce((sum, count) => sum + count, 0)
  const sentence = words.cohorts(again, customers, facts.medianDaysToSecond, minimum, formats)
  const purchases = facts.byPurchases.slice(1, Math.max(2, facts.byPurchases.findLastIndex(count => count > 0) + 1))
  const told = (count: number): string =>
    count > 0 && count < minimum ? words.few(minimum, formats) : formats.number(count)
  return {
    id: ID,
    title: words.cohortsTitle,
    choice: words.cohortsChoice,
    note: words.cohortsNote(minimum, formats),
    views: [
      { name: words.monthsName, sentence, drawing: <Triangle facts={facts} context={context} /> },
      {
        name: words.purchasesName,
        sentence,
        drawing: (
          <BarChart
            title={words.purchasesCaption}
            amounts={purchases}
            labels={purchases.map((_, place) => [place, String(place + 1)] as const)}
            context={context}
          />
        ),
        table: {
          caption: words.purchasesCaption,
          columns: [{ name: words.purchases }, { name: words.customers, isNumber: true }],
          rows: purchases.map((count, place) => [String(place + 1), told(count)]),
        },
      },
    ],
  }
}

function Triangle({ facts, context }: { facts: CohortFacts; context: PictureContext }): JSX.Element {
  const { formats, language, minimum } = context
  const words = timeWords[language]
  const shown = facts.cohorts.slice(-MOST_COHORTS)
  const months = Math.min(MOST_MONTHS, Math.max(...shown.map(({ bought }) => bought.length)))
  const shares = shown.flatMap(({ customers, bought }) =>
    bought.slice(1).map(count => (count === null || customers < minimum ? 0 : count / customers)),
  )
  const most = Math.max(0.0001, ...shares)
  return (
    <div class="scroll" tabindex={0} role="region" aria-label={words.cohortsCaption}>
      <table class="stage-cells">
        <caption>{words.cohortsCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.firstPurchase}</th>
            <th scope="col">{words.customers}</th>
            {Array.from({ length: months - 1 }, (_, month) => (
              <th scope="col">{words.monthsAfter(month + 1, formats)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ month, customers, bought }) => (
            <tr>
              <th scope="row">{formats.month(month)}</th>
              <td>{customers < minimum ? words.few(minimum, formats) : formats.number(customers)}</td>
              {Array.from({ length: months - 1 }, (_, at) => {
                const count = bought[at + 1]
                if (count === null || count === undefined) return <td />
                if (customers < minimum) return <td>–</td>
                const share = count / customers
                const shade = Math.min(6, Math.ceil((6 * share) / most))
                return <td class={shade > 0 ? `stage-shade-${shade}` : undefined}>{formats.share(share)}</td>
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
