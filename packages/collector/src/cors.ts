import { optionError } from './option-error.ts'

/** Whose pages may send events: everybody's, those of some origins, or those a function says yes to. */
export type AllowedOrigins = '*' | readonly string[] | ((origin: string) => boolean)

export interface Cors {
  /** Whether this sender may send. One that is no browser names no origin; it may. */
  allows(origin: string | null): boolean
  /** The headers that let a page of this origin read the answer; without them it only learns that sending failed. */
  headers(origin: string | null): Record<string, string>
  /** The further headers that answer a preflight request. */
  readonly preflight: Readonly<Record<string, string>>
}

/** Cross-origin rules after the Fetch Standard, without credentials: the collector never asks for cookies. */
export function createCors(allowed: AllowedOrigins): Cors {
  const matches = matcher(allowed)
  const allows = (origin: string | null) => origin === null || matches(origin)

  return {
    allows,

    headers(origin) {
      // A page may not read Retry-After across origins unless it is named.
      const readable = { 'access-control-expose-headers': 'retry-after' }
      if (allowed === '*') return { ...readable, 'access-control-allow-origin': '*' }
      // The answer differs by origin, also where it is no: a cache must know.
      if (origin === null || !allows(origin)) return { vary: 'Origin' }
      return { ...readable, vary: 'Origin', 'access-control-allow-origin': origin }
    },

    preflight: {
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type, content-encoding',
      'access-control-max-age': '86400',
    },
  }
}

function matcher(allowed: AllowedOrigins): (origin: string) => boolean {
  if (allowed === '*') return () => true
  // A promise, which only an untyped function can give, is no yes.
  if (typeof allowed === 'function') return origin => allowed(origin) === true
  const expected = 'a list of origins such as "https://toko.example", a function, or "*" for everybody'
  if (!Array.isArray(allowed))
    throw optionError('allowedOrigins', expected, allowed, 'Put a single origin into a list: ["https://toko.example"].')
  allowed.forEach((origin, index) => {
    if (origin !== 'null' && originOf(origin) !== origin) throw wrongOrigin(index, origin)
  })
  const origins = new Set<string>(allowed)
  return origin => origins.has(origin)
}

function wrongOrigin(index: number, origin: unknown): TypeError {
  const meant = originOf(origin)
  const remedy =
    meant === undefined
      ? 'Write the scheme and the host, and the port if it is not the usual one.'
      : `Write ${JSON.stringify(meant)}: an origin has no path and no slash at its end.`
  return optionError(`allowedOrigins[${index}]`, 'an origin such as "https://toko.example"', origin, remedy)
}

function originOf(text: unknown): string | undefined {
  const url = typeof text === 'string' && URL.canParse(text) ? new URL(text) : undefined
  return url?.host ? url.origin : undefined
}
