import { isUtf8 } from 'node:buffer'

/** What stands in a path where a channel should. */
export const EMPTY_STEP = -1
const NOT_AVAILABLE = -2
const NOT_UTF8 = -3

/** What R and others write where there is nothing. As a name of a channel it would be credited for being missing. */
const MISSING = 'NA'

/** Channel names by their bytes: a name is made a string once, and not for each touch. */
export interface NameTable {
  /**
   * The number of the name that lies from `start` up to, without, `end`; below 0 where it is none.
   * @param hash of these bytes, by `hashWith` from `HASH_SEED` on.
   */
  entryOf(bytes: Uint8Array, start: number, end: number, hash: number): number
  /** The name behind a number of 0 or more. */
  nameOf(entry: number): string
}

export const HASH_SEED: number = 0x811c9dc5 | 0

/** One byte more: FNV-1a. */
export function hashWith(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, 0x01000193)
}

export function createNameTable(): NameTable {
  const names: string[] = []
  // Of each distinct spelling: its hash, its bytes in `arena`, and the number that is given for it.
  let hashes = new Int32Array(64)
  let ends = new Uint32Array(65)
  let numbers = new Int32Array(64)
  let spellings = 0
  let arena = new Uint8Array(4096)
  let slots = new Int32Array(256)

  function isAt(spelling: number, bytes: Uint8Array, start: number, end: number): boolean {
    const own = ends[spelling]!
    if (ends[spelling + 1]! - own !== end - start) return false
    for (let at = start; at < end; at++) if (arena[own + at - start] !== bytes[at]) return false
    return true
  }

  function add(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const from = ends[spellings]!
    const to = from + end - start
    if (to > arena.length) arena = copyOf(arena, new Uint8Array(Math.max(to, 2 * arena.length)))
    if (spellings === hashes.length) {
      hashes = copyOf(hashes, new Int32Array(2 * spellings))
      numbers = copyOf(numbers, new Int32Array(2 * spellings))
      ends = copyOf(ends, new Uint32Array(2 * spellings + 1))
    }
    const spelled = bytes.subarray(start, end)
    arena.set(spelled, from)
    ends[spellings + 1] = to
    hashes[spellings] = hash
    numbers[spellings] = numberOf(spelled)
    spellings++
    if (4 * spellings > slots.length) rehash()
    else place(spellings - 1)
    return numbers[spellings - 1]!
  }

  function numberOf(spelled: Uint8Array): number {
    const text = Buffer.from(spelled.buffer, spelled.byteOffset, spelled.length).toString('utf8')
    if (text.includes('\uFFFD') && !isUtf8(spelled)) return NOT_UTF8
    const name = text.trim()
    return stepFault(name) ?? names.push(name) - 1
  }

  function place(spelling: number): void {
    let slot = hashes[spelling]! & (slots.length - 1)
    while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1)
    slots[slot] = spelling + 1
  }

  function rehash(): void {
    slots = new Int32Array(4 * slots.length)
    for (let spelling = 0; spelling < spellings; spelling++) place(spelling)
  }

  return {
    entryOf(bytes, start, end, hash) {
      const mixed = hash ^ (hash >>> 15)
      let slot = mixed & (slots.length - 1)
      for (let entry = slots[slot]!; entry !== 0; entry = slots[slot]!) {
        if (hashes[entry - 1] === mixed && isAt(entry - 1, bytes, start, end)) return numbers[entry - 1]!
        slot = (slot + 1) & (slots.length - 1)
      }
      return add(bytes, start, end, mixed)
    },
    nameOf: entry => names[entry]!,
  }
}

/** Why a trimmed step of a path is no channel; undefined where it is one. */
export function stepFault(name: string): number | undefined {
  return name === '' ? EMPTY_STEP : name === MISSING ? NOT_AVAILABLE : undefined
}

/** In words. `step` is from 1, of so many. */
export function stepFaultInWords(fault: number, step: number, steps: number): string {
  if (steps === 1) {
    if (fault === EMPTY_STEP) return 'a path without touches'
    if (fault === NOT_AVAILABLE) return `a path without touches: it is ${MISSING}`
  }
  if (fault === EMPTY_STEP) return `step ${step} of the path is empty`
  if (fault === NOT_AVAILABLE) return `step ${step} of the path is ${MISSING}`
  return `step ${step} of the path is not UTF-8`
}

function copyOf<Numbers extends Int32Array | Uint32Array | Uint8Array>(from: Numbers, to: Numbers): Numbers {
  to.set(from)
  return to
}
