import { JOURNEY_STAGES, STAGE_MEANING } from '@jejak/events'
import type { JSX } from 'preact'
import { PageHead } from '../page-head.tsx'

/** Ways to come to the shop, each as the address such a visitor lands on. */
const ARRIVALS = [
  {
    label: 'Instagram ad',
    href: '/shop/?utm_source=instagram&utm_medium=paid_social&utm_campaign=musim-hujan',
  },
  { label: 'Google Ads', href: '/shop/products?gclid=Cj0KCQiA-demo' },
  { label: 'Newsletter', href: '/shop/?utm_source=newsletter&utm_medium=email&utm_campaign=mingguan-47' },
  { label: 'AI assistant', href: '/shop/products/kemeja-parang?utm_source=chatgpt.com' },
  { label: 'Address typed', href: '/shop/' },
] as const

export const SIMULATED_VISITORS = 500

/** The shop at the left, the journeys it makes at the right. */
export function LivePage(): JSX.Element {
  return (
    <html lang="en">
      <head>
        <PageHead title="Jejak: a shop and its journeys" styles={['live']} />
        <script type="module" src="/assets/live.js" />
      </head>
      <body>
        <a class="skip" href="#journeys">
          Skip to the journeys
        </a>
        <header class="top">
          <h1>
            Jejak <span>a shop and its journeys, live</span>
          </h1>
          <dl class="totals">
            {['visitors', 'events', 'orders', 'value'].map(total => (
              <div>
                <dt>{total === 'value' ? 'revenue' : total}</dt>
                <dd id={`total-${total}`}>–</dd>
              </div>
            ))}
          </dl>
          <div class="actions">
            <button type="button" class="button quiet" id="simulate">
              Simulate {SIMULATED_VISITORS} visitors
            </button>
            <a class="button" href="/attribution">
              Attribution
            </a>
          </div>
          <p role="status" id="simulated" class="news" />
        </header>
        <main class="panes" data-shown="shop">
          <div class="tabs" role="group" aria-label="Show">
            <button type="button" data-show="shop" aria-pressed="true">
              Shop
            </button>
            <button type="button" data-show="journeys" aria-pressed="false">
              Journeys
            </button>
          </div>
          <section class="shop-pane" aria-labelledby="arrive">
            <div class="arrivals">
              <h2 id="arrive">Arrive by</h2>
              {ARRIVALS.map(({ label, href }) => (
                <a href={href} target="shop" data-typed={href === '/shop/' ? '' : undefined}>
                  {label}
                </a>
              ))}
              <button type="button" id="new-visitor">
                New visitor
              </button>
            </div>
            <p class="address">
              <span class="hidden-text">Page shown: </span>
              <span id="address">/shop/</span>
            </p>
            <p class="hint">Each step you take here appears under Journeys.</p>
            <div class="shop-frame">
              <iframe name="shop" id="shop" src="/shop/" title="The shop" />
              <p role="status" id="arrival-awaited" class="awaited" />
            </div>
          </section>
          <section class="journeys" id="journeys" aria-label="Live journeys" tabindex={-1}>
            <nav class="visitors" aria-label="Visitors">
              <h2>
                Visitors <span id="connection" class="connection" role="status" />
              </h2>
              <p class="muted" id="nobody">
                Nobody yet.
              </p>
              <ul id="visitors" />
            </nav>
            <article class="journey" aria-labelledby="journey-title" tabindex={0}>
              <h2 id="journey-title">Journey</h2>
              <ol class="stages" id="stages" aria-label="Stages">
                {JOURNEY_STAGES.map((stage, index) => (
                  <li class={`stage-${stage}`} data-stage={stage} title={`The customer ${STAGE_MEANING[stage]}`}>
                    <b>{index + 1}</b>
                    <span>{stage}</span>
                  </li>
                ))}
              </ol>
              <div class="waiting" id="waiting">
                <p>Walk through the shop: each step appears here with the stage of the journey it belongs to.</p>
                <p>
                  Above the shop you choose how a visitor comes to it. What brought the orders, by eight models, is
                  under Attribution; five hundred simulated visitors give it something to tell.
                </p>
              </div>
              <p class="waiting" id="program" hidden>
                The user agent is that of a program, so the attribution leaves this visitor out.
              </p>
              <ol class="sessions" id="sessions" />
            </article>
          </section>
        </main>
        <noscript>
          <p class="waiting">This page follows the shop live and needs JavaScript for it.</p>
        </noscript>
      </body>
    </html>
  )
}
