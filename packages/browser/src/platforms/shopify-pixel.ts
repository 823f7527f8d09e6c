import { createEventIds, orderEventId } from '@jejak/events'
import type { ConsentState } from '@jejak/events'
import { createSeal } from '../envelope.ts'
import { notice } from '../notice.ts'
import type { Row } from '../row.ts'
import { createSession } from '../session.ts'
import type { Session } from '../session.ts'
import { createVisitor } from '../visitor.ts'
import type { Visitor } from '../visitor.ts'
import type { Maybe, ShopifyEvent, ShopifyPixelApi, ShopifyPrivacy } from './shopify-api.ts'
import { customerOf, readShopifyEvent, shortId, SHOPIFY_EVENTS } from './shopify-events.ts'
import type { ShopifyEventName } from './shopify-events.ts'
import { createPixelOutbox } from './shopify-outbox.ts'
import { readShopifyArrival, readShopifyPage } from './shopify-page.ts'
import { createTopStorage } from './shopify-storage.ts'

// The mapping alone, for whoever sends by other means.
export { readShopifyEvent, SHOPIFY_EVENTS } from './shopify-events.ts'
export type { ShopifyEventName } from './shopify-events.ts'
export type { ShopifyData, ShopifyPixelApi } from './shopify-api.ts'

export interface ShopifyPixelOptions {
  /** Where events are sent, with its host: `https://events.toko.example/e`. It must take the origin `null`. */
  readonly endpoint: string
  /** Sent with each batch, for endpoints that serve several shops. */
  readonly writeKey?: string | undefined
  /** The `name` of the tracker in the shop's pages, whose visitor and session are gone on with. Default: `jejak`. */
  readonly name?: string | undefined
  /** Which of Shopify's events to tell of. Default: all that are known here. */
  readonly events?: readonly ShopifyEventName[] | undefined
}

/** How many events wait for the visitor's word; the oldest are given up first. */
const MOST_WAITING = 100

/**
 * Tells of a Shopify shop's customer events, from its checkout too: within the sandbox that Shopify runs pixels in.
 * Until the visitor allows analytics, nothing is read, stored or sent.
 *
 * @throws TypeError for an endpoint that a sandbox cannot reach.
 */
export function shopifyPixel(api: ShopifyPixelApi, options: ShopifyPixelOptions): void {
  const { endpoint, writeKey, name = 'jejak', events = SHOPIFY_EVENTS } = options
  if (!/^https?:\/\//.test(endpoint))
    throw new TypeError(
      `shopifyPixel: \`endpoint\` must be a whole address, such as "https://events.toko.example/e", but it is "${endpoint}"`,
    )

  let state = consentOf(api.init.customerPrivacy)
  const allows = () => state === 'granted' || state === 'limited'
  const makeId = createEventIds()
  const now = () => Date.now()
  const newId = (time = now()) => makeId(time)
  const storage = createTopStorage(api.browser.localStorage, name)
  const outbox = createPixelOutbox({ endpoint, writeKey, storage, mayRun: allows })
  let waiting: ShopifyEvent[] = []
  let visitor: Visitor | undefined
  let session: Session | undefined
  let isReading = false

  for (const event of events)
    api.analytics.subscribe(event, told => {
      if (state === 'denied') return
      waiting.push(told)
      if (waiting.length > MOST_WAITING) {
        waiting.shift()
        outbox.giveUp('overflow', 1)
      }
      void tell()
    })
  api.customerPrivacy?.subscribe?.('visitorConsentCollected', ({ customerPrivacy }) => {
    state = consentOf(customerPrivacy)
    // Asked and answered: that is no longer open.
    if (state === 'pending') refuse()
    void tell()
  })

  function refuse(): void {
    state = 'denied'
    waiting = []
    outbox.forget()
    storage.forget()
    visitor = session = undefined
  }

  /** One after the other: the order of a session is that in which things happened. */
  async function tell(): Promise<void> {
    if (isReading) return
    isReading = true
    try {
      while (waiting.length && allows()) {
        await storage.refresh()
        if (!allows()) break
        const [event, ...rest] = waiting
        waiting = rest
        outbox.resume()
        for (const row of seal(event!)) outbox.add(row)
        void outbox.settle()
      }
    } finally {
      isReading = false
    }
  }

  function seal(event: ShopifyEvent): Row[] {
    try {
      const { id, name: shopifyName, timestamp, context, data } = event
      const read = readShopifyEvent(shopifyName as ShopifyEventName, data ?? {})
      if (!read) {
        notice(`${shopifyName} does not say what of, such as an order without its id: it is not told`)
        return []
      }

      visitor ??= createVisitor({ storage, newId })
      session ??= createSession({ storage, now, newId })
      visitor.load()
      session.load()
      const customer = customerOf(data ?? {}) ?? shortId(api.init.data?.customer?.id)
      const isNewlyKnown = !!customer && customer !== visitor.ids.user_id
      if (isNewlyKnown) visitor.identify(customer)
      const complete = createSeal({
        now,
        newId,
        consent: { state, allows: true, set() {}, load() {} },
        visitor,
        session,
        page: { read: () => readShopifyPage(context), clean: address => address },
        arrival: readShopifyArrival(context),
        log() {},
      })
      const time = Date.parse(timestamp) || now()
      // Shopify tells of an event again under the same id. Of an order the collector knows the id by itself.
      const ownId = orderEventId(read.name, read.properties) ?? idOf(id)
      const rows = [complete(read.name, read.properties, { time, id: ownId })]
      // Apart, because a purchase that the webhook has told before is not stored again, nor whose it is.
      if (isNewlyKnown) rows.push(complete('identify', undefined, { time, id: idOf(`${id} identify`) }))
      visitor.save()
      session.save()
      return rows.filter(row => typeof row !== 'string')
    } catch (error) {
      notice(`${event.name} cannot be read: ${String(error)}`)
      return []
    }
  }
}

/** The UUID that Shopify's id of an event always gives. */
function idOf(shopifyId: Maybe<string>): string | undefined {
  return shopifyId ? orderEventId('purchase', { transaction_id: `shopify-event:${shopifyId}` }) : undefined
}

function consentOf(privacy: Maybe<ShopifyPrivacy>): ConsentState {
  if (!privacy?.analyticsProcessingAllowed) return 'pending'
  const { globalPrivacyControl } = navigator as Navigator & { readonly globalPrivacyControl?: boolean }
  return privacy.marketingAllowed && privacy.saleOfDataAllowed && !globalPrivacyControl ? 'granted' : 'limited'
}
