import { z } from 'zod'
import { eachPath } from './counted-paths.ts'
import type { CountedPath, CountedPaths, PathTotals } from './counted-paths.ts'

/** What came of journeys. Fractions and negative amounts (refunds, corrections) are allowed. */
export interface PathOutcome {
  /** How many of them converted; 0 where it is left out. */
  readonly conversions?: number
  /** What those conversions were worth, in one currency for the whole store; 0 where it is left out. */
  readonly value?: number
  /** How many of them did not convert; 0 where it is left out. */
  readonly nulls?: number
  /** The sum of the squares of the conversions' values. Where it is left out, all are taken to be worth the same. */
  readonly squares?: number
}

/** What `JSON.stringify` makes of a path store. `pathStoreFromJSON` reads it again. */
export interface PathStoreJSON {
  readonly version: 1
  readonly channels: readonly string[]
  readonly paths: readonly (CountedPath & { readonly squares?: number })[]
}

/**
 * Distinct paths and how often each was taken: all that a path model needs to know, however many journeys there were.
 * Paths are in the order in which they were first added. The arrays show the store as it is: adding more makes them
 * out of date.
 */
export interface PathStore extends CountedPaths {
  /** The id of a channel, which is given one if it has none. Any string is a name. */
  idOf(channel: string): number
  /**
   * Counts journeys that touched these channels, in order of time.
   * @throws RangeError if an amount, or its sum so far, is not a finite number. Nothing is counted then.
   */
  add(touches: readonly string[], outcome: PathOutcome): void
  /** As `add`, with ids that `idOf` gave; of `ids` only the first `length` count. */
  addIds(ids: ArrayLike<number>, length: number, outcome: PathOutcome): void
  /** Counts everything that `other` has counted. The two need not have met the channels in the same order. */
  merge(other: CountedPaths): void
  toJSON(): PathStoreJSON
}

/** Creates an empty path store. Its memory grows with the distinct paths: 4 bytes a touch and some 50 a path. */
export function createPathStore(): PathStore {
  const channels: string[] = []
  const idOfChannel = new Map<string, number>()
  let size = 0
  let touches = new Int32Array(1024)
  let starts = new Uint32Array(257)
  let hashes = new Int32Array(256)
  let counts = createCounts(256)
  // Open addressing: a path's number + 1 in the first free slot from where its hash points to.
  let slots = new Int32Array(1024)
  const totals = { conversions: 0, value: 0, nulls: 0 }
  let scratch = new Int32Array(64)

  function idOf(channel: string): number {
    const known = idOfChannel.get(channel)
    if (known !== undefined) return known
    idOfChannel.set(channel, channels.length)
    return channels.push(channel) - 1
  }

  function rowOf(ids: ArrayLike<number>, length: number): number {
    const hash = hashOf(ids, length)
    let slot = hash & (slots.length - 1)
    for (let entry = slots[slot]!; entry !== 0; entry = slots[slot]!) {
      if (hashes[entry - 1] === hash && isAt(entry - 1, ids, length)) return entry - 1
      slot = (slot + 1) & (slots.length - 1)
    }
    return append(ids, length, hash, slot)
  }

  function isAt(row: number, ids: ArrayLike<number>, length: number): boolean {
    const start = starts[row]!
    if (starts[row + 1]! - start !== length) return false
    for (let at = 0; at < length; at++) if (touches[start + at] !== ids[at]) return false
    return true
  }

  function append(ids: ArrayLike<number>, length: number, hash: number, slot: number): number {
    const row = size++
    if (size === starts.length) {
      starts = larger(starts, 2 * size + 1)
      hashes = larger(hashes, 2 * size)
      counts = {
        conversions: larger(counts.conversions, 2 * size),
        value: larger(counts.value, 2 * size),
        squares: larger(counts.squares, 2 * size),
        nulls: larger(counts.nulls, 2 * size),
      }
    }
    const start = starts[row]!
    if (start + length > touches.length) touches = larger(touches, Math.max(2 * touches.length, start + length))
    for (let at = 0; at < length; at++) touches[start + at] = ids[at]!
    starts[row + 1] = start + length
    hashes[row] = hash
    slots[slot] = row + 1
    if (2 * size > slots.length) rehash()
    return row
  }

  function rehash(): void {
    slots = new Int32Array(2 * slots.length)
    for (let row = 0; row < size; row++) {
      let slot = hashes[row]! & (slots.length - 1)
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1)
      slots[slot] = row + 1
    }
  }

  /** @throws RangeError if these amounts cannot be counted. */
  function check(outcome: PathOutcome): void {
    const { conversions = 0, value = 0, nulls = 0 } = outcome
    sumOf('conversions', totals.conversions, conversions)
    sumOf('value', totals.value, value)
    sumOf('nulls', totals.nulls, nulls)
    squaresOf(outcome)
  }

  /** Makes all sums before it writes any, so that a refused amount leaves no trace. */
  function count(
    ids: ArrayLike<number>,
    length: number,
    conversions: number,
    value: number,
    nulls: number,
    squares: number,
  ): void {
    const allConversions = sumOf('conversions', totals.conversions, conversions)
    const allValue = sumOf('value', totals.value, value)
    const allNulls = sumOf('nulls', totals.nulls, nulls)
    const row = rowOf(ids, length)
    const ofPath = sumOf('conversions', counts.conversions[row]!, conversions)
    const valueOfPath = sumOf('value', counts.value[row]!, value)
    counts.nulls[row] = sumOf('nulls', counts.nulls[row]!, nulls)
    counts.conversions[row] = ofPath
    counts.value[row] = valueOfPath
    // Squares only say how much values differ: where no number holds them, the largest there is says enough.
    counts.squares[row] = Math.min(counts.squares[row]! + squares, Number.MAX_VALUE)
    totals.conversions = allConversions
    totals.value = allValue
    totals.nulls = allNulls
  }

  function addIds(ids: ArrayLike<number>, length: number, outcome: PathOutcome): void {
    const { conversions = 0, value = 0, nulls = 0 } = outcome
    count(ids, length, conversions, value, nulls, squaresOf(outcome))
  }

  const store: PathStore = {
    channels,
    get size() {
      return size
    },
    get totals() {
      return { ...totals }
    },
    get starts() {
      return starts.subarray(0, size + 1)
    },
    get touches() {
      return touches.subarray(0, starts[size])
    },
    get counts() {
      return {
        conversions: counts.conversions.subarray(0, size),
        value: counts.value.subarray(0, size),
        squares: counts.squares.subarray(0, size),
        nulls: counts.nulls.subarray(0, size),
      }
    },
    idOf,
    add(names, outcome) {
      // Before any name is given an id: what is refused leaves nothing behind.
      check(outcome)
      if (names.length > scratch.length) scratch = new Int32Array(2 * names.length)
      for (const [at, name] of names.entries()) scratch[at] = idOf(name)
      addIds(scratch, names.length, outcome)
    },
    addIds,
    merge(other) {
      check(other.totals)
      const ids = Int32Array.from(other.channels, idOf)
      const { size: others, starts: from, touches: theirs, counts: amounts } = other
      for (let row = 0; row < others; row++) {
        const start = from[row]!
        const length = from[row + 1]! - start
        if (length > scratch.length) scratch = new Int32Array(2 * length)
        for (let at = 0; at < length; at++) scratch[at] = ids[theirs[start + at]!]!
        const { conversions, value, nulls, squares } = amounts
        count(scratch, length, conversions[row]!, value[row]!, nulls[row]!, squares[row]!)
      }
    },
    toJSON: () => ({
      version: 1,
      channels: [...channels],
      paths: Array.from(eachPath(starts, touches, counts, size), (path, row) => ({
        ...path,
        squares: counts.squares[row]!,
      })),
    }),
    [Symbol.iterator]: () => eachPath(starts, touches, counts, size),
  }
  return store
}

