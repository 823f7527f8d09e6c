import { byId, element } from '../element.js'
import { fill } from '../speech.js'
import { eventOf, readCart, showCount, showSums, sumsOf, writeCart } from './cart-store.js'
import { readOrders, saveOrder } from './orders.js'
import { currency, fieldOf, findProduct, formById, inDays, shop, speech, words } from './shop-data.js'
import { track } from './track.js'

showCount()
const cart = readCart()
byId('cart-empty').hidden = cart.lines.length > 0
byId('checkout').hidden = !cart.lines.length

/** How often a payment was tried. */
let attempt = 0

if (cart.lines.length) begin()

function begin() {
  byId('short-lines').append(
    ...cart.lines.map(({ id, variant, quantity }) =>
      element('li', {}, `${quantity} × ${findProduct(id)?.name ?? id} (${variant})`),
    ),
  )
  showSums(cart)
  track('begin_checkout', eventOf(cart))

  onStep('contact', () => {
    track('add_contact_info', { step: 'contact' })
    open('address')
  })
  onStep('address', form => {
    track('add_address', { step: 'address', postal_code_prefix: fieldOf(form, 'postal_code').slice(0, 2) })
    showShippingOptions()
    open('shipping')
  })
  onStep('shipping', () => {
    track('add_shipping_info', { ...eventOf(cart), shipping_tier: chosenTier().tier })
    open('payment')
  })
  onStep('payment', pay)

  formById('shipping').addEventListener('change', () => showSums(cart, chosenTier()))
  byId('example').addEventListener('click', fillInExample)
}

/**
 * Runs `done` when a step is complete; what is wrong is said in the step, and told.
 * @param {string} id
 * @param {(form: HTMLFormElement) => void} done
 */
function onStep(id, done) {
  const form = formById(id)
  form.addEventListener('submit', event => {
    event.preventDefault()
    const wrong = /** @type {HTMLInputElement | undefined} */ (
      [...form.elements].find(field => 'validity' in field && !(/** @type {HTMLInputElement} */ (field).validity.valid))
    )
    for (const field of form.querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid')
    if (!wrong) {
      sayProblem(form, '')
      done(form)
      return
    }
    const missing = wrong.validity.valueMissing
    track('checkout_error', {
      step: id,
      field: wrong.name,
      error_code: missing ? 'missing' : 'invalid',
      error_type: 'soft',
    })
    const label = wrong.labels?.[0]?.firstChild?.textContent?.trim() ?? wrong.name
    sayProblem(form, fill(missing ? words.missing : words.notRight, { field: label, hint: wrong.title }))
    wrong.setAttribute('aria-invalid', 'true')
    wrong.focus()
  })
}

/**
 * @param {HTMLFormElement} form
 * @param {string} text
 */
function sayProblem(form, text) {
  const problem = form.querySelector('[role=alert]')
  if (problem) problem.textContent = text
}

/** @param {string} id */
function open(id) {
  const body = formById(id).querySelector('fieldset')
  if (!body) return
  body.hidden = false
  const first = /** @type {HTMLElement | null} */ (body.querySelector('input:checked, input, button'))
  first?.focus()
}

function showShippingOptions() {
  const options = shop.shippingTiers.map(({ id, tier, price, carrier, days: [from, to] }) => {
    const [earliest, latest] = [inDays(from), inDays(to)]
    const promise = document.querySelector(`[data-promise="${id}"]`)
    if (promise) {
      promise.textContent =
        from === to
          ? speech.day(latest.date)
          : fill(words.to, { from: speech.day(earliest.date), to: speech.day(latest.date) })
    }
    return { tier, price, carrier, earliest: earliest.iso, latest: latest.iso }
  })
  const { value, items } = eventOf(cart)
  track('view_shipping_options', { currency, value, items, shipping_options: options })
  showSums(cart, chosenTier())
}

function chosenTier() {
  const id = fieldOf(formById('shipping'), 'shipping')
  const tier = shop.shippingTiers.find(other => other.id === id) ?? shop.shippingTiers[0]
  if (!tier) throw new Error('The shop ships nothing')
  return tier
}

/** @param {HTMLFormElement} form */
function pay(form) {
  const id = fieldOf(form, 'payment')
  const payment = shop.paymentTypes.find(other => other.id === id)
  if (!payment) return
  const shipping = chosenTier()
  attempt++
  track('add_payment_info', { ...eventOf(cart), payment_type: payment.name })

  if (payment.failsFirst && attempt === 1) {
    track('payment_failed', {
      payment_type: payment.name,
      error_code: 'insufficient_funds',
      error_type: 'soft',
      attempt,
      currency,
      value: sumsOf(cart).value,
    })
    sayProblem(form, words.declined)
    return
  }

  const order = newOrderId()
  saveOrder({
    id: order,
    placedAt: Date.now(),
    lines: cart.lines,
    ...(cart.coupon && { coupon: cart.coupon }),
    value: sumsOf(cart).value,
    shipping: shipping.price,
    tier: shipping.tier,
    carrier: shipping.carrier,
    promised: inDays(shipping.days[1]).iso,
    paymentType: payment.name,
    returning: readOrders().length > 0,
  })
  writeCart({ lines: [] })
  location.assign(`/shop/confirmation?order=${order}`)
}

function newOrderId() {
  // 40 bits: as short as people can read out, and never the same twice in a demo.
  const bytes = crypto.getRandomValues(new Uint8Array(5))
  return `KL-${[...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('')}`.toUpperCase()
}

function fillInExample() {
  const example = {
    name: 'Sari Dewi',
    email: 'sari@example.com',
    street: 'Jalan Kemang Raya 12',
    city: 'Jakarta Selatan',
    postal_code: '12730',
  }
  for (const [name, value] of Object.entries(example)) {
    const field = /** @type {HTMLInputElement | null} */ (document.querySelector(`[name=${name}]`))
    if (field) field.value = value
  }
}
