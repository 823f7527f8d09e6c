// Control characters, and those that turn the direction of writing, hide, or break a line.
const UNSAFE =
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]|[\u{e0000}-\u{e007f}]/gu

/**
 * Text from strangers, made safe to show: what could move the cursor of a terminal, colour it, or turn the direction of
 * writing is replaced by U+FFFD. Half a surrogate pair is too.
 * @param longest how many characters are kept, the last of them an ellipsis where some are cut. Default: all.
 */
export function printable(text: string, longest: number = Infinity): string {
  if (text.length <= longest) return text.replace(UNSAFE, '\ufffd')
  // A character is at most two code units, so the first 2 n hold n characters: no need to read a megabyte.
  const shown = Array.from(text.slice(0, 2 * longest).replace(UNSAFE, '\ufffd'))
  return shown.length <= longest && text.length <= 2 * longest
    ? shown.join('')
    : `${shown.slice(0, Math.max(0, longest - 1)).join('')}…`
}

/** How much of a name fits into a table on a terminal. */
export const LONGEST_SHOWN_NAME = 60

/**
 * JSON text, in which what `printable` would replace is written as an escape: nothing is lost, and nothing of it moves
 * the cursor of a terminal it is shown on.
 */
export function printableJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(UNSAFE, character =>
    // A line break can only be one between lines: those in text are escaped already.
    character === '\n'
      ? character
      : Array.from({ length: character.length }, (_, at) => escaped(character, at)).join(''),
  )
}

function escaped(character: string, at: number): string {
  return `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`
}
