/**
 * Whether a text is as a pattern says, `*` standing for anything. Goes by pieces, not by a regular expression: it is
 * never slow, whatever pattern and text are.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  const [start = '', ...rest] = pattern.split('*')
  const end = rest.pop()
  if (end === undefined) return pattern === text
  if (!text.startsWith(start)) return false

  let at = start.length
  for (const piece of rest) {
    const found = text.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return text.length - at >= end.length && text.endsWith(end)
}
