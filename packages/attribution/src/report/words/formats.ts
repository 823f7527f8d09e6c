import type { Language } from './language.ts'

/** How numbers, money and times are written in a language. */
export interface Formats {
  /** With as many decimals, at most. Default 0. */
  number(value: number, decimals?: number): string
  /** 0.123 is `12 %` or `12.3 %`. Default: no decimals. */
  share(value: number, decimals?: number): string
  /** In the report's currency; a plain number where it has none. */
  money(value: number): string
  /** Short, for the axes of a picture: `1.2M`. */
  short(value: number): string
  /** IANA's name of the zone of `date`. */
  readonly timeZone: string
  /** The day of a moment, in milliseconds since the epoch. */
  date(moment: number): string
  /** The day that clocks show, as milliseconds since 1970 began on them. */
  day(wallTime: number): string
  /** `Mar 2026`, from `2026-03`. */
  month(month: string): string
  /** In the one or two greatest units: `3 days`, `2 h 10 min`. */
  duration(ms: number): string
  /** `1 day`, `3 days`: chosen by the rules of the language. */
  plural(count: number, forms: { readonly one: string; readonly other: string }): string
  /** `a, b and c`. */
  list(items: readonly string[]): string
}

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', id: 'id-ID' }

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const

export function createFormats(language: Language, currency?: string, timeZone = 'UTC'): Formats {
  const locale = LOCALES[language]
  const numbers = new Map<string, Intl.NumberFormat>()
  const written = (value: number, options: Intl.NumberFormatOptions): string => {
    const key = JSON.stringify(options)
    let format = numbers.get(key)
    if (!format) numbers.set(key, (format = new Intl.NumberFormat(locale, options)))
    return format.format(value)
  }
  const rules = new Intl.PluralRules(locale)
  const list = new Intl.ListFormat(locale, { type: 'conjunction' })
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone })
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  const month = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' })
  const money: Intl.NumberFormatOptions = currency
    ? { style: 'currency', currency, maximumFractionDigits: 0 }
    : { maximumFractionDigits: 0 }

  return {
    number: (value, decimals = 0) => written(value, { maximumFractionDigits: decimals }),
    share: (value, decimals = 0) =>
      written(value, { style: 'percent', minimumFractionDigits: decimals, maximumFractionDigits: decimals }),
    money: value => written(value, money),
    short: value => written(value, { notation: 'compact', maximumFractionDigits: 1 }),
    timeZone,
    date: moment => date.format(moment),
    day: wallTime => day.format(wallTime),
    month: text => month.format(Date.parse(`${text}-01T00:00:00Z`)),
    duration(ms) {
      const found = UNITS.findIndex(([, size]) => ms >= size)
      const at = found === -1 ? UNITS.length - 1 : found
      const [unit, size] = UNITS[at]!
      const inUnit = (value: number, name: string): string =>
        written(value, { style: 'unit', unit: name, unitDisplay: 'long', maximumFractionDigits: 0 })
      const next = UNITS[at + 1]
      const whole = Math.floor(ms / size)
      // Beyond ten of the greater unit the smaller one says nothing.
      if (!next || whole >= 10) return inUnit(Math.round(ms / size), unit)
      const rest = Math.floor((ms - whole * size) / next[1])
      return rest === 0 ? inUnit(whole, unit) : `${inUnit(whole, unit)} ${inUnit(rest, next[0])}`
    },
    plural: (count, forms) => forms[rules.select(count) === 'one' ? 'one' : 'other'],
    list: items => list.format(items),
  }
}
