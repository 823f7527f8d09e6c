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

/** A line as bytes: those from `start` up to `end`, where its line feed is, if it has one. */
export interface LineBytes extends Pick<Line, 'number' | 'ended'> {
  readonly bytes: Buffer
  readonly start: number
  readonly end: number
  /** The line was not held in memory. */
  readonly isTooLong: boolean
}

/** The longest line that is read. A longer one is passed over without being held in memory. */
const MAX_LINE_BYTES = 16 * 1024 * 1024

/** Nothing but what JSON counts as white space. */
export const BLANK_LINE: RegExp = /^[\t\r ]*$/

const LINE_FEED = 10
const BYTE_ORDER_MARK = 0xfeff

/** Cuts bytes into lines, all that end in one chunk at a time. */
export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line[]> {
  for await (const lines of cutLines(chunks)) yield lines.map(decodeLine)
}

/**
 * The same without reading them as text. Never holds more than a chunk and the longest line. An empty last line is
 * none.
 */
export async function* cutLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<LineBytes[]> {
  let number = 1
  // What earlier chunks held of the line that is being read.
  let begun: Uint8Array[] = []
  let begunBytes = 0

  const keep = (bytes: Uint8Array) => {
    begunBytes += bytes.length
    if (begunBytes > MAX_LINE_BYTES) begun = []
    else if (bytes.length > 0) begun.push(bytes)
  }
  const take = (ended: boolean): LineBytes => {
    const isTooLong = begunBytes > MAX_LINE_BYTES
    const bytes = Buffer.concat(begun)
    begun = []
    begunBytes = 0
    return { number: number++, bytes, start: 0, end: bytes.length, ended, isTooLong }
  }

  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
    const lines: LineBytes[] = []
    let start = 0
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
      if (begunBytes > 0) {
        keep(bytes.subarray(0, end))
        lines.push(take(true))
      } else {
        const isTooLong = end - start > MAX_LINE_BYTES
        lines.push({ number: number++, bytes, start, end, ended: true, isTooLong })
      }
      start = end + 1
    }
    keep(bytes.subarray(start))
    if (lines.length > 0) yield lines
  }
  if (begunBytes > 0) yield [take(false)]
}

/** The text of a line, or why it has none. */
export function decodeLine({ number, bytes, start, end, ended, isTooLong }: LineBytes): Line {
  if (isTooLong) return { number, text: '', ended, fault: `the line is longer than ${MAX_LINE_BYTES} bytes` }
  const text = bytes.toString('utf8', start, end)

  // Decoding writes U+FFFD for what is not UTF-8; only where there is one do the bytes need a second look.
  if (text.includes('\uFFFD') && !isUtf8(bytes.subarray(start, end))) {
    return { number, text: '', ended, fault: 'the line is not UTF-8' }
  }

  // Files that were joined have a byte order mark in their midst.
  return { number, text: text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text, ended }
}
