import { byId, element } from '../element.js'
import { fill } from '../speech.js'
import { eventOf, findCoupon, itemOfLine, priceOfLine, readCart, showCount, showSums, writeCart } from './cart-store.js'
import { currency, fieldOf, findProduct, formById, speech, words } from './shop-data.js'
import { track } from './track.js'

/** The most pieces of one line that this shop sells at once. */
const MOST = 20

showCount()
show()
const { coupon: _, ...viewed } = eventOf(readCart())
track('view_cart', viewed)

function show() {
  const cart = readCart()
  byId('cart').hidden = !cart.lines.length
  byId('cart-empty').hidden = cart.lines.length > 0
  byId('lines').replaceChildren(...cart.lines.map(lineElement))
  showSums(cart)
}

/** @param {import('./cart-store.js').Line} line */
function lineElement(line) {
  const name = findProduct(line.id)?.name ?? line.id
  const label = `${name}, ${line.variant}`
  const quantity = element('input', {
    type: 'number',
    min: '1',
    max: String(MOST),
    value: String(line.quantity),
    'aria-label': fill(words.quantityOf, { product: label }),
  })
  const price = element('p', { class: 'number' }, speech.money(priceOfLine(line)))
  // The field stays the same one, so that who types in it keeps the focus.
  quantity.addEventListener('change', () => {
    setQuantity(line, Number(quantity.value))
    quantity.value = String(line.quantity)
    price.textContent = speech.money(priceOfLine(line))
    showSums(readCart())
  })
  const remove = element(
    'button',
    { type: 'button', class: 'link', 'aria-label': fill(words.removeThis, { product: label }) },
    words.remove,
  )
  remove.addEventListener('click', () => removeLine(line))

  return element(
    'li',
    { class: 'line' },
    element('img', { src: `/shop/pictures/${line.id}/${line.colour}.svg`, alt: '', width: '96', height: '96' }),
    element(
      'div',
      {},
      element('a', { href: `/shop/products/${line.id}` }, name),
      element('p', { class: 'muted' }, line.variant),
      remove,
    ),
    quantity,
    price,
  )
}

/**
 * @param {import('./cart-store.js').Line} line
 * @param {number} asked
 */
function setQuantity(line, asked) {
  const quantity = Math.min(MOST, Math.max(1, Math.round(asked) || 1))
  const cart = readCart()
  const kept = cart.lines.find(other => isSame(other, line))
  if (kept && line.quantity !== quantity) {
    const from = line.quantity
    line.quantity = quantity
    kept.quantity = quantity
    writeCart(cart)
    const value = priceOfLine(kept)
    track('update_cart', {
      currency,
      value,
      items: [itemOfLine(kept)],
      quantity_from: from,
      quantity_to: quantity,
    })
  }
}

/** @param {import('./cart-store.js').Line} line */
function removeLine(line) {
  const cart = readCart()
  writeCart({ ...cart, lines: cart.lines.filter(other => !isSame(other, line)) })
  track('remove_from_cart', { currency, value: priceOfLine(line), items: [itemOfLine(line)] })
  show()
  byId('main').querySelector('h1')?.focus()
}

/**
 * @param {import('./cart-store.js').Line} a
 * @param {import('./cart-store.js').Line} b
 */
function isSame(a, b) {
  return a.id === b.id && a.variant === b.variant
}

const couponForm = formById('coupon')
couponForm.addEventListener('submit', event => {
  event.preventDefault()
  const code = fieldOf(couponForm, 'coupon').toUpperCase()
  if (!code) return
  const coupon = findCoupon(code)
  const status = byId('coupon-status')

  if (!coupon || coupon.expired) {
    track('coupon_rejected', { coupon: code, reason: coupon ? 'expired' : 'unknown' })
    status.classList.add('refused')
    status.textContent = fill(coupon ? words.expired : words.noCoupon, { code })
    return
  }
  const cart = { ...readCart(), coupon: code }
  writeCart(cart)
  const { value } = eventOf(cart)
  track('apply_coupon', { coupon: code, currency, value })
  status.classList.remove('refused')
  status.textContent = fill(words.percentOff, { percent: speech.number(coupon.percent) })
  show()
})
