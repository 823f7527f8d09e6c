import type { JSX } from 'preact'
import { LANGUAGES, LANGUAGE_NAMES } from './words/language.ts'
import { LIVE_WORDS } from './words/live-words.ts'
import { useLanguage, useWords } from './words/spoken.ts'

/** The same page in the other languages. */
export function LanguageLinks({ path }: { path: string }): JSX.Element {
  const chosen = useLanguage()
  const { language } = useWords(LIVE_WORDS)
  return (
    <nav class="languages" aria-label={language}>
      {LANGUAGES.map(one => (
        <a href={`${path}?lang=${one}`} lang={one} hreflang={one} aria-current={one === chosen ? 'true' : undefined}>
          {LANGUAGE_NAMES[one]}
        </a>
      ))}
    </nav>
  )
}
