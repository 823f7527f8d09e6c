import { timeZoneOf } from '../../time-zone.ts'
import type { TimeUnit } from './event-mapping.ts'

/** Milliseconds since the epoch, or undefined for what is no time. */
export type ReadTime = (value: unknown) => number | undefined

const UNIT_MS: Readonly<Record<TimeUnit, number>> = { s: 1_000, ms: 1, us: 1e-3, ns: 1e-6 }

/**
 * Reads times: ISO 8601 texts (`2026-01-31T10:00:00+07:00`, with a blank for the T, with ` UTC` at the end as BigQuery
 * writes it, or a day alone, which is its first moment), numbers in `unit`, and dates. A text without a zone is local
 * time in `timeZone`; of an hour that the clock skips or repeats there, the offset before the change counts.
 */
export function timeReader(unit: TimeUnit | undefined, timeZone: string): ReadTime {
  const zoneOfTexts = timeZoneOf(timeZone)
  const ofNumber = (number: number): number | undefined => {
    const scale = unit ? UNIT_MS[unit] : scaleOf(Math.abs(number))
    return scale === undefined ? undefined : Math.floor(scale < 1 ? number / (1 / scale) : number * scale)
  }

  return value => {
    if (typeof value === 'number') return ofNumber(value)
    if (typeof value === 'bigint') return ofNumber(Number(value))
    if (value instanceof Date) return value.getTime()
    if (typeof value !== 'string') return undefined
    const text = value.trim()
    if (/^\d+(\.\d+)?$/.test(text)) return ofNumber(Number(text))
    const parts = ISO.exec(text)
    if (!parts) return undefined
    const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] = parts
    const local = Date.UTC(+year!, +month! - 1, +day!, +hour, +minute, +second)
    // Date.UTC reads the 31st of February as a day in March.
    if (new Date(local).getUTCDate() !== +day! || +month! > 12 || +hour > 23 || +minute > 59 || +second > 59) {
      return undefined
    }
    const exact = local + Math.floor(Number(`0.${fraction || 0}`) * 1_000)
    if (zone === undefined) return zoneOfTexts.moment(exact)
    return /^[+-]/.test(zone) ? exact - offsetOf(zone) : exact
  }
}

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)? ?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?$/i

function offsetOf(zone: string): number {
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0')
  const ms = (+digits.slice(0, 2) * 60 + +digits.slice(2)) * 60_000
  return zone.startsWith('-') ? -ms : ms
}

/** How many milliseconds one is, told from the size; undefined where the size does not tell. */
function scaleOf(number: number): number | undefined {
  if (number < 1e8) return undefined
  if (number < 1e11) return UNIT_MS.s
  if (number < 1e14) return UNIT_MS.ms
  if (number < 1e17) return UNIT_MS.us
  return number < 1e20 ? UNIT_MS.ns : undefined
}
