import { createHmac } from 'node:crypto'
import { refuseRow } from './refused-row.ts'

const EMAIL = /[^\s@]+@[^\s@]+\.[^\s@]+/

/** Written as people dial: with a plus or a zero before it. A customer's number seldom begins so. */
const PHONE = /^(\+|0)[\d\s().-]{8,}$/

/** What stands for an e-mail address or a phone number, made with a key that only the shop has. */
export interface PersonHash {
  email(address: string): string
  phone(number: string): string
}

/**
 * HMAC-SHA-256 in hexadecimal, of the address trimmed and in lower case, or of the number in international form, such as
 * `+628123456789`. Whoever has the key makes the same of the same person, to hand it to `identify`.
 */
export function createPersonHash(key: string, countryCode: string | undefined): PersonHash {
  const hash = (text: string) => createHmac('sha256', key).update(text).digest('hex')
  return {
    email(address) {
      const plain = address.trim().toLowerCase()
      return EMAIL.test(plain) ? hash(plain) : refuseRow('email: expected an address such as ani@example.com')
    },
    phone(number) {
      const digits = number.replace(/[\s().-]/g, '').replace(/^00/, '+')
      const whole = countryCode === undefined ? digits : digits.replace(/^0/, `+${countryCode}`)
      if (/^\+\d{8,15}$/.test(whole)) return hash(whole)
      return refuseRow(
        'phone: expected a number with the code of its country, such as +628123456789; `countryCode` (--country-code) says which one a 0 at its beginning stands for',
      )
    },
  }
}

/** A text that is kept as it is, if it names nobody. */
export function impersonal(field: string, text: string): string {
  if (EMAIL.test(text)) return refuseRow(`${field}: holds an e-mail address, which is not kept as it is`)
  if (PHONE.test(text)) return refuseRow(`${field}: holds a phone number, which is not kept as it is`)
  return text
}
