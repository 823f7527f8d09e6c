import { namesOf } from '../paths.ts'
import type { PathStore } from '../paths.ts'
import { createCreditTable } from './credit.ts'
import type { CreditTable } from './credit.ts'

/**
 * Shares out the conversions and the value of each path among its own touches.
 * @param sharesOf the part of each touch of a path, given the names of its channels; the parts sum to 1.
 */
export function creditPaths(
  paths: PathStore,
  sharesOf: (channels: readonly string[]) => readonly number[],
): CreditTable {
  const credits = createCreditTable()
  for (const { touches, conversions, value } of paths) {
    // Without touches there is nobody to credit; without an outcome there is nothing.
    if (touches.length === 0 || (conversions === 0 && value === 0)) continue
    const channels = namesOf(touches, paths.channels)
    const shares = sharesOf(channels)
    for (const [at, channel] of channels.entries()) {
      const share = shares[at] as number
      credits.add(channel, conversions * share, value * share)
    }
  }
  return credits
}
