import type { Envelope } from '@jejak/events'

/** Puts hashes in place of what names a person or a company. */
export type IdHash = (events: readonly Envelope[]) => Promise<Envelope[]>

/** What is written in more than one way, and is the same. */
const E_MAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/**
 * HMAC-SHA-256 in hexadecimal of `user_id` and `account_id`, trimmed, e-mail addresses in lower case. The same id has
 * the same hash as long as the key is the same, so that journeys join as before; nobody without the key can tell which
 * id it was, or try ids one after the other. With another key everybody is somebody else from then on.
 */
export function createIdHash(key: string): IdHash {
  const encoder = new TextEncoder()
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  let imported: ReturnType<typeof importKey> | undefined
  const importKey = () => crypto.subtle.importKey('raw', encoder.encode(key), algorithm, false, ['sign'])

  async function hashOf(id: string): Promise<string> {
    imported ??= importKey()
    const text = id.trim()
    const plain = E_MAIL.test(text) ? text.toLowerCase() : text
    const bytes = new Uint8Array(await crypto.subtle.sign('HMAC', await imported, encoder.encode(plain)))
    return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
  }

  return async events => {
    // The events of a batch are of one visitor, nearly always.
    const known = new Map<string, Promise<string>>()
    const hash = async (id: string): Promise<string> => {
      const made = known.get(id) ?? hashOf(id)
      known.set(id, made)
      return await made
    }
    return await Promise.all(
      events.map(async ({ user_id, account_id, ...event }) => ({
        ...event,
        ...(user_id !== undefined && { user_id: await hash(user_id) }),
        ...(account_id !== undefined && { account_id: await hash(account_id) }),
      })),
    )
  }
}
