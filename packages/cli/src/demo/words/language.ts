/** The languages the demo speaks. */
export const LANGUAGES = ['en', 'id'] as const

export type Language = (typeof LANGUAGES)[number]

/** The words of one part of the demo, in every language: one that is forgotten does not compile. */
export type InLanguages<Words> = Readonly<Record<Language, Words>>

/** How numbers, days and plurals are written. */
export const LOCALES: InLanguages<string> = { en: 'en-GB', id: 'id-ID' }

/** Of another than one it says so by itself. */
export const LANGUAGE_NAMES: InLanguages<string> = { en: 'English', id: 'Bahasa Indonesia' }

export function isLanguage(word: string | null | undefined): word is Language {
  return LANGUAGES.includes(word as Language)
}

/** A text for one, and one for any other number: `{count}` is replaced by the number. */
export interface Counted {
  readonly one: string
  readonly other: string
}

/** Puts values in the places that a text has for them: `{name}`. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place))
}
