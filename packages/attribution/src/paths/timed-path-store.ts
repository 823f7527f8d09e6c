import type { Journey } from '../journey.ts'
import { eachPath } from './counted-paths.ts'
import type { PathTotals } from './counted-paths.ts'
import type { PathOutcome } from './path-store.ts'
import type { TimedPaths } from './timed-paths.ts'

/** A touch by the name it is grouped by, such as its channel, and its time in milliseconds since the epoch. */
export interface MomentOfTouch {
  readonly channel: string
  readonly time: number
}

/**
 * Journeys with the times of their touches, in the order in which they were added. The arrays show the store as it is:
 * adding more makes them out of date.
 */
export interface TimedPathStore extends TimedPaths {
  /** The id of a channel, which is given one if it has none. Any string is a name. */
  idOf(channel: string): number
  /**
   * Adds one journey, or several that went alike.
   * @param touches in order of time.
   * @param end when it converted, or until when it is known not to have: see `endOfJourney`.
   * @throws RangeError if a time, an amount, or its sum so far is not a finite number. Nothing is added then.
   */
  add(touches: readonly MomentOfTouch[], end: number, outcome: PathOutcome): void
  /** As `add`, with ids that `idOf` gave; of `ids` and `times` only the first `length` count. */
  addIds(ids: ArrayLike<number>, times: ArrayLike<number>, length: number, end: number, outcome: PathOutcome): void
  /** Adds every journey of `other`. The two need not have met the channels in the same order. */
  merge(other: TimedPaths): void
}

/**
 * When a journey ended for a model that goes by time: when it converted, else until when it was watched; where that is
 * not known, at its last touch, as nothing is known of it after that.
 */
export function endOfJourney({ conversion, until, touches }: Journey): number {
  return conversion?.time ?? until ?? touches.at(-1)?.time ?? 0
}

/** Creates an empty store of journeys with times. Its memory: 12 bytes a touch and some 44 a journey. */
export function createTimedPathStore(): TimedPathStore {
  const channels: string[] = []
  const idOfChannel = new Map<string, number>()
  let size = 0
  let touches = new Int32Array(1024)
  let times = new Float64Array(1024)
  let starts = new Uint32Array(257)
  let ends = new Float64Array(256)
  let conversions = new Float64Array(256)
  let value = new Float64Array(256)
  let squares = new Float64Array(256)
  let nulls = new Float64Array(256)
  let totals: PathTotals = { conversions: 0, value: 0, nulls: 0 }

  function idOf(channel: string): number {
    const known = idOfChannel.get(channel)
    if (known !== undefined) return known
    idOfChannel.set(channel, channels.length)
    return channels.push(channel) - 1
  }

  function reserve(length: number): void {
    const touched = starts[size]! + length
    if (touched > touches.length) {
      const room = Math.max(2 * touches.length, touched)
      touches = larger(touches, room)
      times = larger(times, room)
    }
    if (size < ends.length) return
    const rows = 2 * size
    starts = larger(starts, rows + 1)
    ends = larger(ends, rows)
    conversions = larger(conversions, rows)
    value = larger(value, rows)
    squares = larger(squares, rows)
    nulls = larger(nulls, rows)
  }

  function check(moments: ArrayLike<number>, length: number, end: number, outcome: PathOutcome): void {
    checkFinite('the end of a journey', end)
    for (let at = 0; at < length; at++) checkFinite('the time of a touch', moments[at]!)
    for (const name of ['conversions', 'value', 'nulls'] as const) {
      const amount = outcome[name] ?? 0
      checkFinite(`\`${name}\``, amount)
      checkFinite(`the sum of \`${name}\``, totals[name] + amount)
    }
  }

  const store: TimedPathStore = {
    channels,
    get size() {
      return size
    },
    get totals() {
      return totals
    },
    get starts() {
      return starts.subarray(0, size + 1)
    },
    get touches() {
      return touches.subarray(0, starts[size])
    },
    get times() {
      return times.subarray(0, starts[size])
    },
    get ends() {
      return ends.subarray(0, size)
    },
    get counts() {
      return {
        conversions: conversions.subarray(0, size),
        value: value.subarray(0, size),
        squares: squares.subarray(0, size),
        nulls: nulls.subarray(0, size),
      }
    },
    idOf,
    add(journey, end, outcome) {
      const moments = journey.map(touch => touch.time)
      // Before any channel gets an id, so that nothing is left of a journey that is refused.
      check(moments, moments.length, end, outcome)
      store.addIds(
        journey.map(touch => idOf(touch.channel)),
        moments,
        moments.length,
        end,
        outcome,
      )
    },
    addIds(ids, moments, length, end, outcome) {
      check(moments, length, end, outcome)
      const amounts = { conversions: 0, value: 0, nulls: 0, ...outcome }
      const { squares: square = squareOf(amounts) } = outcome
      reserve(length)
      const start = starts[size]!
      for (let at = 0; at < length; at++) {
        touches[start + at] = ids[at]!
        times[start + at] = moments[at]!
      }
      ends[size] = end
      conversions[size] = amounts.conversions
      value[size] = amounts.value
      squares[size] = square
      nulls[size] = amounts.nulls
      starts[++size] = start + length
      totals = {
        conversions: totals.conversions + amounts.conversions,
        value: totals.value + amounts.value,
        nulls: totals.nulls + amounts.nulls,
      }
    },
    merge(other) {
      const ids = Int32Array.from(other.channels, idOf)
      const { starts: from, touches: others, times: moments, ends: until, counts, size: rows } = other
      for (let row = 0; row < rows; row++) {
        const own = others.slice(from[row], from[row + 1]).map(id => ids[id]!)
        store.addIds(own, moments.slice(from[row], from[row + 1]), own.length, until[row]!, {
          conversions: counts.conversions[row]!,
          value: counts.value[row]!,
          squares: counts.squares[row]!,
          nulls: counts.nulls[row]!,
        })
      }
    },
    [Symbol.iterator]: () => eachPath(starts, touches, { conversions, value, squares, nulls }, size),
  }
  return store
}

/** As if all conversions of the journey had been worth the same. */
function squareOf({ conversions, value }: { conversions: number; value: number }): number {
  return conversions === 0 ? value * value : (value * value) / Math.abs(conversions)
}

function checkFinite(what: string, number: number): void {
  if (!Number.isFinite(number)) {
    throw new RangeError(`TimedPathStore.add: ${what} must be a finite number, got ${number}`)
  }
}

function larger<Numbers extends Float64Array | Int32Array | Uint32Array>(numbers: Numbers, length: number): Numbers {
  const copy = new (numbers.constructor as new (length: number) => Numbers)(length)
  copy.set(numbers)
  return copy
}
