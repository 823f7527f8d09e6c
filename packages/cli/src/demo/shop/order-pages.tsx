import type { JSX } from 'preact'
import { PARCEL_STEPS } from '../parcel.ts'
import { ShopPage } from './shop-page.tsx'

/** An order number as it may stand in an address. */
export const ORDER_ID: RegExp = /^[\w-]{1,64}$/

export function ConfirmationPage({ order }: { order: string }): JSX.Element {
  return (
    <ShopPage type="confirmation" title="Thank you" script="confirmation" data={{ order }}>
      <UnknownOrder order={order} />
      <section class="thanks" id="known-order" hidden>
        <svg viewBox="0 0 64 64" aria-hidden="true">
          <circle cx="32" cy="32" r="29" />
          <path d="M20 33 l9 9 l16 -19" />
        </svg>
        <h1>Thank you. Your order is paid.</h1>
        <p>
          Order <strong>{order}</strong>, <span id="order-total" />.
        </p>
        <p id="order-promise" />
        <p class="actions">
          <a class="button" href={`/shop/orders/${order}`}>
            Follow your order
          </a>
          <a class="button quiet" href="/shop/products">
            Shop on
          </a>
        </p>
      </section>
    </ShopPage>
  )
}

/** Where the parcel is. In the demo a day takes some seconds. */
export function OrderPage({ order }: { order: string }): JSX.Element {
  return (
    <ShopPage type="tracking" title={`Order ${order}`} script="order" data={{ order, parcelSteps: PARCEL_STEPS }}>
      <UnknownOrder order={order} />
      <div id="known-order" hidden>
        <h1>Where your parcel is</h1>
        <p>
          Order <strong>{order}</strong>. <span id="order-promise" />
        </p>
        <ol class="parcel" id="parcel">
          {PARCEL_STEPS.map(({ event, label }) => (
            <li data-step={event}>
              <span class="parcel-dot" aria-hidden="true" />
              <span>{label}</span>
              <time />
            </li>
          ))}
        </ol>
        <p role="status" id="parcel-status" class="status" />
        <section id="delivered" hidden>
          <form class="panel survey" id="survey" aria-labelledby="survey-question">
            <h2 id="survey-question">Would you recommend us to a friend?</h2>
            <fieldset class="scores">
              <legend class="hidden-text">Score from 0, never, to 10, certainly</legend>
              {Array.from({ length: 11 }, (_, score) => (
                <label>
                  <input type="radio" name="score" value={score} required />
                  <span>{score}</span>
                </label>
              ))}
            </fieldset>
            <p class="scale" aria-hidden="true">
              <span>never</span>
              <span>certainly</span>
            </p>
            <p class="actions">
              <button type="submit" class="button">
                Send
              </button>
              <button type="button" class="button quiet" id="dismiss-survey">
                Not now
              </button>
            </p>
          </form>
          <p role="status" id="survey-status" class="status" />
          <p>
            <a class="button quiet" id="to-review" href={`/shop/orders/${order}/review`}>
              Write a review
            </a>
          </p>
        </section>
      </div>
    </ShopPage>
  )
}

export function ReviewPage({ order }: { order: string }): JSX.Element {
  return (
    <ShopPage type="review" title="Write a review" script="review" data={{ order }}>
      <UnknownOrder order={order} />
      <div id="known-order" hidden>
        <h1>How do you like it?</h1>
        <form class="panel" id="review">
          <label class="field">
            Product
            <select name="item" />
          </label>
          <fieldset class="choices">
            <legend>Rating</legend>
            {[5, 4, 3, 2, 1].map(stars => (
              <label>
                <input type="radio" name="rating" value={stars} required />
                <span>
                  {stars}
                  <span aria-hidden="true"> ★</span>
                  <span class="hidden-text">{stars === 1 ? ' star' : ' stars'}</span>
                </span>
              </label>
            ))}
          </fieldset>
          <label class="field">
            What should others know? (optional)
            <textarea name="text" rows={4} maxLength={1000} />
          </label>
          <button type="submit" class="button">
            Publish
          </button>
        </form>
        <p role="status" id="review-status" class="status" />
        <p id="review-done" hidden>
          <a class="button quiet" href="/shop/">
            Back to the shop
          </a>
        </p>
      </div>
    </ShopPage>
  )
}

function UnknownOrder({ order }: { order: string }): JSX.Element {
  return (
    <div id="unknown-order" hidden>
      <h1>An order that is not known here</h1>
      <p>
        This browser has not placed the order {order}. <a href="/shop/">Back to the shop</a>
      </p>
    </div>
  )
}
