import { at, entryOf, known, textOf, timeOf } from './reading.ts'
import { checkSecret, createWebhook, isSameSecret } from './webhook.ts'
import type { ToldEvent, Webhook, WebhookOptions } from './webhook.ts'

export interface BiteshipWebhookOptions extends WebhookOptions {
  /** The signature value that was typed in when the webhook was made (Biteship, Integrations, Webhook). */
  readonly secret: string
  /** The signature key that was typed in with it: the name of the header. */
  readonly header: string
  /** Whose parcel it is: the shop has kept Biteship's id with the order. Undefined if it is none of the shop's. */
  readonly orderOf: (biteshipOrderId: string) => Promise<ParcelOrder | undefined> | ParcelOrder | undefined
}

export interface ParcelOrder {
  readonly transactionId: string
  readonly userId?: string
  readonly visitorId?: string
  /** When it was promised to arrive, such as `2026-11-24`. */
  readonly promisedAt?: string
}

/** What Biteship's statuses mean: https://biteship.com/en/docs/api/orders/status */
const STATUS_EVENTS: Readonly<Record<string, string>> = {
  confirmed: 'order_confirmed',
  picked: 'order_shipped',
  dropping_off: 'order_out_for_delivery',
  delivered: 'order_delivered',
  rejected: 'delivery_failed',
  courier_not_found: 'delivery_failed',
  returned: 'order_returned',
  cancelled: 'order_cancelled',
}

/**
 * Events from the webhook `order.status` of Biteship, which speaks for the carriers of Indonesia.
 *
 * Biteship does not sign its messages: it sends a secret along, so the webhook must be reached by https.
 * https://biteship.com/en/docs/api/webhooks
 *
 * @throws TypeError without a secret or the name of its header.
 */
export function biteshipWebhook(options: BiteshipWebhookOptions): Webhook {
  const secret = checkSecret(
    options.secret,
    'biteshipWebhook',
    'was typed in as the signature when the webhook was made',
  )
  const { header, orderOf } = options
  if (typeof header !== 'string' || !/^[\w-]+$/.test(header))
    throw new TypeError(
      `biteshipWebhook: expected \`header\` to be the signature key of the webhook, got ${JSON.stringify(header)}`,
    )
  return createWebhook(
    {
      verify: headers =>
        isSameSecret(headers.get(header), secret) ? undefined : `a message without Biteship's signature (${header})`,
      // Of each status there is one message, however often it is sent.
      messageId: ({ body }) =>
        [
          'biteship',
          textOf(at(body, 'order_id')),
          textOf(at(body, 'courier_waybill_id')),
          textOf(at(body, 'status')),
        ].join(' '),
      async read({ body }): Promise<readonly ToldEvent[]> {
        const name = at(body, 'event') === 'order.status' ? entryOf(STATUS_EVENTS, at(body, 'status')) : undefined
        const id = textOf(at(body, 'order_id'))
        const order = name === undefined || id === undefined ? undefined : await orderOf(id)
        if (name === undefined || !order) return []
        const { transactionId, userId, visitorId, promisedAt } = order
        const time = timeOf(at(body, 'updated_at'))
        return [
          {
            name,
            properties: known({
              transaction_id: transactionId,
              carrier: textOf(at(body, 'courier_company')),
              tracking_id: textOf(at(body, 'courier_waybill_id')) ?? textOf(at(body, 'courier_tracking_id')),
              promised_at: promisedAt,
              ...(name === 'order_delivered' && time !== undefined && { delivered_at: new Date(time).toISOString() }),
            }),
            details: {
              ...(userId !== undefined && { userId }),
              ...(visitorId !== undefined
                ? { visitorId }
                : userId === undefined && { visitorId: `order:${transactionId}` }),
              ...(time !== undefined && { time }),
            },
          },
        ]
      },
    },
    options,
  )
}
