// Reading what came from outside: anything may be anything.

/** A part of a message by its path; undefined where there is none. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let found = value
  for (const key of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined
    found = (found as Record<string | number, unknown>)[key]
  }
  return found
}

/** A text that is not empty, or a number as text. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A number, or a text that is one: shops write money as `"149.90"`. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value !== 'number' && (typeof value !== 'string' || value.trim() === '')) return undefined
  const number = Number(value)
  return Number.isFinite(number) ? number : undefined
}

/** A moment in milliseconds since the epoch, from a text such as `2026-11-21T10:00:00+07:00`. */
export function timeOf(value: unknown): number | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : NaN
  return time >= 0 ? time : undefined
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : []
}

/** Without what is undefined. */
export function known(properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined))
}

/** What a page hands over with an order: name and value pairs, as shops keep them. */
export function noteOf(notes: unknown, name: string, key = 'name'): string | undefined {
  const note = listOf(notes).find(each => at(each, key) === name)
  return textOf(at(note, 'value'))
}

/** What a table has under a name that came from outside: `constructor` and the like are not in it. */
export function entryOf<Entry>(table: Readonly<Record<string, Entry>>, name: unknown): Entry | undefined {
  return typeof name === 'string' && Object.hasOwn(table, name) ? table[name] : undefined
}
