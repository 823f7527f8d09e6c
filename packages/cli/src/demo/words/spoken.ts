import { createContext } from 'preact'
import type { Context } from 'preact'
import { useContext } from 'preact/hooks'
import { createFormats } from './formats.ts'
import type { Formats } from './formats.ts'
import type { InLanguages, Language } from './language.ts'

/** The language of the page that is being written. */
export const SpokenLanguage: Context<Language> = createContext<Language>('en')

/** The words of this part of the demo in the page's language. */
export function useWords<Words>(words: InLanguages<Words>): Words {
  return words[useContext(SpokenLanguage)]
}

export function useLanguage(): Language {
  return useContext(SpokenLanguage)
}

export function useFormats(): Formats {
  return createFormats(useContext(SpokenLanguage))
}
