import { shownName } from '../words/shown-name.ts'

const WRITTEN_LEFTWARD = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u

/**
 * A name to stand within a sentence. One that is written from right to left is kept apart from what follows: a number
 * after it would be drawn before it otherwise.
 */
export function isolatedName(text: string, most: number = 40): string {
  const name = shownName(text, most)
  return WRITTEN_LEFTWARD.test(name) ? `\u2068${name}\u2069` : name
}
