import { printable } from '../../results/output/printable.ts'

const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** How much room a character may take in code units: flags and faces need some, towers of accents none. */
const LARGEST_CHARACTER = 8

/** Stands for a name that is empty or only space. */
const NO_NAME = '–'

/**
 * A name from the data, made fit for a page: nothing in it turns the direction of writing, breaks a line or hides, and
 * of a long one the beginning is kept with an ellipsis. Cut between characters as people see them, not within one.
 */
export function shownName(text: string, most: number = 40): string {
  const start = printable(text.slice(0, most * LARGEST_CHARACTER + 1))
    .replace(/\s+/g, ' ')
    .trim()
  if (start === '') return NO_NAME
  const shown: string[] = []
  for (const { segment } of characters.segment(start)) {
    if (shown.length === most) return cut(shown)
    if (segment.length > LARGEST_CHARACTER) return cut([...shown, segment.slice(0, 2)])
    shown.push(segment)
  }
  return text.length > most * LARGEST_CHARACTER + 1 ? cut(shown) : shown.join('')
}

function cut(shown: readonly string[]): string {
  return `${shown.slice(0, -1).join('').trimEnd()}…`
}
