import type { InLanguages } from './language.ts'

/** What is said of an event beside its own words. */
export interface FactWords {
  /** Several goods: the `{name}` of the first, and the `{count}` of the others. */
  readonly more: string
  readonly score: string
  readonly rating: string
}

export const FACT_WORDS: InLanguages<FactWords> = {
  en: { more: '{name} and {count} more', score: '{score} of {scale}', rating: '{rating} stars' },
  id: { more: '{name} dan {count} lainnya', score: '{score} dari {scale}', rating: '{rating} bintang' },
}
