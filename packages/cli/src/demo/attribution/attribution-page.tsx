import { MODELS } from '@jejak/attribution'
import type { ModelName } from '@jejak/attribution'
import type { JSX } from 'preact'
import { formatNumber, formatShare } from '../../output/numbers.ts'
import { PageHead } from '../page-head.tsx'
import { formatRupiah } from '../shop/catalogue.ts'
import type { DemoAttribution } from './attribution-of.ts'
import { comparisonOf } from './comparison.ts'
import type { Comparison } from './comparison.ts'
import { Dumbbells } from './dumbbells.tsx'
import { FunnelTable } from './funnel-table.tsx'
import { Scrollable } from './scrollable.tsx'

export interface AttributionPageProps {
  /** Where the events are, as the reader would type it. */
  readonly folder: string
  /** Undefined while nothing was collected. */
  readonly attribution: DemoAttribution | undefined
}

export function AttributionPage({ folder, attribution }: AttributionPageProps): JSX.Element {
  return (
    <html lang="en">
      <head>
        <PageHead title="Jejak: what brought the orders" styles={['attribution']} />
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        <main id="main">
          <p class="back">
            <a href="/">Back to the live journeys</a>
          </p>
          <h1>What brought the orders</h1>
          {attribution ? <Result attribution={attribution} /> : <Nothing />}
          <section aria-labelledby="terminal">
            <h2 id="terminal">The same in your terminal</h2>
            <pre class="command">
              npx jejak attribute {quoted(folder)}
              {'\n'}
              npx jejak journeys {quoted(folder)} --stage-model canonical
            </pre>
          </section>
        </main>
      </body>
    </html>
  )
}

function Nothing(): JSX.Element {
  return (
    <p class="lead">
      Nothing was collected yet. <a href="/">Walk through the shop</a>, or let 500 visitors come, then look here again.
    </p>
  )
}

function Result({ attribution }: { attribution: DemoAttribution }): JSX.Element {
  const { result, funnel } = attribution
  const { conversions, journeys, value } = result.totals
  const comparison = comparisonOf(result)
  return (
    <>
      <dl class="headline">
        <Headline name="orders" value={formatNumber(conversions)} />
        <Headline name="revenue" value={formatRupiah(value)} />
        <Headline name="journeys" value={formatNumber(journeys)} />
        <Headline name="led to an order" value={journeys ? formatShare(conversions / journeys) : '–'} />
      </dl>
      {conversions > 0 ? (
        <section aria-labelledby="channels">
          <h2 id="channels">Credit by channel and model</h2>
          <p class="lead">{comparison.sentence}</p>
          <Dumbbells comparison={comparison} />
          <Credits caption="Orders credited to each channel" comparison={comparison} />
          <details>
            <summary>The same in rupiah</summary>
            <Credits caption="Revenue credited to each channel, in rupiah" comparison={comparison} inMoney />
          </details>
          <details>
            <summary>How each model gives credit</summary>
            <dl class="models">
              {comparison.models.map(model => (
                <div>
                  <dt>{model}</dt>
                  <dd>
                    {MODELS[model as ModelName].meaning} <span class="muted">{MODELS[model as ModelName].use}</span>
                  </dd>
                </div>
              ))}
            </dl>
          </details>
        </section>
      ) : (
        <section>
          <p class="lead">Nobody has ordered yet, so there is no credit to share out.</p>
        </section>
      )}
      <section aria-labelledby="stages">
        <h2 id="stages">How far visitors came</h2>
        <FunnelTable funnel={funnel} />
      </section>
    </>
  )
}

function Headline({ name, value }: { name: string; value: string }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

interface CreditsProps {
  readonly caption: string
  readonly comparison: Comparison
  readonly inMoney?: boolean
}

function Credits({ caption, comparison, inMoney = false }: CreditsProps): JSX.Element {
  const { models, channels } = comparison
  const amounts = channels.map(({ credits }) => credits.map(credit => (inMoney ? credit.value : credit.conversions)))
  const most = Math.max(...amounts.flat(), 1)
  // A model that gives orders whole is read more easily without decimals.
  const decimals = models.map((_, column) => (inMoney || amounts.every(row => Number.isInteger(row[column])) ? 0 : 1))
  return (
    <Scrollable label={caption}>
      <table class="credits">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">channel</th>
            {models.map(model => (
              <th scope="col" class="number">
                {model}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {channels.map(({ channel }, row) => (
            <tr>
              <th scope="row">{channel}</th>
              {amounts[row]!.map((amount, column) => (
                <td class="number">
                  {inDecimals(amount, decimals[column]!, inMoney ? 'id-ID' : 'en-US')}
                  <svg class="bar" width="100%" height="4" aria-hidden="true">
                    <rect width={`${Math.max(0, (amount / most) * 100).toFixed(1)}%`} height="4" rx="2" />
                  </svg>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrollable>
  )
}

/** Rupiah are written as the shop writes them. */
function inDecimals(amount: number, decimals: number, locale: 'id-ID' | 'en-US'): string {
  return amount.toLocaleString(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
}

/** A path as a shell takes it. */
function quoted(path: string): string {
  return /^[\w./~-]+$/.test(path) ? path : `'${path.replaceAll(`'`, `'\\''`)}'`
}
