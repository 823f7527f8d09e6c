/** The languages a report can be read in. */
export const LANGUAGES = ['en', 'id'] as const

export type Language = (typeof LANGUAGES)[number]

/** The words of one part of the report, in every language: one that is forgotten does not compile. */
export type InLanguages<Words> = Readonly<Record<Language, Words>>
