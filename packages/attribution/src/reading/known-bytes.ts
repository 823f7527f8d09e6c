import type { Buffer } from 'node:buffer'

/** Reads texts that come again and again, each as the very value that it was before. */
export type KnownBytes<Value> = (bytes: Buffer, start: number, end: number) => Value

/**
 * Making a value takes longer than finding the one that was made before.
 *
 * @param letters how many of the last letters tell most texts apart.
 * @param places how many values are known at most, a power of 2.
 */
export function createKnownBytes<Value>(
  make: (text: string) => Value,
  letters: number,
  places: number,
): KnownBytes<Value> {
  const known: ({ readonly text: string; readonly value: Value } | undefined)[] = Array.from({ length: places })
  return (bytes, start, end) => {
    // FNV-1a. Texts that want one place in turn are made anew each time, as without this.
    let hash = 0x811c9dc5
    for (let at = Math.max(start, end - letters); at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193)
    const place = (hash ^ (hash >>> 15)) & (places - 1)
    const before = known[place]
    if (before !== undefined && isAt(before.text, bytes, start, end)) return before.value

    const text = bytes.toString('utf8', start, end)
    const value = make(text)
    // Only ASCII has a letter for each byte: only there can they be compared one by one.
    if (text.length === end - start) known[place] = { text, value }
    return value
  }
}

function isAt(text: string, bytes: Buffer, start: number, end: number): boolean {
  if (text.length !== end - start) return false
  for (let at = start; at < end; at++) if (text.charCodeAt(at - start) !== bytes[at]) return false
  return true
}
