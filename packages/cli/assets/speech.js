/**
 * @import { Language } from '../src/demo/words/language.ts'
 * @typedef {{ one: string, other: string }} Counted
 */

/** Of each language, how numbers and days are written. */
const LOCALES = { en: 'en-GB', id: 'id-ID' }

/**
 * How a page says numbers and days in its language. Rupiah are written as the shop writes its prices, so that one amount
 * looks the same everywhere.
 * @param {Language} language
 */
export function createSpeech(language) {
  const locale = LOCALES[language]
  const number = new Intl.NumberFormat(locale)
  const rules = new Intl.PluralRules(locale)
  const rupiah = new Intl.NumberFormat('id-ID', { style: 'currency', currency: 'IDR', maximumFractionDigits: 0 })
  const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
  const moment = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })
  const day = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short' })
  return {
    number: (/** @type {number} */ value) => number.format(value),
    money: (/** @type {number} */ value) => rupiah.format(value),
    clock: (/** @type {number} */ time) => clock.format(time),
    moment: (/** @type {number} */ time) => moment.format(time),
    day: (/** @type {Date} */ date) => day.format(date),
    /**
     * The form that the language has for this number, with the number and further values in it.
     * @param {number} count
     * @param {Counted} forms
     * @param {Record<string, string>} [values]
     */
    count(count, forms, values = {}) {
      const form = rules.select(count) === 'one' ? forms.one : forms.other
      return fill(form, { ...values, count: number.format(count) })
    },
  }
}

/**
 * Puts values in the places that a text has for them: `{name}`.
 * @param {string} text
 * @param {Record<string, string>} values
 */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place)
}
