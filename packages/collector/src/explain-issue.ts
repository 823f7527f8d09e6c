import type { z } from 'zod'
import { fieldPath } from './clean-json.ts'
import { inWords } from './in-words.ts'

type Issue = z.core.$ZodIssue

/** What a value is part of, and where in that. */
export interface Place {
  readonly whole: 'batch' | 'event'
  readonly path?: readonly string[]
}

/** What is wrong with a value, for a person to read: `properties.value: expected number, got string "12"`. */
export function explainError(error: z.ZodError, input: unknown, place: Place): string {
  const issue = error.issues[0]
  if (!issue) return error.message
  const got = issue.path.reduce<unknown>(valueAt, input)
  const path = [...(place.path ?? []), ...issue.path]
  return `${fieldPath(path, place.whole)}: expected ${expectedBy(issue)}, got ${inWords(got)}`
}

function expectedBy(issue: Issue): string {
  if (issue.code === 'invalid_type') return TYPE_NAMES[issue.expected] ?? issue.expected
  if (issue.code === 'invalid_value') return listed(issue.values.map(value => JSON.stringify(value)))
  if (issue.code === 'too_big') return `at most ${amount(issue.maximum, issue.origin)}`
  if (issue.code === 'too_small') return `at least ${amount(issue.minimum, issue.origin)}`
  if (issue.code === 'invalid_format') return FORMAT_NAMES[issue.format] ?? issue.message.replace(/^expected /, '')
  if (issue.code === 'invalid_union')
    return listed([...new Set(issue.errors.flatMap(([first]) => (first ? [expectedBy(first)] : [])))])
  return issue.message
}

const TYPE_NAMES: Readonly<Partial<Record<string, string>>> = {
  int: 'a whole number',
  record: 'an object',
  object: 'an object',
  array: 'a list',
}

const FORMAT_NAMES: Readonly<Partial<Record<string, string>>> = {
  guid: 'a UUID',
  date: 'a date such as 2026-11-21',
  datetime: 'a time such as 2026-11-21T09:30:00+07:00',
}

function amount(limit: number | bigint, origin: string): string {
  if (origin === 'string') return limit === 1 ? '1 character' : `${limit} characters`
  return origin === 'array' ? `${limit} entries` : String(limit)
}

function listed(words: readonly string[]): string {
  const shown = words.length > 8 ? [...words.slice(0, 7), '…'] : words
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}` : `${shown[0]}`
}

function valueAt(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<PropertyKey, unknown>)[key]
    : undefined
}
