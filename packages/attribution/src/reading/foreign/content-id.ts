import { hash } from 'node:crypto'

/** The namespace of the ids of imported events (RFC 9562, section 5.5). */
const NAMESPACE = Buffer.from('0b5e6b1ac1d35f0e8a7d6a656a616b01', 'hex')

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i

/** The UUIDv5 of a text: the same text always has the same one. */
export function uuidOf(text: string): string {
  const bytes = hash('sha1', Buffer.concat([NAMESPACE, Buffer.from(text)]), 'buffer')
  bytes[6] = (bytes[6]! & 15) | 0x50
  bytes[8] = (bytes[8]! & 63) | 0x80
  const hex = bytes.toString('hex', 0, 16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** The id that a log gives, as a UUID. */
export function idOf(given: string): string {
  return UUID.test(given) ? given.toLowerCase() : uuidOf(given)
}

/** Facts as a text that does not depend on the order of the columns. */
export function contentOf(facts: readonly unknown[], properties: Readonly<Record<string, unknown>>): string {
  const sorted = Object.keys(properties)
    .sort()
    .map(key => [key, properties[key]])
  return JSON.stringify([facts, sorted])
}
