/** Remembers which UUIDs have been there. */
export interface SeenIds {
  /** Whether `id`, a UUID in lower case, is new; from now on it is not. */
  add(id: string): boolean
}

/**
 * A set of UUIDs as the 128-bit numbers they are. It takes 16 bytes a place and is at most three quarters full, so
 * 22 to 43 bytes an id: a third of a `Set` of strings, which moreover ends at 16.7 million.
 */
export function createSeenIds(): SeenIds {
  // Unknown to whoever makes the ids: nobody can choose them so that all want the same place.
  const seed = Math.floor(Math.random() * 2 ** 32)
  let places = 1024
  let words = new Uint32Array(places * 4)
  let count = 0
  // Four zeros mean a free place, so the nil UUID is noted apart.
  let nilSeen = false

  const put = (a: number, b: number, c: number, d: number): boolean => {
    for (let place = hash(a, b, c, d, seed) & (places - 1); ; place = (place + 1) & (places - 1)) {
      const at = place * 4
      if (words[at] === a && words[at + 1] === b && words[at + 2] === c && words[at + 3] === d) return false
      if ((words[at]! | words[at + 1]! | words[at + 2]! | words[at + 3]!) !== 0) continue
      words[at] = a
      words[at + 1] = b
      words[at + 2] = c
      words[at + 3] = d
      return true
    }
  }
  const grow = () => {
    const old = words
    places *= 2
    words = new Uint32Array(places * 4)
    for (let at = 0; at < old.length; at += 4) {
      const [a, b, c, d] = [old[at]!, old[at + 1]!, old[at + 2]!, old[at + 3]!]
      if ((a | b | c | d) !== 0) put(a, b, c, d)
    }
  }

  return {
    add(id) {
      const a = hexWord(id, 0, 8)
      const b = ((hexWord(id, 9, 4) << 16) | hexWord(id, 14, 4)) >>> 0
      const c = ((hexWord(id, 19, 4) << 16) | hexWord(id, 24, 4)) >>> 0
      const d = hexWord(id, 28, 8)
      if ((a | b | c | d) === 0) {
        const isNew = !nilSeen
        nilSeen = true
        return isNew
      }
      if (count >= places * 0.75) grow()
      const isNew = put(a, b, c, d)
      if (isNew) count++
      return isNew
    },
  }
}

function hexWord(id: string, at: number, digits: number): number {
  let word = 0
  for (let index = at; index < at + digits; index++) {
    const code = id.charCodeAt(index)
    word = (word << 4) | (code <= 57 ? code - 48 : code - 87)
  }
  return word >>> 0
}

// The mixing steps of MurmurHash3 (Austin Appleby, public domain).
function hash(a: number, b: number, c: number, d: number, seed: number): number {
  let mixed = seed
  for (const word of [a, b, c, d]) {
    let next = Math.imul(word, 0xcc9e2d51)
    next = Math.imul((next << 15) | (next >>> 17), 0x1b873593)
    mixed ^= next
    mixed = (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0
  }
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
