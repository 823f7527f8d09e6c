import type { ComponentChildren, InputHTMLAttributes, JSX } from 'preact'
import { PAYMENT_TYPES, SHIPPING_TIERS, formatRupiah } from './catalogue.ts'
import { ShopPage } from './shop-page.tsx'

/** Four steps on one page; each opens when the one before it is done. */
export function CheckoutPage(): JSX.Element {
  return (
    <ShopPage type="checkout" title="Checkout" script="checkout">
      <h1>Checkout</h1>
      <p class="empty" id="cart-empty" hidden>
        There is nothing to pay for yet. <a href="/shop/products">See the collection</a>
      </p>
      <div class="split" id="checkout" hidden>
        <div class="steps">
          <Step id="contact" number={1} title="Contact" button="Continue to address">
            <Field name="name" label="Name" autocomplete="name" />
            <Field name="email" label="E-mail" type="email" autocomplete="email" />
            <button type="button" class="link" id="example">
              Fill in an example
            </button>
          </Step>
          <Step id="address" number={2} title="Address" button="Continue to shipping" closed>
            <Field name="street" label="Street and number" autocomplete="street-address" />
            <Field name="city" label="City" autocomplete="address-level2" />
            <Field
              name="postal_code"
              label="Postal code"
              autocomplete="postal-code"
              inputmode="numeric"
              pattern="[0-9]{5}"
              title="Five digits"
            />
          </Step>
          <Step id="shipping" number={3} title="Shipping" button="Continue to payment" closed>
            <fieldset class="options">
              <legend class="hidden-text">Shipping option</legend>
              {SHIPPING_TIERS.map(({ id, tier, carrier, price }, index) => (
                <label>
                  <input type="radio" name="shipping" value={id} checked={index === 1} />
                  <span>
                    <strong>{tier}</strong>
                    <small>
                      {carrier} · <span data-promise={id} />
                    </small>
                  </span>
                  <span class="number">{formatRupiah(price)}</span>
                </label>
              ))}
            </fieldset>
          </Step>
          <Step id="payment" number={4} title="Payment" button="Pay now" closed>
            <fieldset class="options">
              <legend class="hidden-text">Means of payment</legend>
              {PAYMENT_TYPES.map(({ id, name, hint }, index) => (
                <label>
                  <input type="radio" name="payment" value={id} checked={index === 0} />
                  <span>
                    <strong>{name}</strong>
                    <small>{hint}</small>
                  </span>
                </label>
              ))}
            </fieldset>
          </Step>
        </div>
        <aside class="panel" aria-label="Your order">
          <ul class="short-lines" id="short-lines" />
          <dl class="sums" id="sums" />
        </aside>
      </div>
    </ShopPage>
  )
}

interface StepProps {
  readonly id: string
  readonly number: number
  readonly title: string
  readonly button: string
  readonly closed?: boolean
  readonly children: ComponentChildren
}

function Step({ id, number, title, button, closed = false, children }: StepProps): JSX.Element {
  return (
    <form class="step" id={id} aria-labelledby={`${id}-title`} novalidate>
      <h2 id={`${id}-title`}>
        <span class="step-number" aria-hidden="true">
          {number}
        </span>
        {title}
      </h2>
      <fieldset class="step-body" hidden={closed}>
        {children}
        <p role="alert" class="problem" />
        <button type="submit" class="button">
          {button}
        </button>
      </fieldset>
    </form>
  )
}

type FieldProps = { readonly label: string } & InputHTMLAttributes

function Field({ label, ...input }: FieldProps): JSX.Element {
  return (
    <label class="field">
      {label}
      <input type="text" required maxLength={200} {...input} />
    </label>
  )
}
