// Who did what: the customer, the organisation in the customer's sight or out of it, or something that got in the way.

/** What gets in the way of customers, besides slow pages, whose names begin with `slow `. */
const FRICTION: ReadonlySet<string> = new Set([
  'payment_failed',
  'checkout_error',
  'coupon_rejected',
  'page_error',
  'rage_click',
  'dead_click',
  'form_abandon',
  'out_of_stock',
  'delivery_failed',
])

/** What the organisation does: `front` where the customer sees it, `back` where not. */
const ORGANISATION: Readonly<Record<string, 'front' | 'back'>> = {
  ad_impression: 'front',
  view_promotion: 'front',
  email_open: 'front',
  order_confirmed: 'front',
  order_packed: 'back',
  order_shipped: 'front',
  order_out_for_delivery: 'front',
  order_delivered: 'front',
  delivery_failed: 'front',
  order_updated: 'back',
  order_returned: 'back',
  refund: 'front',
  support_resolved: 'front',
  meeting_held: 'front',
  proposal_sent: 'front',
  view_survey: 'front',
}

/** What nobody did, or what says nothing of a journey. */
const NOBODY: ReadonlySet<string> = new Set([
  'identify',
  'consent_change',
  'web_vital',
  'scroll',
  'user_engagement',
  'click',
])

export interface Sides {
  readonly customer: boolean
  readonly friction: boolean
  readonly organisation: 'front' | 'back' | undefined
}

export function sidesOf(name: string): Sides {
  const friction = FRICTION.has(name) || name.startsWith('slow ')
  const organisation = Object.hasOwn(ORGANISATION, name) ? ORGANISATION[name] : undefined
  const customer = !friction && organisation === undefined && !NOBODY.has(name) && name !== 'page_view'
  return { customer, friction, organisation }
}
