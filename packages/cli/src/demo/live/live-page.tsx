import { JOURNEY_STAGES } from '@jejak/events'
import type { JSX } from 'preact'
import { DataBlock } from '../data-block.tsx'
import { LanguageLinks } from '../language-links.tsx'
import { PageHead } from '../page-head.tsx'
import { fill } from '../words/language.ts'
import { LIVE_WORDS } from '../words/live-words.ts'
import { useFormats, useLanguage, useWords } from '../words/spoken.ts'

/** Ways to come to the shop, each as the address such a visitor lands on. */
const ARRIVALS = [
  ['instagram', '/shop/?utm_source=instagram&utm_medium=paid_social&utm_campaign=musim-hujan'],
  ['google', '/shop/products?gclid=Cj0KCQiA-demo'],
  ['newsletter', '/shop/?utm_source=newsletter&utm_medium=email&utm_campaign=mingguan-47'],
  ['assistant', '/shop/products/kemeja-parang?utm_source=chatgpt.com'],
  ['typed', '/shop/'],
] as const

export const SIMULATED_VISITORS = 500

/** The shop at the left, the journeys it makes at the right. */
export function LivePage(): JSX.Element {
  const words = useWords(LIVE_WORDS)
  const language = useLanguage()
  return (
    <html lang={language}>
      <head>
        <PageHead title={words.title} styles={['live']} />
        <script type="module" src="/assets/live/live.js" />
      </head>
      <body>
        <a class="skip" href="#journeys">
          {words.skip}
        </a>
        <TopBar />
        <main class="panes" data-shown="shop">
          <div class="tabs" role="group" aria-label={words.show}>
            <button type="button" data-show="shop" aria-pressed="true">
              {words.shop}
            </button>
            <button type="button" data-show="journeys" aria-pressed="false">
              {words.journeys}
            </button>
          </div>
          <ShopPane />
          <Journeys />
        </main>
        <noscript>
          <p class="waiting">{words.needsScript}</p>
        </noscript>
        <DataBlock id="words" data={{ language, words }} />
      </body>
    </html>
  )
}

function TopBar(): JSX.Element {
  const words = useWords(LIVE_WORDS)
  const { number } = useFormats()
  return (
    <header class="top">
      <h1>
        Jejak <span>{words.subtitle}</span>
      </h1>
      <dl class="totals">
        {(['visitors', 'events', 'orders', 'value'] as const).map(total => (
          <div>
            <dt>{words.totals[total]}</dt>
            <dd id={`total-${total}`}>–</dd>
          </div>
        ))}
      </dl>
      <LanguageLinks path="/" />
      <div class="actions">
        <button type="button" class="button quiet" id="simulate">
          {fill(words.simulate, { count: number(SIMULATED_VISITORS) })}
        </button>
        <a class="button quiet" href="/truth">
          {words.truth}
        </a>
        <a class="button" href="/report" id="open-report">
          {words.report}
        </a>
      </div>
      <p role="status" id="news" class="news" />
    </header>
  )
}

function ShopPane(): JSX.Element {
  const words = useWords(LIVE_WORDS)
  return (
    <section class="shop-pane" aria-labelledby="arrive">
      <div class="arrivals">
        <h2 id="arrive">{words.arriveBy}</h2>
        {ARRIVALS.map(([way, href]) => (
          <a href={href} target="shop" data-typed={way === 'typed' ? '' : undefined}>
            {words.arrivals[way]}
          </a>
        ))}
        <button type="button" id="new-visitor">
          {words.newVisitor}
        </button>
      </div>
      <div class="tab-bar">
        <p class="address">
          <span class="hidden-text">{words.pageShown} </span>
          <span id="address">/shop/</span>
        </p>
        <button type="button" id="network" aria-pressed="false">
          {words.goOffline}
        </button>
        <button type="button" id="kill-tab">
          {words.killTab}
        </button>
      </div>
      <p class="hint">{words.hint}</p>
      <div class="shop-frame" id="tab">
        <iframe name="shop" id="shop" src="/shop/" title={words.theShop} />
        <div id="no-tab" class="awaited" hidden>
          <p role="status" id="no-tab-text" />
          <button type="button" class="button" id="reopen-tab" hidden>
            {words.reopenTab}
          </button>
        </div>
      </div>
    </section>
  )
}

function Journeys(): JSX.Element {
  const words = useWords(LIVE_WORDS)
  return (
    <section class="journeys" id="journeys" aria-label={words.journeys} tabindex={-1}>
      <aside class="browser-state" aria-label={words.thisBrowser}>
        <p>
          <span class="muted">{words.consent.label}:</span> <strong id="consent" data-state="" />{' '}
          <span id="held-back" />
        </p>
        <p id="unsent" data-count="0" role="status" />
      </aside>
      <nav class="visitors" aria-label={words.visitors}>
        <h2>
          {words.visitors} <span id="connection" class="connection" role="status" />
        </h2>
        <p class="muted" id="nobody">
          {words.nobody}
        </p>
        <ul id="visitors" />
      </nav>
      <article class="journey" aria-labelledby="journey-title" tabindex={0}>
        <h2 id="journey-title">{words.journey}</h2>
        <ol class="stages" id="stages" aria-label={words.stages}>
          {JOURNEY_STAGES.map((stage, index) => (
            <li class={`stage-${stage}`} data-stage={stage} title={words.stageMeaning[stage]}>
              <b>{index + 1}</b>
              <span>{words.stageNames[stage]}</span>
            </li>
          ))}
        </ol>
        <div class="waiting" id="waiting">
          <p>{words.intro}</p>
          <p>{words.introMore}</p>
        </div>
        <p class="waiting" id="program" hidden>
          {words.programSeen}
        </p>
        <ol class="sessions" id="sessions" />
      </article>
    </section>
  )
}
