import { CURRENCY } from '../shop/catalogue.ts'
import { LOCALES, fill } from './language.ts'
import type { Counted, Language } from './language.ts'

/** How numbers are written in a language. Rupiah are written as in Indonesia in both, as on the shop's price tags. */
export interface Formats {
  readonly number: (value: number, decimals?: number) => string
  readonly share: (value: number) => string
  readonly money: (value: number) => string
  readonly count: (count: number, forms: Counted) => string
}

export function createFormats(language: Language): Formats {
  const locale = LOCALES[language]
  const rules = new Intl.PluralRules(locale)
  const number = (value: number, decimals = 0) => value.toLocaleString(locale, { maximumFractionDigits: decimals })
  return {
    number,
    share: value => value.toLocaleString(locale, { style: 'percent', maximumFractionDigits: 0 }),
    money: value => value.toLocaleString('id-ID', { style: 'currency', currency: CURRENCY, maximumFractionDigits: 0 }),
    count: (count, forms) => fill(forms[rules.select(count) === 'one' ? 'one' : 'other'], { count: number(count) }),
  }
}
