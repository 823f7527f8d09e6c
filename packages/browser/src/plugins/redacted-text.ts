import { redact } from '../redact.ts'

/** What may be a card, an account or a telephone number: prices have other signs between their digits. */
const LONG_NUMBER = /\d([ -]?\d){6,}/g

/** A text of the page in one line, without e-mail addresses and long numbers, cut to `most` characters. */
export function redactText(text: string, most: number): string {
  return redact(text, 1_000).replace(LONG_NUMBER, '[number]').replace(/\s+/g, ' ').trim().slice(0, most)
}
