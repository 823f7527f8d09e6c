import { z } from 'zod'

/** What came of journeys. Fractions and negative amounts (refunds, corrections) are allowed. */
export interface PathOutcome {
  /** How many of them converted; 0 where it is left out. */
  readonly conversions?: number
  /** What those conversions were worth, in one currency for the whole store; 0 where it is left out. */
  readonly value?: number
  /** How many of them did not convert; 0 where it is left out. */
  readonly nulls?: number
}

export type PathTotals = Required<PathOutcome>

/** A path that was taken at least once, with what came of all who took it. */
export interface CountedPath extends PathTotals {
  /** The ids of its channels in order of time: positions in `PathStore.channels`. Empty for a path without touches. */
  readonly touches: readonly number[]
}

/** What `JSON.stringify` makes of a path store. `pathStoreFromJSON` reads it again. */
export interface PathStoreJSON {
  readonly version: 1
  readonly channels: readonly string[]
  readonly paths: readonly CountedPath[]
}

/**
 * Distinct paths and how often each was taken: all that a path model needs to know, however many journeys there were.
 * Iterating gives the paths in the order in which they were first added.
 */
export interface PathStore extends Iterable<CountedPath> {
  /** The names of the channels by id. "Channel" stands for whatever the touches are grouped by. */
  readonly channels: readonly string[]
  /** The number of distinct paths. */
  readonly size: number
  /** The sums over all paths. */
  readonly totals: PathTotals
  /**
   * Counts journeys that touched these channels, in order of time. Any string is a name.
   * @throws RangeError if an amount, or its sum so far, is not a finite number. Nothing is counted then.
   */
  add(touches: readonly string[], outcome: PathOutcome): void
  /** Counts everything that `other` has counted. The two need not have met the channels in the same order. */
  merge(other: PathStore): void
  toJSON(): PathStoreJSON
}

/** Creates an empty path store. Its memory grows with the number of distinct paths, at one or two bytes a touch. */
export function createPathStore(): PathStore {
  const channels: string[] = []
  const idOfChannel = new Map<string, number>()
  const totalsOfPath = new Map<string, PathTotals>()
  let totals: PathTotals = { conversions: 0, value: 0, nulls: 0 }

  function idOf(channel: string): number {
    const known = idOfChannel.get(channel)
    if (known !== undefined) return known
    idOfChannel.set(channel, channels.length)
    return channels.push(channel) - 1
  }

  function* paths(): Generator<CountedPath> {
    for (const [key, counted] of totalsOfPath) yield { touches: idsOf(key), ...counted }
  }

  const store: PathStore = {
    channels,
    get size() {
      return totalsOfPath.size
    },
    get totals() {
      return totals
    },
    add(touches, outcome) {
      const newTotals = sumOf(totals, outcome)
      const key = keyOf(touches.map(idOf))
      totalsOfPath.set(key, sumOf(totalsOfPath.get(key), outcome))
      totals = newTotals
    },
    merge(other) {
      for (const { touches, ...outcome } of other) store.add(namesOf(touches, other.channels), outcome)
    },
    toJSON: () => ({ version: 1, channels: [...channels], paths: [...paths()] }),
    [Symbol.iterator]: paths,
  }
  return store
}

/** The names behind the ids of a path. */
export function namesOf(touches: readonly number[], channels: readonly string[]): string[] {
  return touches.map(id => channels[id] as string)
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
  for (const [row, { touches, ...outcome }] of paths.entries()) {
    const unknown = touches.find(id => id >= channels.length)
    if (unknown !== undefined) {
      throw new TypeError(`pathStoreFromJSON: path ${row} has channel ${unknown}, but there are ${channels.length}`)
    }
    store.add(namesOf(touches, channels), outcome)
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
    }),
  ),
})

const NOTHING: PathTotals = { conversions: 0, value: 0, nulls: 0 }

function sumOf(counted: PathTotals = NOTHING, outcome: PathOutcome): PathTotals {
  const sum = (name: keyof PathTotals): number => {
    const amount = outcome[name] ?? 0
    if (!Number.isFinite(amount)) {
      throw new RangeError(`PathStore.add: \`${name}\` must be a finite number, got ${amount}`)
    }
    const total = counted[name] + amount
    if (!Number.isFinite(total)) throw new RangeError(`PathStore.add: the sum of \`${name}\` is too large for a number`)
    return total
  }
  return { conversions: sum('conversions'), value: sum('value'), nulls: sum('nulls') }
}

// A path is kept as one string, which is its key and its content at once: one code unit for each of the first 32,768
// channels, two (the first of them with its highest bit set) for channels beyond those.
const SINGLE_UNIT_IDS = 0x8000

function keyOf(ids: readonly number[]): string {
  let key = ''
  for (const id of ids) {
    key +=
      id < SINGLE_UNIT_IDS
        ? String.fromCharCode(id)
        : String.fromCharCode(SINGLE_UNIT_IDS | (id >>> 15), id & (SINGLE_UNIT_IDS - 1))
  }
  return key
}

function idsOf(key: string): number[] {
  const ids: number[] = []
  for (let at = 0; at < key.length; at++) {
    const unit = key.charCodeAt(at)
    if (unit < SINGLE_UNIT_IDS) ids.push(unit)
    else ids.push(((unit & (SINGLE_UNIT_IDS - 1)) << 15) | key.charCodeAt(++at))
  }
  return ids
}
