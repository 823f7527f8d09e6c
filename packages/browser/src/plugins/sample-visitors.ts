import type { Envelope } from '@jejak/events'

/**
 * For `beforeSend`: keeps the events of a part of the visitors, always the same ones, and leaves out all of the
 * others'. What is kept says so in `sample_rate`: one visitor stands for `1 / sample_rate`.
 *
 * @param rate the part that is kept, above 0 and at most 1.
 * @throws {RangeError} for any other number.
 */
export function sampleVisitors(rate: number): (event: Envelope) => Envelope | undefined {
  if (!(typeof rate === 'number' && rate > 0 && rate <= 1))
    throw new RangeError(`sampleVisitors: expected a rate above 0 and at most 1, such as 0.1; got ${String(rate)}`)
  return event =>
    placeOf(event.visitor_id) < rate ? { ...event, properties: { ...event.properties, sample_rate: rate } } : undefined
}

/** Where between 0 and 1 a visitor stands, evenly spread: the 32-bit FNV-1a hash, well mixed at the end. */
function placeOf(visitor: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < visitor.length; at++) hash = Math.imul(hash ^ visitor.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b)
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000
}
