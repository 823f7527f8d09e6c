/** Up to a second, two, four … and never more than five minutes. */
const FIRST_WAIT_MS = 1_000
export const LONGEST_WAIT_MS: number = 5 * 60_000
/** A server that asks for more patience is taken to be mistaken. */
const LONGEST_HOLD_MS = 24 * 60 * 60_000

/** How long to wait after so many failures in a row: with full jitter, and not less than what was asked for. */
export function waitAfter(failures: number, random: () => number, askedMs = 0): number {
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, failures - 1))
  return Math.max(random() * longest, askedMs <= LONGEST_HOLD_MS ? askedMs : 0)
}
