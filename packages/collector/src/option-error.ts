import { inWords } from './in-words.ts'

/** The error for an option that cannot be used: which one, what was expected, what came, and how to mend it. */
export function optionError(option: string, expected: string, got: unknown, remedy: string): TypeError {
  return new TypeError(`${option}: expected ${expected}, got ${inWords(got)}. ${remedy}`)
}
