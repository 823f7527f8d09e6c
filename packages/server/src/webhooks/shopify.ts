import type { ServerEventDetails } from '../server-event.ts'
import { at, entryOf, known, listOf, noteOf, numberOf, textOf, timeOf } from './reading.ts'
import { checkSecret, createWebhook, isSigned } from './webhook.ts'
import type { Message, ToldEvent, Webhook, WebhookOptions } from './webhook.ts'

export interface ShopifyWebhookOptions extends WebhookOptions {
  /** The app's client secret, or the signing secret that Shopify's admin shows beneath the webhooks. */
  readonly secret: string
}

/** The note attribute of the cart in which the page hands over the tracker's `visitorId`. */
const VISITOR_NOTE = '_jejak_visitor'

/**
 * Events from Shopify's webhooks: `orders/paid` and `orders/create` (purchase), `orders/cancelled`, `refunds/create`,
 * `fulfillments/create`, `fulfillments/update` and `fulfillment_events/create`.
 *
 * The customer is Shopify's customer id, and the visitor the cart's note attribute `_jejak_visitor`; an order with
 * neither is of a person of its own, `shopify-order:…`. Signature and topics:
 * https://shopify.dev/docs/apps/build/webhooks
 *
 * @throws TypeError without a secret.
 */
export function shopifyWebhook(options: ShopifyWebhookOptions): Webhook {
  const secret = checkSecret(options.secret, 'shopifyWebhook', 'Shopify signs its webhooks with')
  return createWebhook(
    {
      verify: (headers, body) =>
        isSigned(body, secret, headers.get('x-shopify-hmac-sha256'), 'base64')
          ? undefined
          : 'a message that Shopify has not signed with this secret (X-Shopify-Hmac-Sha256)',
      // A webhook that is sent again keeps it.
      messageId: ({ headers }) =>
        prefixed('shopify:', headers.get('x-shopify-event-id') ?? headers.get('x-shopify-webhook-id')),
      read: ({ headers, body }: Message) => entryOf(TOPICS, headers.get('x-shopify-topic'))?.(body) ?? [],
    },
    options,
  )
}

const prefixed = (prefix: string, id: string | null): string | undefined => (id === null ? undefined : prefix + id)

type Read = (body: unknown) => readonly ToldEvent[]

const purchase: Read = order => [
  {
    name: 'purchase',
    properties: known({
      transaction_id: textOf(at(order, 'id')),
      value: numberOf(at(order, 'current_total_price')) ?? numberOf(at(order, 'total_price')),
      tax: numberOf(at(order, 'total_tax')),
      shipping: numberOf(at(order, 'total_shipping_price_set', 'shop_money', 'amount')),
      currency: textOf(at(order, 'currency')),
      coupon: textOf(at(order, 'discount_codes', 0, 'code')),
      items: itemsOf(order),
    }),
    details: detailsOf(order, timeOf(at(order, 'processed_at')) ?? timeOf(at(order, 'created_at'))),
  },
]

const shipment =
  (name: string): Read =>
  parcel => [
    {
      name,
      properties: known({
        transaction_id: textOf(at(parcel, 'order_id')),
        carrier: textOf(at(parcel, 'tracking_company')),
        tracking_id: textOf(at(parcel, 'tracking_number')),
        ...(name === 'order_delivered' && { delivered_at: isoOf(timeOf(at(parcel, 'updated_at'))) }),
      }),
      details: detailsOf(parcel, timeOf(at(parcel, 'updated_at')) ?? timeOf(at(parcel, 'created_at'))),
    },
  ]

/** What Shopify's statuses of a parcel mean. https://shopify.dev/docs/api/admin-rest/latest/resources/fulfillment */
const PARCEL_EVENTS: Readonly<Record<string, string>> = {
  out_for_delivery: 'order_out_for_delivery',
  delivered: 'order_delivered',
  failure: 'delivery_failed',
}

const TOPICS: Readonly<Record<string, Read>> = {
  'orders/paid': purchase,
  'orders/create': order => (at(order, 'financial_status') === 'paid' ? purchase(order) : []),
  'orders/cancelled': order => [
    {
      name: 'order_cancelled',
      properties: known({ transaction_id: textOf(at(order, 'id')), reason: textOf(at(order, 'cancel_reason')) }),
      details: detailsOf(order, timeOf(at(order, 'cancelled_at'))),
    },
  ],
  'refunds/create': refund => {
    const paid = listOf(at(refund, 'transactions')).filter(
      each => at(each, 'kind') === 'refund' && at(each, 'status') === 'success',
    )
    return [
      {
        name: 'refund',
        properties: known({
          transaction_id: textOf(at(refund, 'order_id')),
          refund_id: textOf(at(refund, 'id')),
          value: paid.reduce<number>((sum, each) => sum + (numberOf(at(each, 'amount')) ?? 0), 0),
          currency: textOf(at(paid[0], 'currency')),
          reason: textOf(at(refund, 'note')),
        }),
        details: detailsOf(refund, timeOf(at(refund, 'created_at'))),
      },
    ]
  },
  'fulfillments/create': parcel => (at(parcel, 'status') === 'success' ? shipment('order_shipped')(parcel) : []),
  'fulfillments/update': parcel => {
    const name = entryOf(PARCEL_EVENTS, at(parcel, 'shipment_status'))
    return name === undefined ? [] : shipment(name)(parcel)
  },
  'fulfillment_events/create': event => {
    const name = entryOf(PARCEL_EVENTS, at(event, 'status'))
    return name === undefined ? [] : shipment(name)(event)
  },
}

function itemsOf(order: unknown): readonly object[] {
  return listOf(at(order, 'line_items')).map(line =>
    known({
      item_id: textOf(at(line, 'sku')) ?? textOf(at(line, 'variant_id')) ?? textOf(at(line, 'product_id')) ?? 'unknown',
      item_name: textOf(at(line, 'title')),
      item_variant: textOf(at(line, 'variant_title')),
      item_brand: textOf(at(line, 'vendor')),
      price: numberOf(at(line, 'price')),
      quantity: numberOf(at(line, 'quantity')),
    }),
  )
}

function detailsOf(body: unknown, time: number | undefined): ServerEventDetails {
  const userId = textOf(at(body, 'customer', 'id'))
  const visitorId = noteOf(at(body, 'note_attributes'), VISITOR_NOTE)
  const order = textOf(at(body, 'order_id')) ?? textOf(at(body, 'id')) ?? 'unknown'
  return {
    ...(userId !== undefined && { userId }),
    ...(visitorId !== undefined ? { visitorId } : userId === undefined && { visitorId: `shopify-order:${order}` }),
    ...(time !== undefined && { time }),
  }
}

function isoOf(time: number | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString()
}
