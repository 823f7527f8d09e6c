/** A sealed event as the outbox keeps it. */
export interface Row {
  /** A UUIDv7, the event's rank and its size in bytes, joined by points: rows sort by time, and a key tells enough. */
  readonly key: string
  /** The envelope. */
  readonly json: string
}

/** `rank`: from 0 to 9; when room is short, rows of a lower rank are given up first. */
export function createRow(id: string, rank: number, text: string): Row {
  // Half of a surrogate pair, which JSON writes as `\udXXX`, cannot be sent as UTF-8.
  const json = text.includes('\\ud')
    ? text.replace(/\\(ud...|.)/g, (escape, code: string) => (code[1] ? '\ufffd' : escape))
    : text
  return { key: `${id}.${rank}.${byteLength(json)}`, json }
}

/** Where an id and the point behind it end. */
const AFTER_ID = 37

/** Another version of this code may have stored a key without it. */
function rankOf(key: string): number {
  return Number(key[AFTER_ID]) || 0
}

/** The size in bytes. */
export function sizeOf(key: string): number {
  return parseInt(key.slice(AFTER_ID + 2)) || 1_000
}

/** How many events a bundle has. */
export function countOf(key: string): number {
  return parseInt(key.split('.')[3]!) || 1
}

export function keysOf(rows: readonly Row[]): string[] {
  return rows.map(({ key }) => key)
}

export function total(keys: readonly string[], measure: (key: string) => number): number {
  return keys.reduce((sum, key) => sum + measure(key), 0)
}

/** How far, as a share, the bounds may be missed, so that the rows need not be counted for every event. */
export const SPARE = 0.01

/** Which of `keys`, oldest first, are to be given up: the least valuable, and of these the oldest. */
export function surplus(keys: readonly string[], most: number, mostBytes: number): string[] {
  let events = total(keys, countOf) - most
  let bytes = total(keys, sizeOf) - mostBytes
  if (events <= 0 && bytes <= 0) return []
  // A little more than is needed, so that this is not done again for the next event.
  events += Math.floor(most * SPARE)
  bytes += mostBytes * SPARE
  return [...keys]
    .sort((one, other) => rankOf(one) - rankOf(other))
    .filter(key => {
      const isSurplus = events > 0 || bytes > 0
      events -= countOf(key)
      bytes -= sizeOf(key)
      return isSurplus
    })
}

/** How many of the rows, from the first on, are no more than `most` and no larger than `bytes`. */
export function fitting(rows: readonly Row[], most: number, bytes: number): number {
  const end = rows.findIndex(({ key }, index) => index === most || (bytes -= sizeOf(key)) < 0)
  return end < 0 ? rows.length : end
}

/** What a bundle holds at most: about as much as is sent together. */
const BUNDLE_EVENTS = 50
const BUNDLE_BYTES = 30_000

/** Rows in bundles: only such of one rank are given up together. */
export function inBundles<Some extends Row>(rows: readonly Some[]): Some[][] {
  const bundles: Some[][] = []
  /** The last bundle of each rank, and its size. */
  const last: Some[][] = []
  const bytes: number[] = []
  for (const row of rows) {
    const rank = rankOf(row.key)
    if (!last[rank] || last[rank].length === BUNDLE_EVENTS || bytes[rank]! > BUNDLE_BYTES) {
      bundles.push((last[rank] = []))
      bytes[rank] = 0
    }
    last[rank].push(row)
    bytes[rank]! += sizeOf(row.key)
  }
  return bundles
}

/** The key of a bundle: as that of a row, with the count at its end, and a mark if there is one. */
export function placeOf(rows: readonly Row[], mark = ''): string {
  const keys = keysOf(rows)
  return [keys[0]!.slice(0, AFTER_ID + 1), total(keys, sizeOf), keys.length, mark].join('.')
}

/** A bundle as it is kept. */
export function bundled(rows: readonly Row[]): string[] {
  return rows.flatMap(({ key, json }) => [key, json])
}

/** The rows of what was kept. Another version of this code may have stored an event as it is. */
export function unbundle(key: string, value: unknown): Row[] {
  if (!Array.isArray(value)) return [{ key, json: typeof value === 'string' ? value : JSON.stringify(value) }]
  return value.flatMap((part: string, index) => (index % 2 ? [] : [{ key: part, json: value[index + 1] as string }]))
}

/** The size of a text in bytes of UTF-8. */
export function byteLength(text: string): number {
  // Encoding takes long, and most texts need none.
  return /[^\0-\x7f]/.test(text) ? new TextEncoder().encode(text).length : text.length
}
