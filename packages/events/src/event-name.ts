import { JOURNEY_STAGES } from './journey-stage.ts'
import type { JourneyStage } from './journey-stage.ts'

/**
 * Every standard event, under the stage it shows its customer to be in. This is the only place where a name meets a
 * stage, and all of the vocabulary that a page has to download; what the events carry is in `event.ts`.
 */
export const EVENTS_OF_STAGE = {
  awareness: [
    'view_promotion',
    'select_promotion',
    'ad_impression',
    'ad_click',
    'email_open',
    'email_click',
    'event_attended',
    'store_visit',
  ],
  consideration: [
    'view_item_list',
    'select_item',
    'view_item',
    'search',
    'view_search_results',
    'filter_item_list',
    'select_variant',
    'view_size_guide',
    'compare_items',
    'view_reviews',
    'add_to_wishlist',
    'remove_from_wishlist',
    'notify_me',
    'newsletter_subscribe',
    'generate_lead',
    'sign_up',
    'request_demo',
    'start_chat',
  ],
  decision: [
    'add_to_cart',
    'remove_from_cart',
    'update_cart',
    'view_cart',
    'apply_coupon',
    'coupon_rejected',
    'estimate_shipping',
    'begin_checkout',
    'add_contact_info',
    'add_address',
    'view_shipping_options',
    'add_shipping_info',
    'add_payment_info',
    'checkout_error',
    'payment_failed',
    'meeting_held',
    'proposal_sent',
  ],
  purchase: ['purchase', 'contract_signed'],
  usage: [
    'order_confirmed',
    'order_packed',
    'order_shipped',
    'view_order_tracking',
    'order_out_for_delivery',
    'order_delivered',
    'delivery_failed',
    'request_return',
    'order_returned',
    'refund',
    'order_updated',
    'order_cancelled',
    'view_help_article',
    'contact_support',
    'support_resolved',
    'start_onboarding',
    'complete_onboarding',
  ],
  retention: [
    'login',
    'view_survey',
    'dismiss_survey',
    'submit_survey',
    'join_loyalty',
    'earn_reward',
    'redeem_reward',
    'change_loyalty_tier',
    'reorder',
    'start_subscription',
    'renew_subscription',
    'pause_subscription',
    'cancel_subscription',
    'unsubscribe',
  ],
  advocacy: ['submit_review', 'share', 'send_referral', 'referral_converted', 'publish_content'],
} as const

// A stage without events does not compile.
EVENTS_OF_STAGE satisfies Record<JourneyStage, readonly string[]>

/** Standard events that have no stage of their own: a page view takes the stage of its page, the rest is context. */
export const CONTEXT_EVENTS = [
  'page_view',
  'identify',
  'web_vital',
  'page_error',
  'rage_click',
  'dead_click',
  'form_abandon',
  'out_of_stock',
  'scroll',
  'user_engagement',
  'click',
  'file_download',
  'form_start',
  'form_submit',
  'video_start',
  'video_progress',
  'video_complete',
  'consent_change',
] as const

export type StagedEventName = (typeof EVENTS_OF_STAGE)[JourneyStage][number]
export type ContextEventName = (typeof CONTEXT_EVENTS)[number]

/** The name of a standard event. A shop's own events may have any other name. */
export type EventName = StagedEventName | ContextEventName

/** Every standard event name: context first, then by stage. */
export const EVENT_NAMES: readonly EventName[] = /* @__PURE__ */ listNames()

/** The stage of each standard event that has one of its own. Has no prototype: `__proto__` is not in it. */
export const STAGE_OF_EVENT: Readonly<Record<StagedEventName, JourneyStage> & Partial<Record<string, JourneyStage>>> =
  /* @__PURE__ */ stagesByName()

function listNames(): readonly EventName[] {
  return [...CONTEXT_EVENTS, ...JOURNEY_STAGES.flatMap((stage): readonly EventName[] => EVENTS_OF_STAGE[stage])]
}

function stagesByName(): Record<StagedEventName, JourneyStage> {
  const stages: Record<string, JourneyStage> = Object.create(null)
  for (const stage of JOURNEY_STAGES) for (const name of EVENTS_OF_STAGE[stage]) stages[name] = stage
  return stages
}
