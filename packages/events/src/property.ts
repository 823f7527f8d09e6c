import type { ConsentState } from './consent.ts'
import type { Item } from './item.ts'
import type { JourneyStage } from './journey-stage.ts'
import type { ShippingOption } from './shipping-option.ts'

/** What the words in the column `type` of `PROPERTIES` mean in TypeScript. */
export interface PropertyTypes {
  string: string
  number: number
  boolean: boolean
  /** ISO 4217, three capital letters. */
  currency: string
  /** ISO 8601, with its offset: `2026-11-21T09:30:00+07:00`. A date alone will do: `2026-11-21`. */
  date_time: string
  record: Readonly<Record<string, string | number | boolean | readonly string[] | null>>
  items: readonly Item[]
  shipping_options: readonly ShippingOption[]
  stage: JourneyStage
  consent: ConsentState
}

/**
 * Every property of the standard events. A name means the same in every event that carries it. Names and meanings are
 * GA4's where GA4 has them: https://developers.google.com/analytics/devguides/collection/ga4/reference/events
 */
export const PROPERTIES = {
  currency: { type: 'currency', meaning: 'ISO 4217 code of every amount in the event, such as `IDR`' },
  value: {
    type: 'number',
    meaning: 'money the event is about, in `currency`; for a purchase what the customer paid for the goods',
  },
  items: { type: 'items', meaning: 'the products concerned, as in GA4' },
  transaction_id: { type: 'string', meaning: 'the order number: the same order always has the same one' },
  refund_id: { type: 'string', meaning: 'tells several refunds of an order apart' },
  return_id: { type: 'string', meaning: 'tells several returns of an order apart' },
  tax: { type: 'number', meaning: 'tax included in the order' },
  shipping: { type: 'number', meaning: 'what the customer paid for shipping' },
  coupon: { type: 'string', meaning: 'coupon code' },
  customer_type: {
    type: 'choice',
    of: ['new', 'returning'],
    meaning: 'whether the customer had bought before, as far as the shop knows',
  },
  promotion_id: { type: 'string', meaning: 'id of the promotion' },
  promotion_name: { type: 'string', meaning: 'name of the promotion' },
  creative_name: { type: 'string', meaning: 'name of the picture or text shown' },
  creative_slot: { type: 'string', meaning: 'where on the page it was shown' },
  campaign: { type: 'string', meaning: 'campaign the contact belongs to' },
  source: { type: 'string', meaning: 'who brought the contact, such as `google`' },
  medium: { type: 'string', meaning: 'kind of contact, such as `cpc` or `email`' },
  location_id: { type: 'string', meaning: 'place: a shop, a stand, a Google Place id' },
  item_list_id: { type: 'string', meaning: 'id of the list the items are in' },
  item_list_name: { type: 'string', meaning: 'name of the list the items are in' },
  item_id: { type: 'string', meaning: 'the one product the event is about' },
  search_term: { type: 'string', meaning: 'what was searched for' },
  results_count: { type: 'number', meaning: 'how many results there were' },
  filters: { type: 'record', meaning: 'chosen filters by name' },
  variant: { type: 'string', meaning: 'chosen variant, such as `blue, M`' },
  method: { type: 'string', meaning: 'by which means, such as `google`, `email` or `whatsapp`' },
  lead_source: { type: 'string', meaning: 'where the lead came from, such as `Trade fair`' },
  reason: { type: 'string', meaning: 'why, in a word or a sentence' },
  sample_rate: {
    type: 'number',
    meaning: 'the part of the visitors whose events are kept, where that is not all: one stands for `1 / sample_rate`',
  },
  list_name: { type: 'string', meaning: 'name of the mailing list' },
  quantity_from: { type: 'number', meaning: 'quantity before the change' },
  quantity_to: { type: 'number', meaning: 'quantity after the change' },
  postal_code_prefix: { type: 'string', meaning: 'first digits of the postal code, never all of it' },
  shipping_tier: { type: 'string', meaning: 'chosen shipping option, such as `Same day`' },
  shipping_options: {
    type: 'shipping_options',
    meaning: 'the options shown, each with price, carrier and promised dates',
  },
  payment_type: { type: 'string', meaning: 'chosen means of payment' },
  step: { type: 'string', meaning: 'step of the checkout or form' },
  field: { type: 'string', meaning: 'field that was wrong' },
  error_code: { type: 'string', meaning: 'code of the error, as the shop or the payment provider names it' },
  error_type: {
    type: 'choice',
    of: ['hard', 'soft'],
    meaning: 'hard: cannot succeed again; soft: may succeed if tried again',
  },
  attempt: { type: 'number', meaning: '1 for the first attempt' },
  carrier: { type: 'string', meaning: 'who carries the parcel' },
  tracking_id: { type: 'string', meaning: 'the parcel' },
  promised_at: { type: 'date_time', meaning: 'when delivery was promised' },
  delivered_at: { type: 'date_time', meaning: 'when it was delivered' },
  channel: { type: 'string', meaning: 'through which the contact came, such as `phone` or `chat`' },
  article_id: { type: 'string', meaning: 'id of the article or document' },
  ticket_id: { type: 'string', meaning: 'id of the support case' },
  changes: { type: 'record', meaning: 'what was changed, by name' },
  kind: {
    type: 'choice',
    of: ['nps', 'csat', 'ces'],
    meaning: 'NPS (would you recommend us), CSAT (how satisfied), CES (how easy was it)',
  },
  score: { type: 'number', meaning: 'the answer, on its `scale`' },
  scale: { type: 'number', meaning: 'highest possible score: 10 for NPS, usually 5 or 7 for CSAT and CES' },
  comment: { type: 'string', meaning: 'what the customer wrote; leave out what names a person' },
  about_stage: { type: 'stage', meaning: 'the journey stage the survey asks about' },
  survey_id: { type: 'string', meaning: 'id of the survey' },
  points: { type: 'number', meaning: 'loyalty points' },
  reward_id: { type: 'string', meaning: 'id of the reward' },
  tier_from: { type: 'string', meaning: 'loyalty tier before' },
  tier_to: { type: 'string', meaning: 'loyalty tier after' },
  subscription_id: { type: 'string', meaning: 'id of the subscription' },
  plan: { type: 'string', meaning: 'plan or product subscribed to' },
  until: { type: 'date_time', meaning: 'until when' },
  rating: { type: 'number', meaning: 'the rating, on its `scale`' },
  content_type: { type: 'string', meaning: 'kind of content, such as `product`' },
  referral_code: { type: 'string', meaning: 'code by which the referral is recognised' },
  content_url: { type: 'string', meaning: 'where the content can be seen' },
  proposal_id: { type: 'string', meaning: 'id of the proposal' },
  participants: { type: 'number', meaning: 'how many people took part' },
  traits: {
    type: 'record',
    meaning: 'what the shop knows of the person, for personas; no names, addresses or numbers',
  },
  metric: { type: 'choice', of: ['CLS', 'FCP', 'INP', 'LCP', 'TTFB'], meaning: 'which web vital' },
  metric_value: { type: 'number', meaning: 'milliseconds; for CLS a number without unit' },
  metric_rating: {
    type: 'choice',
    of: ['good', 'needs-improvement', 'poor'],
    meaning: "web-vitals' reading of the value",
  },
  navigation_type: { type: 'string', meaning: 'how the page was reached' },
  page_location: {
    type: 'string',
    meaning: 'address of the page it was measured on, where the visitor has gone on from there since',
  },
  engagement_time_msec: {
    type: 'number',
    meaning: 'for how many milliseconds the page was in view and had the focus, since it was last told',
  },
  message: { type: 'string', meaning: 'the error message, shortened' },
  error_source: { type: 'string', meaning: 'script and line' },
  fatal: { type: 'boolean', meaning: 'whether the script stopped there; false where something did not load' },
  selector: { type: 'string', meaning: 'the element, described without its text' },
  link_text: { type: 'string', meaning: 'what the link or button says, shortened' },
  link_url: { type: 'string', meaning: 'where the link leads' },
  link_domain: { type: 'string', meaning: 'host of the link' },
  outbound: { type: 'boolean', meaning: 'whether the link leads to another site' },
  form_id: { type: 'string', meaning: 'id of the form' },
  form_name: { type: 'string', meaning: 'name of the form' },
  last_field: { type: 'string', meaning: 'field that was left last' },
  fields_changed: { type: 'number', meaning: 'in how many fields something was written' },
  form_time_msec: { type: 'number', meaning: 'milliseconds since something was first written in the form' },
  percent_scrolled: { type: 'number', meaning: 'how far down the page, 0 to 100' },
  file_name: { type: 'string', meaning: 'name of the file' },
  file_extension: { type: 'string', meaning: 'its extension' },
  video_title: { type: 'string', meaning: 'title of the video' },
  video_url: { type: 'string', meaning: 'address of the video' },
  video_percent: { type: 'number', meaning: 'how much was seen, 0 to 100' },
  video_current_time: { type: 'number', meaning: 'where in the video it was, in seconds from its beginning' },
  video_duration: { type: 'number', meaning: 'length in seconds' },
  consent_from: { type: 'consent', meaning: 'what had been allowed' },
  consent_to: { type: 'consent', meaning: 'what is allowed now' },
} as const

export type PropertyName = keyof typeof PROPERTIES

/** The type of one property's value. */
export type PropertyValue<Name extends PropertyName> = (typeof PROPERTIES)[Name] extends {
  readonly of: readonly (infer Choice)[]
}
  ? Choice
  : (typeof PROPERTIES)[Name] extends { readonly type: infer Type extends keyof PropertyTypes }
    ? PropertyTypes[Type]
    : never
