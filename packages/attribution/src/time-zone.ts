/** The clocks on the walls of a time zone. */
export interface TimeZone {
  /**
   * What they show at a moment (milliseconds since the epoch), as the milliseconds since 1970 began on them: the UTC
   * methods of `Date` tell its day and hour.
   */
  wallTime(moment: number): number
  /** When they show it. Of an hour that they skip or repeat, the offset before the change counts. */
  moment(wallTime: number): number
}

const UTC: TimeZone = { wallTime: moment => moment, moment: wallTime => wallTime }

/** Zones differ, and change, by quarters of an hour. */
const QUARTER_MS = 15 * 60_000
const DAY_MS = 86_400_000

/**
 * @param name IANA's, such as `Asia/Jakarta`.
 * @throws {RangeError} for a name that is none.
 */
export function timeZoneOf(name: string): TimeZone {
  if (name === 'UTC') return UTC
  const offsetAt = ofQuarters(offsetsOf(name))
  const offsetBefore = ofQuarters(wallTime => {
    const before = offsetAt(wallTime - DAY_MS)
    const guess = offsetAt(wallTime - before)
    // Both readings of a repeated hour fit; of a skipped one neither does.
    return offsetAt(wallTime - before) === before ? before : offsetAt(wallTime - guess) === guess ? guess : before
  })
  return {
    wallTime: moment => moment + offsetAt(moment),
    moment: wallTime => wallTime - offsetBefore(wallTime),
  }
}

/** Asking `Intl` takes microseconds, and the moments of a log share their quarters. */
function ofQuarters(offsetAt: (time: number) => number): (time: number) => number {
  const known = new Map<number, number>()
  let last = NaN
  let offset = 0
  return time => {
    const quarter = Math.floor(time / QUARTER_MS)
    if (quarter === last) return offset
    last = quarter
    offset = known.get(quarter) ?? offsetAt(quarter * QUARTER_MS)
    known.set(quarter, offset)
    return offset
  }
}

/** The offset from UTC that a zone has at a moment, in milliseconds. */
function offsetsOf(timeZone: string): (time: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  return time => {
    const parts = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]))
    const { year, month, day, hour, minute, second } = parts as Record<string, number>
    const whole = Math.floor(time / 1_000) * 1_000
    return Date.UTC(year!, month! - 1, day, hour, minute, second) - whole
  }
}
