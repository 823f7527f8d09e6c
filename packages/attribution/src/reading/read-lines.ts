import { isUtf8 } from 'node:buffer'

/** A line of a file. */
export interface Line {
  /** From 1. */
  readonly number: number
  /** Without its line feed and without a byte order mark; empty where there is a fault. */
  readonly text: string
  /** Whether a line feed followed: a file that was cut off ends with a line that has none. */
  readonly ended: boolean
  /** Why its text cannot be had. */
  readonly fault?: string
}

/** The longest line that is read. A longer one is passed over without being held in memory. */
const MAX_LINE_BYTES = 16 * 1024 * 1024

/** Nothing but what JSON counts as white space. */
export const BLANK_LINE: RegExp = /^[\t\r ]*$/

const LINE_FEED = 10
const BYTE_ORDER_MARK = 0xfeff

/**
 * Cuts bytes into lines, all that end in one chunk at a time. Never holds more than a chunk and the longest line.
 * An empty last line is none.
 */
export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line[]> {
  let number = 1
  // What earlier chunks held of the line that is being read.
  let begun: Uint8Array[] = []
  let begunBytes = 0

  const keep = (bytes: Uint8Array) => {
    begunBytes += bytes.length
    if (begunBytes > MAX_LINE_BYTES) begun = []
    else if (bytes.length > 0) begun.push(bytes)
  }
  const take = (bytes: Uint8Array, ended: boolean): Line => {
    keep(bytes)
    const line = readLine(begun, begunBytes, number++, ended)
    begun = []
    begunBytes = 0
    return line
  }

  for await (const chunk of chunks) {
    const lines: Line[] = []
    let start = 0
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      lines.push(take(chunk.subarray(start, end), true))
      start = end + 1
    }
    keep(chunk.subarray(start))
    if (lines.length > 0) yield lines
  }
  if (begunBytes > 0) yield [take(new Uint8Array(0), false)]
}

function readLine(pieces: readonly Uint8Array[], length: number, number: number, ended: boolean): Line {
  if (length > MAX_LINE_BYTES) {
    return { number, text: '', ended, fault: `the line is longer than ${MAX_LINE_BYTES} bytes` }
  }
  const [first = new Uint8Array(0)] = pieces
  const bytes = pieces.length > 1 ? Buffer.concat(pieces) : Buffer.from(first.buffer, first.byteOffset, first.length)
  const text = bytes.toString('utf8')

  // Decoding writes U+FFFD for what is not UTF-8; only where there is one do the bytes need a second look.
  if (text.includes('\uFFFD') && !isUtf8(bytes)) return { number, text: '', ended, fault: 'the line is not UTF-8' }

  // Files that were joined have a byte order mark in their midst.
  return { number, text: text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text, ended }
}
