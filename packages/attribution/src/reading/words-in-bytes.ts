import type { Buffer } from 'node:buffer'

/** Reads words that come again and again, each as the very string that it was before. */
export type WordsInBytes = (bytes: Buffer, start: number, end: number) => string

const PLACES = 4_096
const HASHED_LETTERS = 8

/**
 * Making a string takes longer than finding the one that was made before; and one that is known to a `Map` already is
 * found there sooner.
 */
export function createWordsInBytes(): WordsInBytes {
  const known: (string | undefined)[] = Array.from({ length: PLACES })
  return (bytes, start, end) => {
    // FNV-1a of the last letters, which tell ids and names apart. Where they do not, words are made anew, as without this.
    let hash = 0x811c9dc5
    for (let at = Math.max(start, end - HASHED_LETTERS); at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193)
    const place = (hash ^ (hash >>> 15)) & (PLACES - 1)
    const before = known[place]
    if (before !== undefined && isAt(before, bytes, start, end)) return before

    const word = bytes.toString('utf8', start, end)
    // Only ASCII has a letter for each byte: only there can they be compared one by one.
    if (word.length === end - start) known[place] = word
    return word
  }
}

function isAt(word: string, bytes: Buffer, start: number, end: number): boolean {
  if (word.length !== end - start) return false
  for (let at = start; at < end; at++) if (word.charCodeAt(at - start) !== bytes[at]) return false
  return true
}
