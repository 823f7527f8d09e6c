/**
 * Where things end in JSON that is written without spaces, byte by byte. Each gives the place after the thing that
 * begins at `at`, or -1 if there is none, or one that is not simple: what says -1 has to be read by `JSON.parse`, what
 * does not is as JSON wants it. The bytes must be UTF-8 and have a line feed, at which everything ends.
 */
export type EndOf = (bytes: Uint8Array, at: number) => number

const QUOTE = 0x22
const COMMA = 0x2c
const MINUS = 0x2d
const COLON = 0x3a
const BACKSLASH = 0x5c
const UNDERSCORE = 0x5f
const OPEN_LIST = 0x5b
const CLOSE_LIST = 0x5d
export const OPEN_OBJECT = 0x7b
export const CLOSE_OBJECT = 0x7d

/** What may follow a backslash. Not `u`: any letter may hide behind it. */
const ESCAPED = tableOf('"\\/bfnrt')
const LITERALS = ['true', 'false', 'null'].map(expected)
const DEEPEST = 32

/** This text and nothing else. */
export function expected(text: string): EndOf {
  const letters = new TextEncoder().encode(text)
  const { length } = letters
  return (bytes, at) => {
    for (let index = 0; index < length; index++) if (bytes[at + index] !== letters[index]) return -1
    return at + length
  }
}

/** A text in quotes, of at most so many letters. */
export function textUpTo(letters: number): EndOf {
  return (bytes, at) => {
    const end = endOfText(bytes, at)
    // A letter has a byte at least.
    return end - at - 2 > letters ? -1 : end
  }
}

/** The same with one letter at least and none of them escaped, so that it stands there as it is. */
export function wordUpTo(letters: number): EndOf {
  return (bytes, at) => {
    if (bytes[at] !== QUOTE) return -1
    for (let place = at + 1; ; place++) {
      const byte = bytes[place]!
      if (byte === QUOTE) return place === at + 1 || place - at - 1 > letters ? -1 : place + 1
      if (byte === BACKSLASH || byte < 0x20) return -1
    }
  }
}

function endOfText(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== QUOTE) return -1
  for (let place = at + 1; ; place++) {
    const byte = bytes[place]!
    if (byte === QUOTE) return place + 1
    if (byte < 0x20) return -1
    if (byte === BACKSLASH && ESCAPED[bytes[++place]!] !== 1) return -1
  }
}

/** A whole number from 0 of at most 15 digits: one that a JavaScript number and a date can hold. */
export function endOfCount(bytes: Uint8Array, at: number): number {
  const end = endOfDigits(bytes, at)
  if (end - at > 15 || (bytes[at] === 0x30 && end - at > 1)) return -1
  return bytes[end] === COMMA || bytes[end] === CLOSE_OBJECT ? end : -1
}

/** The value of digits that `endOfCount` has found. */
export function countIn(bytes: Uint8Array, start: number, end: number): number {
  let count = 0
  for (let at = start; at < end; at++) count = count * 10 + bytes[at]! - 0x30
  return count
}

export function endOfObject(bytes: Uint8Array, at: number): number {
  return bytes[at] === OPEN_OBJECT ? endOfValue(bytes, at, 0) : -1
}

function endOfValue(bytes: Uint8Array, at: number, depth: number): number {
  const first = bytes[at]!
  if (first === QUOTE) return endOfText(bytes, at)
  if (first === MINUS || isDigit(first)) return endOfNumber(bytes, at)
  if (first !== OPEN_OBJECT && first !== OPEN_LIST) {
    for (const literal of LITERALS) {
      const end = literal(bytes, at)
      if (end !== -1) return end
    }
    return -1
  }
  if (depth === DEEPEST) return -1

  const closing = first === OPEN_OBJECT ? CLOSE_OBJECT : CLOSE_LIST
  if (bytes[at + 1] === closing) return at + 2
  for (let place = at + 1; ; place++) {
    if (first === OPEN_OBJECT) {
      const end = endOfText(bytes, place)
      // It may be `__proto__`, which is no honest event's key (see `parseLine`).
      const isTrap = bytes[place + 1] === UNDERSCORE && bytes[place + 2] === UNDERSCORE
      if (end === -1 || bytes[end] !== COLON || isTrap) return -1
      place = end + 1
    }
    place = endOfValue(bytes, place, depth + 1)
    if (place === -1) return -1
    if (bytes[place] === closing) return place + 1
    if (bytes[place] !== COMMA) return -1
  }
}

function endOfNumber(bytes: Uint8Array, at: number): number {
  const start = bytes[at] === MINUS ? at + 1 : at
  let end = endOfDigits(bytes, start)
  if (end === -1 || (bytes[start] === 0x30 && end > start + 1)) return -1
  if (bytes[end] === 0x2e) end = endOfDigits(bytes, end + 1)
  if (end !== -1 && (bytes[end]! | 0x20) === 0x65) {
    const sign = bytes[end + 1]
    end = endOfDigits(bytes, sign === MINUS || sign === 0x2b ? end + 2 : end + 1)
  }
  return end
}

/** One digit or more. */
function endOfDigits(bytes: Uint8Array, at: number): number {
  let end = at
  while (isDigit(bytes[end]!)) end++
  return end === at ? -1 : end
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39
}

function tableOf(letters: string): Uint8Array {
  const table = new Uint8Array(256)
  for (const letter of letters) table[letter.charCodeAt(0)] = 1
  return table
}
