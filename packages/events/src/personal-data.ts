import { isIdName, redactText } from './personal-text.ts'
import type { PersonalDataKind } from './personal-text.ts'

export interface RedactOptions {
  /** Names that are left as they are, wherever they stand, with all below them: `['store_phone']`. */
  readonly leave?: readonly string[]
  /** Called for each that was taken out. It is not told what it was. */
  readonly onRedact?: (kind: PersonalDataKind) => void
}

/** One placeholder in place of these would make one person of all. Whoever must not store them as they are hashes them. */
const IDENTITIES: readonly string[] = ['user_id', 'account_id']

/**
 * A copy of an event in which e-mail addresses, telephone numbers and numbers of payment cards are `[email]`, `[phone]`
 * and `[card]`: in every text, in addresses of pages also where they are percent-encoded.
 *
 * It is made to leave alone what a shop counts by. Numbers that are no text are not looked at. Digits under a name that
 * ends in `id`, `sku`, `gtin` and the like stay; so do prices, times, UUIDs and click ids. A number is a card's if it
 * has the beginning, the length and the check digit of one; a telephone number is recognised by its `+`, by how
 * Indonesians and Americans write theirs, by its groups after a leading 0, or because it is called `phone`. E-mail
 * addresses are taken out everywhere but of the event's own `user_id` and `account_id`. Whatever has another look stays.
 */
export function redactPersonalData<Event extends object>(event: Event, options: RedactOptions = {}): Event {
  const { leave = [], onRedact } = options

  function copy(value: unknown, name: string): unknown {
    if (typeof value === 'string') return redactText(value, name, onRedact)
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(element => copy(element, name))
    return copyOf(value, name, leave)
  }

  function copyOf(value: object, name: string, untouched: readonly string[]): object {
    const below = (key: string, child: unknown) =>
      untouched.includes(key) ? child : copy(child, isIdName(name) ? name : key)
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, below(key, child)]))
  }

  return copyOf(event, '', [...leave, ...IDENTITIES]) as Event
}
