import { glimpse } from './in-words.ts'

const LONGEST_LIST = 20

/** The fields of what came that are not in what was read of it: `touch.click_ids.newclid`. Each once, and not many. */
export function ignoredFields(pairs: Iterable<readonly [input: unknown, read: unknown]>): string[] {
  const names = new Set<string>()
  for (const [input, read] of pairs) collect(input, read, '', names)
  return [...names]
}

function collect(input: unknown, read: unknown, prefix: string, names: Set<string>): void {
  // What was taken over as it is has no field too many.
  if (input === read || !isRecord(input) || !isRecord(read)) return
  for (const [key, value] of Object.entries(input)) {
    if (names.size >= LONGEST_LIST) return
    if (Object.hasOwn(read, key)) collect(value, read[key], `${prefix}${key}.`, names)
    else names.add(glimpse(prefix + key))
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
