// With the path of a field an error message shows about 80 characters of what was sent: enough to find it.
const GLIMPSE = 32

/** A value in a few words for an error message: its type and a glimpse of it, however large or hostile it is. */
export function inWords(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (typeof value === 'string') return `string ${quoted(value)}`
  if (typeof value === 'number' || typeof value === 'boolean') return `${typeof value} ${String(value)}`
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object') return 'an object'
  return `a ${typeof value}`
}

/** The beginning of a text between quotation marks, on one line. */
export function quoted(text: string): string {
  return JSON.stringify(glimpse(text))
}

/** The beginning of a text, whole if it is short, without what could break a line or steer a terminal. */
export function glimpse(text: string, longest: number = GLIMPSE): string {
  const shown = text.length > longest ? `${text.slice(0, longest)}…` : text
  return shown.replace(/\p{C}/gu, '\uFFFD')
}

/** Half of a surrogate pair cannot be written as UTF-8; U+FFFD stands in its place, as the Encoding Standard has it. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD')
}
