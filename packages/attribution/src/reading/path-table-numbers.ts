const DOT = 46

/** What is read so far of a number, and where reading it stopped. */
export interface NumberAt {
  /** NaN where there is no number. */
  number: number
  end: number
}

/** Powers of ten that a number holds exactly. */
const POWERS: Float64Array = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`))

/**
 * Reads the number in a cell, from `start` up to its delimiter or `end`, without making a string of the ordinary ones.
 * Writes to `found`, as it is called for each cell of a table.
 */
export function readNumber(bytes: Uint8Array, start: number, end: number, delimiter: number, found: NumberAt): void {
  let at = start
  while (at < end && bytes[at] === 32 && delimiter !== 32) at++
  const negative = bytes[at] === 45
  if (at < end && negative) at++
  let mantissa = 0
  let digits = 0
  let decimals = 0
  let dotted = false
  for (; at < end; at++) {
    const byte = bytes[at]!
    if (byte >= 48 && byte <= 57) {
      mantissa = mantissa * 10 + byte - 48
      digits++
      if (dotted) decimals++
    } else if (byte === DOT && !dotted) dotted = true
    else break
  }
  // Up to 15 digits are exact, and so is the power of ten: one division rounds as reading the text would.
  if ((at === end || bytes[at] === delimiter) && digits > 0 && digits <= 15) {
    const number = mantissa / POWERS[decimals]!
    found.number = negative && number !== 0 ? -number : number
    found.end = at
    return
  }
  while (at < end && bytes[at] !== delimiter) at++
  found.number = numberIn(Buffer.from(bytes.buffer, bytes.byteOffset + start, at - start).toString('latin1'))
  found.end = at
}

/** The number that a text is, as programs write them: `-1.5`, `2e3`. NaN where it is none that can be counted. */
export function numberIn(text: string): number {
  const trimmed = text.trim()
  // A number of a thousand digits is nobody's honest amount, and the pattern need not look at it.
  if (trimmed.length > 400 || !/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(trimmed)) return Number.NaN
  const number = Number(trimmed)
  return Number.isFinite(number) ? number : Number.NaN
}
