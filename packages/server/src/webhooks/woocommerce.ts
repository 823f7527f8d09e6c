import { at, entryOf, known, listOf, noteOf, numberOf, textOf, timeOf } from './reading.ts'
import { checkSecret, createWebhook, isSigned } from './webhook.ts'
import type { ToldEvent, Webhook, WebhookOptions } from './webhook.ts'

export interface WooCommerceWebhookOptions extends WebhookOptions {
  /** The secret that was typed in when the webhook was made (WooCommerce, Settings, Advanced, Webhooks). */
  readonly secret: string
}

/** The order's meta data in which the page hands over the tracker's `visitorId`. */
const VISITOR_META = '_jejak_visitor'

/** Which statuses of an order mean what: https://woocommerce.com/document/managing-orders/order-statuses/ */
const STATUS_EVENTS: Readonly<Record<string, string>> = {
  processing: 'purchase',
  completed: 'purchase',
  cancelled: 'order_cancelled',
  failed: 'payment_failed',
}

/**
 * Events from WooCommerce's webhooks `order.created` and `order.updated`: an order that is paid is a purchase, whatever
 * else becomes of it; one that is cancelled or whose payment failed is that; refunds are refunds.
 *
 * The customer is WooCommerce's customer id, and the visitor the order's meta data `_jejak_visitor`; a guest's order
 * without it is of a person of its own, `woocommerce-order:…`. Signature: https://woocommerce.github.io/woocommerce-rest-api-docs/#webhooks
 *
 * @throws TypeError without a secret.
 */
export function wooCommerceWebhook(options: WooCommerceWebhookOptions): Webhook {
  const secret = checkSecret(options.secret, 'wooCommerceWebhook', 'was typed in when the webhook was made')
  return createWebhook(
    {
      verify: (headers, body) =>
        isSigned(body, secret, headers.get('x-wc-webhook-signature'), 'base64')
          ? undefined
          : 'a message that WooCommerce has not signed with this secret (X-WC-Webhook-Signature)',
      // An order is told again whenever anything about it changes: in the same status it is the same event.
      messageId: ({ headers, body }) =>
        ['woocommerce', headers.get('x-wc-webhook-source'), textOf(at(body, 'id')), textOf(at(body, 'status'))].join(
          ' ',
        ),
      read: ({ headers, body }) => (headers.get('x-wc-webhook-resource') === 'order' ? eventsOf(body) : []),
    },
    options,
  )
}

function eventsOf(order: unknown): ToldEvent[] {
  const transaction_id = textOf(at(order, 'id'))
  const customer = textOf(at(order, 'customer_id'))
  const userId = customer === '0' ? undefined : customer // a guest
  const visitorId = noteOf(at(order, 'meta_data'), VISITOR_META, 'key')
  const details = (time: number | undefined) => ({
    ...(userId !== undefined && { userId }),
    ...(visitorId !== undefined
      ? { visitorId }
      : userId === undefined && { visitorId: `woocommerce-order:${transaction_id ?? 'unknown'}` }),
    ...(time !== undefined && { time }),
  })
  const currency = textOf(at(order, 'currency'))
  const utc = (name: string): number | undefined => {
    const text = textOf(at(order, `${name}_gmt`))
    return text === undefined ? undefined : timeOf(`${text}Z`)
  }

  const events: ToldEvent[] = []
  const name = entryOf(STATUS_EVENTS, at(order, 'status'))
  if (name === 'purchase') {
    events.push({
      name,
      properties: known({
        transaction_id,
        value: numberOf(at(order, 'total')),
        tax: numberOf(at(order, 'total_tax')),
        shipping: numberOf(at(order, 'shipping_total')),
        currency,
        coupon: textOf(at(order, 'coupon_lines', 0, 'code')),
        items: listOf(at(order, 'line_items')).map(line =>
          known({
            item_id: textOf(at(line, 'sku')) ?? textOf(at(line, 'product_id')) ?? 'unknown',
            item_name: textOf(at(line, 'name')),
            price: numberOf(at(line, 'price')),
            quantity: numberOf(at(line, 'quantity')),
          }),
        ),
      }),
      details: details(utc('date_paid') ?? utc('date_created')),
    })
  } else if (name !== undefined) {
    events.push({ name, properties: known({ transaction_id }), details: details(utc('date_modified')) })
  }
  for (const refund of listOf(at(order, 'refunds'))) {
    events.push({
      name: 'refund',
      properties: known({
        transaction_id,
        refund_id: textOf(at(refund, 'id')),
        // WooCommerce writes refunds below zero.
        value: Math.abs(numberOf(at(refund, 'total')) ?? 0),
        currency,
        reason: textOf(at(refund, 'reason')),
      }),
      details: details(utc('date_modified')),
    })
  }
  return events
}
