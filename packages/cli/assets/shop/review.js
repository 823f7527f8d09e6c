import { byId, element } from '../element.js'
import { showCount } from './cart-store.js'
import { orderOfPage } from './orders.js'
import { fieldOf, findProduct, formById, words } from './shop-data.js'
import { track } from './track.js'

showCount()
const order = orderOfPage()
const form = formById('review')
if (order) {
  const bought = [...new Set(order.lines.map(({ id }) => id))]
  form
    .querySelector('select')
    ?.append(...bought.map(id => element('option', { value: id }, findProduct(id)?.name ?? id)))

  form.addEventListener('submit', event => {
    event.preventDefault()
    // What was written is the shop's to publish and no part of the journey: it may name people.
    track('submit_review', {
      rating: Number(fieldOf(form, 'rating')),
      scale: 5,
      item_id: fieldOf(form, 'item'),
      transaction_id: order.id,
    })
    form.hidden = true
    byId('review-done').hidden = false
    byId('review-done').querySelector('a')?.focus()
    byId('review-status').textContent = words.published
  })
}
