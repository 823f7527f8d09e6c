import type { ComponentChildren, InputHTMLAttributes, JSX } from 'preact'
import { PAYMENT_TYPES, SHIPPING_TIERS } from './catalogue.ts'
import { ShopPage } from './shop-page.tsx'
import { SHOP_WORDS } from '../words/shop-words.ts'
import { useFormats, useWords } from '../words/spoken.ts'

/** Four steps on one page; each opens when the one before it is done. */
export function CheckoutPage(): JSX.Element {
  const { checkout: words, home } = useWords(SHOP_WORDS)
  const { money } = useFormats()
  return (
    <ShopPage type="checkout" title={words.heading} script="checkout">
      <h1>{words.heading}</h1>
      <p class="empty" id="cart-empty" hidden>
        {words.empty} <a href="/shop/products">{home.see}</a>
      </p>
      <div class="split" id="checkout" hidden>
        <div class="steps">
          <Step id="contact" number={1} title={words.contact} button={words.toAddress}>
            <Field name="name" label={words.name} autocomplete="name" />
            <Field name="email" label={words.email} type="email" autocomplete="email" />
            <button type="button" class="link" id="example">
              {words.example}
            </button>
          </Step>
          <Step id="address" number={2} title={words.address} button={words.toShipping} closed>
            <Field name="street" label={words.street} autocomplete="street-address" />
            <Field name="city" label={words.city} autocomplete="address-level2" />
            <Field
              name="postal_code"
              label={words.postalCode}
              autocomplete="postal-code"
              inputmode="numeric"
              pattern="[0-9]{5}"
              title={words.fiveDigits}
            />
          </Step>
          <Step id="shipping" number={3} title={words.shipping} button={words.toPayment} closed>
            <fieldset class="options">
              <legend class="hidden-text">{words.shippingOption}</legend>
              {SHIPPING_TIERS.map(({ id, carrier, price }, index) => (
                <label>
                  <input type="radio" name="shipping" value={id} checked={index === 1} />
                  <span>
                    <strong>{words.tiers[id]}</strong>
                    <small>
                      {carrier} · <span data-promise={id} />
                    </small>
                  </span>
                  <span class="number">{money(price)}</span>
                </label>
              ))}
            </fieldset>
          </Step>
          <Step id="payment" number={4} title={words.payment} button={words.pay} closed>
            <fieldset class="options">
              <legend class="hidden-text">{words.paymentMeans}</legend>
              {PAYMENT_TYPES.map(({ id }, index) => (
                <label>
                  <input type="radio" name="payment" value={id} checked={index === 0} />
                  <span>
                    <strong>{words.payments[id]?.name}</strong>
                    <small>{words.payments[id]?.hint}</small>
                  </span>
                </label>
              ))}
            </fieldset>
          </Step>
        </div>
        <aside class="panel" aria-label={words.order}>
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
