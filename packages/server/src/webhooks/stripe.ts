import { at, known, numberOf, textOf } from './reading.ts'
import { checkSecret, createWebhook, isSigned } from './webhook.ts'
import type { ToldEvent, Webhook, WebhookOptions } from './webhook.ts'

export interface StripeWebhookOptions extends WebhookOptions {
  /** The signing secret of the endpoint: `whsec_…`. */
  readonly secret: string
}

/** Messages that were signed longer ago are replays. It is what Stripe's own libraries take. */
const TOLERANCE_SECONDS = 300

/**
 * Currencies whose amounts Stripe gives in whole units, and those with three decimals; all others are in hundredths.
 * https://docs.stripe.com/currencies
 */
const WHOLE = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf'.split(' '))
const IN_THOUSANDTHS = new Set('bhd jod kwd omr tnd'.split(' '))

/**
 * Events from Stripe's webhooks: `checkout.session.completed` (paid) and `payment_intent.succeeded` with an order
 * (purchase), `payment_intent.payment_failed`, `charge.refunded`.
 *
 * The shop says whose it is in the metadata of the payment: `jejak_user`, `jejak_visitor`, and `order_id`. Messages
 * without an order are left out. Signature: https://docs.stripe.com/webhooks#verify-manually
 *
 * @throws TypeError without a secret.
 */
export function stripeWebhook(options: StripeWebhookOptions): Webhook {
  const secret = checkSecret(options.secret, 'stripeWebhook', 'Stripe shows as the signing secret of the endpoint')
  return createWebhook(
    {
      verify(headers, body, now) {
        const parts = (headers.get('stripe-signature') ?? '').split(',').map(part => part.trim().split('=', 2))
        const time = parts.find(([key]) => key === 't')?.[1] ?? ''
        const signatures = parts.filter(([key]) => key === 'v1').map(([, value]) => value ?? '')
        const signed = Buffer.concat([Buffer.from(`${time}.`), body])
        if (!signatures.some(signature => isSigned(signed, secret, signature, 'hex')))
          return 'a message that Stripe has not signed with this secret (Stripe-Signature)'
        if (Math.abs(now / 1_000 - Number(time)) > TOLERANCE_SECONDS)
          return `a message that was signed ${time} seconds after 1970, too long ago or in the future: a replay, or a wrong clock`
        return undefined
      },
      messageId: ({ body }) => {
        const id = textOf(at(body, 'id'))
        return id === undefined ? undefined : `stripe:${id}`
      },
      read: ({ body }) => eventsOf(body),
    },
    options,
  )
}

function eventsOf(body: unknown): ToldEvent[] {
  const object = at(body, 'data', 'object')
  const meta = at(object, 'metadata')
  const transaction_id = textOf(at(meta, 'order_id')) ?? textOf(at(object, 'client_reference_id'))
  const userId = textOf(at(meta, 'jejak_user')) ?? textOf(at(object, 'customer'))
  const visitorId = textOf(at(meta, 'jejak_visitor'))
  if (transaction_id === undefined || (userId === undefined && visitorId === undefined)) return []

  const currency = textOf(at(object, 'currency'))
  const seconds = numberOf(at(body, 'created'))
  const details = {
    ...(userId !== undefined && { userId }),
    ...(visitorId !== undefined && { visitorId }),
    ...(seconds !== undefined && { time: seconds * 1_000 }),
  }
  const money = (amount: unknown) => ({ value: amountOf(amount, currency), currency: currency?.toUpperCase() })
  const told = (name: string, properties: Readonly<Record<string, unknown>>): ToldEvent[] => [
    { name, properties: known({ transaction_id, ...properties }), details },
  ]
  switch (at(body, 'type')) {
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded':
      return at(object, 'payment_status') === 'unpaid'
        ? []
        : told('purchase', {
            ...money(at(object, 'amount_total')),
            tax: amountOf(at(object, 'total_details', 'amount_tax'), currency),
            shipping: amountOf(at(object, 'total_details', 'amount_shipping'), currency),
          })
    case 'payment_intent.succeeded':
      return told('purchase', money(at(object, 'amount_received')))
    case 'payment_intent.payment_failed':
      return told('payment_failed', {
        error_code: textOf(at(object, 'last_payment_error', 'code')),
        payment_type: textOf(at(object, 'last_payment_error', 'payment_method', 'type')),
      })
    case 'charge.refunded':
      // Stripe tells all that was refunded so far, and what it was before.
      return told('refund', {
        ...money(
          (numberOf(at(object, 'amount_refunded')) ?? 0) -
            (numberOf(at(body, 'data', 'previous_attributes', 'amount_refunded')) ?? 0),
        ),
        refund_id: textOf(at(body, 'id')),
      })
    default:
      return []
  }
}

function amountOf(amount: unknown, currency: string | undefined): number | undefined {
  const number = numberOf(amount)
  if (number === undefined || currency === undefined) return undefined
  return number / (WHOLE.has(currency) ? 1 : IN_THOUSANDTHS.has(currency) ? 1_000 : 100)
}
