import type { JSX } from 'preact'
import { PARCEL_STEPS } from '../parcel.ts'
import { ShopPage } from './shop-page.tsx'
import { fill } from '../words/language.ts'
import { SHOP_WORDS } from '../words/shop-words.ts'
import { useWords } from '../words/spoken.ts'

/** An order number as it may stand in an address. */
export const ORDER_ID: RegExp = /^[\w-]{1,64}$/

export function ConfirmationPage({ order }: { order: string }): JSX.Element {
  const words = useWords(SHOP_WORDS).order
  return (
    <ShopPage type="confirmation" title={words.thanksTitle} script="confirmation" data={{ order }}>
      <UnknownOrder order={order} />
      <section class="thanks" id="known-order" hidden>
        <svg viewBox="0 0 64 64" aria-hidden="true">
          <circle cx="32" cy="32" r="29" />
          <path d="M20 33 l9 9 l16 -19" />
        </svg>
        <h1>{words.thanks}</h1>
        <p>
          {words.order} <strong>{order}</strong>, <span id="order-total" />.
        </p>
        <p id="order-promise" />
        <p class="actions">
          <a class="button" href={`/shop/orders/${order}`}>
            {words.follow}
          </a>
          <a class="button quiet" href="/shop/products">
            {words.shopOn}
          </a>
        </p>
      </section>
    </ShopPage>
  )
}

/** Where the parcel is. In the demo a day takes some seconds. */
export function OrderPage({ order }: { order: string }): JSX.Element {
  const words = useWords(SHOP_WORDS).order
  return (
    <ShopPage
      type="tracking"
      title={`${words.order} ${order}`}
      script="order"
      data={{ order, parcelSteps: PARCEL_STEPS }}
    >
      <UnknownOrder order={order} />
      <div id="known-order" hidden>
        <h1>{words.where}</h1>
        <p>
          {words.order} <strong>{order}</strong>. <span id="order-promise" />
        </p>
        <ol class="parcel" id="parcel">
          {PARCEL_STEPS.map(({ event }) => (
            <li data-step={event}>
              <span class="parcel-dot" aria-hidden="true" />
              <span>{words.parcel[event]}</span>
              <time />
            </li>
          ))}
        </ol>
        <p role="status" id="parcel-status" class="status" />
        <section id="delivered" hidden>
          <form class="panel survey" id="survey" aria-labelledby="survey-question">
            <h2 id="survey-question">{words.question}</h2>
            <fieldset class="scores">
              <legend class="hidden-text">{words.score}</legend>
              {Array.from({ length: 11 }, (_, score) => (
                <label>
                  <input type="radio" name="score" value={score} required />
                  <span>{score}</span>
                </label>
              ))}
            </fieldset>
            <p class="scale" aria-hidden="true">
              <span>{words.never}</span>
              <span>{words.certainly}</span>
            </p>
            <p class="actions">
              <button type="submit" class="button">
                {words.send}
              </button>
              <button type="button" class="button quiet" id="dismiss-survey">
                {words.notNow}
              </button>
            </p>
          </form>
          <p role="status" id="survey-status" class="status" />
          <p>
            <a class="button quiet" id="to-review" href={`/shop/orders/${order}/review`}>
              {words.review}
            </a>
          </p>
        </section>
      </div>
    </ShopPage>
  )
}

export function ReviewPage({ order }: { order: string }): JSX.Element {
  const words = useWords(SHOP_WORDS).order
  return (
    <ShopPage type="review" title={words.review} script="review" data={{ order }}>
      <UnknownOrder order={order} />
      <div id="known-order" hidden>
        <h1>{words.howDoYouLike}</h1>
        <form class="panel" id="review">
          <label class="field">
            {words.product}
            <select name="item" />
          </label>
          <fieldset class="choices">
            <legend>{words.rating}</legend>
            {[5, 4, 3, 2, 1].map(stars => (
              <label>
                <input type="radio" name="rating" value={stars} required />
                <span>
                  {stars}
                  <span aria-hidden="true"> ★</span>
                  <span class="hidden-text"> {stars === 1 ? words.star : words.stars}</span>
                </span>
              </label>
            ))}
          </fieldset>
          <label class="field">
            {words.othersKnow}
            <textarea name="text" rows={4} maxLength={1000} />
          </label>
          <button type="submit" class="button">
            {words.publish}
          </button>
        </form>
        <p role="status" id="review-status" class="status" />
        <p id="review-done" hidden>
          <a class="button quiet" href="/shop/">
            {words.back}
          </a>
        </p>
      </div>
    </ShopPage>
  )
}

function UnknownOrder({ order }: { order: string }): JSX.Element {
  const words = useWords(SHOP_WORDS).order
  return (
    <div id="unknown-order" hidden>
      <h1>{words.unknown}</h1>
      <p>
        {fill(words.notPlaced, { order })} <a href="/shop/">{words.back}</a>
      </p>
    </div>
  )
}
