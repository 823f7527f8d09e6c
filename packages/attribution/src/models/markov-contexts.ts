import type { CountedPaths } from '../paths/counted-paths.ts'

/** What followed which channels, for all windows up to a length at once. */
export interface PathContexts {
  lengthOf(path: number): number
  /** Counts every step of this path with this outcome (0: conversion, 1: none). */
  learn(path: number, outcome: number, weight: number): void
  /**
   * Writes into `likelihoods`, by order, the logarithm of what all that was learned, less `own` journeys on this very
   * path with this very outcome, gives to it.
   */
  tell(path: number, outcome: number, own: number, likelihoods: Float64Array): void
}

export function createPathContexts({ channels, starts, touches }: CountedPaths, highest: number): PathContexts {
  // A context is the empty window (0) or another context with the channel before it; or with the start before it.
  const contexts = createPairs()
  const START = channels.length
  const CONTINUATIONS = channels.length + 2
  // A step is a context with what followed it: a channel, or an outcome, which are numbered after the channels.
  const steps = createPairs()
  const ofContext = { weight: [0], kinds: [0], own: [0], ownKinds: [0] }
  const ofStep = { weight: [] as number[], own: [] as number[] }
  const width = highest + 2
  // Of the path at hand, by position: the windows of length 0 to `highest`, then the one from the start; -1 for none.
  let contextAt = new Int32Array(0)
  let stepAt = new Int32Array(0)

  /** Fills the two arrays for a path; returns how many positions there are. */
  function read(path: number, outcome: number): number {
    const start = starts[path]!
    const length = starts[path + 1]! - start
    if ((length + 1) * width > contextAt.length) {
      contextAt = new Int32Array(2 * (length + 1) * width)
      stepAt = new Int32Array(2 * (length + 1) * width)
    }
    for (let position = 0; position <= length; position++) {
      const next = position < length ? touches[start + position]! : START + outcome
      const row = position * width
      let context = 0
      for (let window = 0; window <= highest; window++) {
        if (window > position) contextAt[row + window] = -1
        else {
          if (window > 0) context = contextOf(context, touches[start + position - window]!)
          contextAt[row + window] = context
        }
      }
      contextAt[row + highest + 1] = position < highest ? contextOf(context, START) : -1
      for (let at = row; at < row + width; at++) stepAt[at] = contextAt[at] === -1 ? -1 : stepOf(contextAt[at]!, next)
    }
    return (length + 1) * width
  }

  function contextOf(later: number, before: number): number {
    const context = contexts.numberOf(later, before) + 1
    if (context === ofContext.weight.length) for (const numbers of Object.values(ofContext)) numbers.push(0)
    return context
  }

  function stepOf(context: number, next: number): number {
    const step = steps.numberOf(context, next)
    if (step === ofStep.weight.length) for (const numbers of Object.values(ofStep)) numbers.push(0)
    return step
  }

  /** @param shorterAt where the window is that lacks the first channel of this one; -1 for none. */
  function mixed(at: number, shorter: number, shorterAt: number): number {
    const context = contextAt[at]!
    // Seen as often as the shorter window, it is the same occasions told once more: no reason to trust them more.
    if (shorterAt >= 0 && left(context) === left(contextAt[shorterAt]!)) return shorter
    const kinds = ofContext.kinds[context]! - ofContext.ownKinds[context]!
    if (kinds <= 0) return shorter
    const step = stepAt[at]!
    const weight = Math.max(0, ofStep.weight[step]! - ofStep.own[step]!)
    return (weight + kinds * shorter) / (Math.max(0, left(context)) + kinds)
  }

  function left(context: number): number {
    return ofContext.weight[context]! - ofContext.own[context]!
  }

  return {
    lengthOf: path => starts[path + 1]! - starts[path]!,
    learn(path, outcome, weight) {
      const end = read(path, outcome)
      for (let at = 0; at < end; at++) {
        const context = contextAt[at]!
        if (context === -1) continue
        const step = stepAt[at]!
        if (ofStep.weight[step] === 0) ofContext.kinds[context]!++
        ofStep.weight[step]! += weight
        ofContext.weight[context]! += weight
      }
    },
    tell(path, outcome, own, likelihoods) {
      const end = read(path, outcome)
      for (let at = 0; at < end; at++) {
        if (contextAt[at] === -1) continue
        const [context, step] = [contextAt[at]!, stepAt[at]!]
        const known = ofStep.weight[step]! - ofStep.own[step]!
        ofStep.own[step]! += own
        ofContext.own[context]! += own
        // A continuation that nobody else chose is not known without this journey.
        const least = 1e-9 * ofStep.weight[step]!
        if (known > least && known - own <= least) ofContext.ownKinds[context]!++
      }
      likelihoods.fill(0)
      for (let row = 0; row < end; row += width) {
        const position = row / width
        let shorter = 1 / CONTINUATIONS
        let sinceStart = 0
        for (let window = 0; window <= Math.min(position, highest); window++) {
          shorter = mixed(row + window, shorter, window === 0 ? -1 : row + window - 1)
          if (window === position && position < highest) sinceStart = mixed(row + highest + 1, shorter, row + window)
          if (window > 0) likelihoods[window]! += Math.log(shorter)
        }
        for (let order = position + 1; order <= highest; order++) likelihoods[order]! += Math.log(sinceStart)
      }
      for (let at = 0; at < end; at++) {
        if (contextAt[at] === -1) continue
        ofStep.own[stepAt[at]!] = 0
        ofContext.own[contextAt[at]!] = 0
        ofContext.ownKinds[contextAt[at]!] = 0
      }
    },
  }
}

/** Numbers pairs of numbers in the order in which they are first asked for. */
function createPairs(): { numberOf(a: number, b: number): number } {
  let size = 0
  let firsts = new Int32Array(1024)
  let seconds = new Int32Array(1024)
  let slots = new Int32Array(4096)

  function slotOf(a: number, b: number): number {
    const product = Math.imul(a ^ Math.imul(b + 1, 0x9e3779b1), 0x85ebca6b)
    let slot = (product ^ (product >>> 15)) & (slots.length - 1)
    for (let entry = slots[slot]!; entry !== 0; entry = slots[slot]!) {
      if (firsts[entry - 1] === a && seconds[entry - 1] === b) return slot
      slot = (slot + 1) & (slots.length - 1)
    }
    return slot
  }

  return {
    numberOf(a, b) {
      const slot = slotOf(a, b)
      if (slots[slot] !== 0) return slots[slot]! - 1
      if (size === firsts.length) {
        firsts = doubled(firsts)
        seconds = doubled(seconds)
      }
      firsts[size] = a
      seconds[size] = b
      slots[slot] = ++size
      if (2 * size > slots.length) {
        slots = new Int32Array(2 * slots.length)
        for (let pair = 0; pair < size; pair++) slots[slotOf(firsts[pair]!, seconds[pair]!)] = pair + 1
      }
      return size - 1
    },
  }
}

function doubled(numbers: Int32Array): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(2 * numbers.length)
  copy.set(numbers)
  return copy
}
