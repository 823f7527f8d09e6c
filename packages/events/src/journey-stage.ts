/**
 * The stages of a customer journey, from first contact to recommendation, in order. Events are tagged with these,
 * the finest list in use; a stage model (`STAGE_MODELS`) reads them as fewer.
 */
export const JOURNEY_STAGES = [
  'awareness',
  'consideration',
  'decision',
  'purchase',
  'usage',
  'retention',
  'advocacy',
] as const

export type JourneyStage = (typeof JOURNEY_STAGES)[number]

/** What the customer does in a stage, for headings and hints. */
export const STAGE_MEANING: Readonly<Record<JourneyStage, string>> = {
  awareness: 'meets the brand: ads, social media, search, articles, recommendations, events',
  consideration: 'looks for information, compares products, prices and reviews',
  decision: 'has narrowed the choice and weighs price, shipping, payment and trust',
  purchase: 'completes the transaction',
  usage: 'receives the order and uses it',
  retention: 'is kept: satisfaction, loyalty programme, repeat buying',
  advocacy: 'recommends: reviews, ratings, referrals, own content',
}
