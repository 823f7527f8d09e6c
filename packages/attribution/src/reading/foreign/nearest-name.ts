/** The one of `names` that a mistyped `name` was most likely meant to be; undefined where none is near. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  const wanted = plain(name)
  let nearest: string | undefined
  let least = Math.max(2, Math.floor(wanted.length / 3)) + 1
  for (const candidate of names) {
    const other = plain(candidate)
    const distance =
      other !== '' && (wanted.includes(other) || other.includes(wanted)) ? 1 : editDistance(wanted, other)
    if (distance < least) [nearest, least] = [candidate, distance]
  }
  return nearest
}

function plain(name: string): string {
  return name
    .slice(0, 64)
    .toLowerCase()
    .replace(/[\s_.-]/g, '')
}

/** How many letters must be changed, added or left out (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const changed = row[j - 1]! + Number(a[i - 1] !== b[j - 1])
      next.push(Math.min(changed, row[j]! + 1, next[j - 1]! + 1))
    }
    row = next
  }
  return row[b.length]!
}
