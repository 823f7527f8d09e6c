/** A sealed event as the outbox keeps it. */
export interface Row {
  /** A UUIDv7, the event's rank and its size in bytes, joined by points: rows sort by time, and a key tells enough. */
  readonly key: string
  /** The envelope. */
  readonly json: string
}

const AFTER_ID = 37

/** `rank`: from 0 to 9; when room is short, rows of a lower rank are given up first. */
export function createRow(id: string, rank: number, text: string): Row {
  // Half of a surrogate pair, which JSON writes as `\udXXX`, cannot be sent as UTF-8.
  const json = text.includes('\\ud')
    ? text.replace(/\\(ud...|.)/g, (escape, code: string) => (code[1] ? '\ufffd' : escape))
    : text
  return { key: `${id}.${rank}.${byteLength(json)}`, json }
}

/** Another version of this code may have stored a key without it. */
export function rankOf(key: string): number {
  return Number(key[AFTER_ID]) || 0
}

/** The size of a row in bytes. */
export function sizeOf(key: string): number {
  return parseInt(key.slice(AFTER_ID + 2)) || 1_000
}

/** How many events a bundle has. */
export function countOf(key: string): number {
  return parseInt(key.split('.')[3]!) || 1
}

/** The key of a bundle of rows: as that of a row, with the count at its end. */
export function placeOf(rows: readonly Row[]): string {
  const [{ key }] = rows as [Row]
  const bytes = rows.reduce((sum, row) => sum + sizeOf(row.key), 0)
  return rows.length === 1 ? key : `${key.slice(0, AFTER_ID + 1)}.${bytes}.${rows.length}`
}

/** Rows as IndexedDB keeps them: each text after its key. */
export function bundle(rows: readonly Row[]): string[] {
  return rows.flatMap(({ key, json }) => [key, json])
}

/** The rows of what was kept. Another version of this code may have stored an event as it is. */
export function unbundle(key: string, value: unknown): Row[] {
  if (!Array.isArray(value))
    return value === undefined ? [] : [{ key, json: typeof value === 'string' ? value : JSON.stringify(value) }]
  return value.flatMap((part: string, index) => (index % 2 ? [] : [{ key: part, json: value[index + 1] as string }]))
}

/** The size of a text in bytes of UTF-8. */
export function byteLength(text: string): number {
  // Encoding takes long, and most texts need none.
  return /[^\0-\x7f]/.test(text) ? new TextEncoder().encode(text).length : text.length
}
