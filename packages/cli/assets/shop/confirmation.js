import { byId } from '../element.js'
import { itemOfLine, showCount } from './cart-store.js'
import { orderOfPage } from './orders.js'
import { currency, speech } from './shop-data.js'
import { track } from './track.js'

showCount()
const order = orderOfPage()
if (order) {
  byId('order-total').textContent = speech.money(order.value + order.shipping)
  // Reloading this page tells it again, under the same id: it is stored once.
  track('purchase', {
    transaction_id: order.id,
    currency,
    value: order.value,
    shipping: order.shipping,
    shipping_tier: order.tier,
    payment_type: order.paymentType,
    customer_type: order.returning ? 'returning' : 'new',
    ...(order.coupon && { coupon: order.coupon }),
    items: order.lines.map(itemOfLine),
  })
}
