export const SATISFACTION_KINDS = ['nps', 'csat', 'ces', 'rating'] as const

export type SatisfactionKind = (typeof SATISFACTION_KINDS)[number]
