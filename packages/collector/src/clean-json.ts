import { glimpse, wellFormed } from './in-words.ts'

// Deep enough for any event, shallow enough for whatever reads it later.
const MAX_DEPTH = 20

// Read carelessly, by us or by whoever works with the files later, these would reach into JavaScript's own objects.
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

export type CleanJson =
  | { readonly value: unknown; readonly fault?: undefined }
  | { readonly value?: undefined; readonly fault: string }

/**
 * A copy of parsed JSON that is safe to pass on: every string can be written as UTF-8, every number as JSON, nothing
 * is nested endlessly, and no key is one of JavaScript's own. Otherwise the first fault, in words.
 */
export function cleanJson(input: unknown): CleanJson {
  const path: PropertyKey[] = []
  let fault: string | undefined

  function copy(value: unknown): unknown {
    if (typeof value === 'string') return wellFormed(value)
    if (typeof value === 'number' && !Number.isFinite(value)) return refuse('expected a number of less than 309 digits')
    if (typeof value !== 'object' || value === null) return value
    if (path.length >= MAX_DEPTH) return refuse(`expected at most ${MAX_DEPTH} levels of nesting`)
    if (Array.isArray(value)) return value.map((element, index) => below(index, element))

    const result: Record<string, unknown> = {}
    for (const [key, child] of Object.entries(value)) result[wellFormed(key)] = below(key, child)
    return result
  }

  function below(key: PropertyKey, child: unknown): unknown {
    path.push(key)
    const forbidden = typeof key === 'string' && FORBIDDEN_KEYS.has(key)
    const copied = forbidden ? refuse('expected another name, this one means something to JavaScript') : copy(child)
    path.pop()
    return copied
  }

  function refuse(reason: string): void {
    fault ??= `${fieldPath(path, 'event')}: ${reason}`
  }

  const value = copy(input)
  return fault === undefined ? { value } : { fault }
}

/** Where something is: `properties.items.0.price`, or the whole. Keys come from outside and may be long. */
export function fieldPath(path: readonly PropertyKey[], whole: string): string {
  return path.length === 0 ? whole : glimpse(path.map(String).join('.'), 48)
}
