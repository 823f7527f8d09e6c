/** A sealed event as the outbox keeps it. */
export interface Row {
  /** A UUIDv7, the event's rank and its size in bytes, joined by points: rows sort by time, and a key tells enough. */
  readonly key: string
  /** The envelope. */
  readonly json: string
}

/** `rank`: when room is short, rows of a lower rank are given up first. */
export function createRow(id: string, rank: number, text: string): Row {
  // Half of a surrogate pair, which JSON writes as `\udXXX`, cannot be sent as UTF-8.
  const json = text.replace(/\\(ud...|.)/g, (escape, code: string) => (code[1] ? '\ufffd' : escape))
  return { key: `${id}.${rank}.${byteLength(json)}`, json }
}

export function rankOf(key: string): number {
  return Number(key.split('.')[1])
}

/** The size of a row in bytes. */
export function sizeOf(key: string): number {
  return Number(key.split('.')[2])
}

/** The size of a text in bytes of UTF-8. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}