/**
 * Reads a path store that was written with `JSON.stringify`.
 * @param json the parsed JSON; it may come from anywhere and is checked.
 * @throws TypeError that says what in it is not as expected.
 */
export function pathStoreFromJSON(json: unknown): PathStore {
  const stored = storedPathsSchema.safeParse(json)
  if (!stored.success) {
    const faults = z.prettifyError({ issues: stored.error.issues.slice(0, 3) })
    throw new TypeError(`pathStoreFromJSON: this is not a stored path store\n${faults}`)
  }
  const { channels, paths } = stored.data
  const store = createPathStore()
  const ids = channels.map(name => store.idOf(name))
  for (const [row, { touches, squares, ...outcome }] of paths.entries()) {
    const unknown = touches.find(id => id >= channels.length)
    if (unknown !== undefined) {
      throw new TypeError(`pathStoreFromJSON: path ${row} has channel ${unknown}, but there are ${channels.length}`)
    }
    store.addIds(
      touches.map(id => ids[id]!),
      touches.length,
      squares === undefined ? outcome : { ...outcome, squares },
    )
  }
  return store
}

const storedPathsSchema = z.object({
  version: z.literal(1),
  channels: z.array(z.string()),
  paths: z.array(
    z.object({
      touches: z.array(z.int().nonnegative()),
      conversions: z.number(),
      value: z.number(),
      nulls: z.number(),
      squares: z.number().optional(),
    }),
  ),
})

function squaresOf({ conversions = 0, value = 0, squares }: PathOutcome): number {
  if (squares === undefined) return conversions === 0 ? value * value : (value * value) / Math.abs(conversions)
  if (squares >= 0) return squares
  throw new RangeError(`PathStore.add: \`squares\` must be a number of 0 or more, got ${squares}`)
}

function sumOf(name: keyof PathTotals, counted: number, amount: number): number {
  if (!Number.isFinite(amount)) {
    throw new RangeError(`PathStore.add: \`${name}\` must be a finite number, got ${amount}`)
  }
  const total = counted + amount
  if (!Number.isFinite(total)) throw new RangeError(`PathStore.add: the sum of \`${name}\` is too large for a number`)
  return total
}

/** FNV-1a over the ids, finished so that its low bits depend on all of them. */
function hashOf(ids: ArrayLike<number>, length: number): number {
  let hash = 0x811c9dc5 ^ length
  for (let at = 0; at < length; at++) hash = Math.imul(hash ^ ids[at]!, 0x01000193)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x2c1b3c6d)
  return hash ^ (hash >>> 13)
}

function createCounts(length: number) {
  return {
    conversions: new Float64Array(length),
    value: new Float64Array(length),
    squares: new Float64Array(length),
    nulls: new Float64Array(length),
  }
}

function larger<Numbers extends Float64Array | Int32Array | Uint32Array>(numbers: Numbers, length: number): Numbers {
  const copy = new (numbers.constructor as new (length: number) => Numbers)(length)
  copy.set(numbers)
  return copy
}
