import type { JourneyStage } from './journey-stage.ts'

/** The kinds of page a shop has, and the stage that looking at one shows its visitor to be in. */
export const STAGE_OF_PAGE_TYPE = {
  home: 'awareness',
  landing: 'awareness',
  article: 'awareness',
  list: 'consideration',
  product: 'consideration',
  search: 'consideration',
  cart: 'decision',
  checkout: 'decision',
  confirmation: 'purchase',
  order: 'usage',
  tracking: 'usage',
  help: 'usage',
  account: 'usage',
  loyalty: 'retention',
  referral: 'advocacy',
  review: 'advocacy',
} as const

export type PageType = keyof typeof STAGE_OF_PAGE_TYPE

STAGE_OF_PAGE_TYPE satisfies Record<PageType, JourneyStage>
