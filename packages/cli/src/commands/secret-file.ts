import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** The secret in a file. An editor ends a file with a line feed, which is not of it. */
export function readSecret(file: string): string {
  return readFileSync(file, 'utf8').trim()
}

/** The hash that a collector with this key stores in place of an id: see `hashKey` of `@jejak/collector`. */
export function hashedId(id: string, key: string): string {
  const text = id.trim()
  const plain = /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? text.toLowerCase() : text
  return createHmac('sha256', key).update(plain).digest('hex')
}
