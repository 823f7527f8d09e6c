import { CLICK_ID_ALIASES, CLICK_IDS, PERSONAL_CLICK_IDS, UTM_PARAMETERS, VALUE_NOT_KEPT } from '@jejak/events'
import type { Touchpoint } from '@jejak/events'

/** What a landing page's address says of how somebody came: campaign parameters and click ids. */
export type LandingParameters = Omit<Touchpoint, 'landing' | 'referrer'>

const NAMES: ReadonlyMap<string, string> = new Map([
  ...Object.entries(CLICK_ID_ALIASES),
  ...[...UTM_PARAMETERS, ...CLICK_IDS, ...PERSONAL_CLICK_IDS].map(name => [name.toLowerCase(), name] as const),
])
const PERSONAL: ReadonlySet<string> = new Set(PERSONAL_CLICK_IDS)

/** As the browser cuts them. */
const LONGEST_UTM = 500
const LONGEST_CLICK_ID = 1_000

/** What lies beyond is no campaign: a huge address costs no more than a long one. */
const LONGEST_QUERY = 65_536

/**
 * Reads the address as the tracker reads that of a page: names in any case of letters, empty values not at all, of a
 * name that is there several times the last; of ids that tell who a mail was sent to, only that they are there. What
 * follows a `#` is not read. Never throws.
 */
export function readLandingParameters(url: string): LandingParameters {
  const from = url.indexOf('?')
  if (from < 0) return {}
  const fragment = url.indexOf('#')
  if (fragment >= 0 && fragment < from) return {}
  const query = url.slice(from + 1, Math.min(fragment < 0 ? url.length : fragment, from + 1 + LONGEST_QUERY))

  const utm: Record<string, string> = {}
  const clickIds: Record<string, string> = {}
  for (const [parameter, value] of new URLSearchParams(query)) {
    const name = NAMES.get(parameter.toLowerCase())
    if (name === undefined || value === '') continue
    if (name.startsWith('utm_')) utm[name] = value.slice(0, LONGEST_UTM)
    else clickIds[name] = PERSONAL.has(name) ? VALUE_NOT_KEPT : value.slice(0, LONGEST_CLICK_ID)
  }
  return Object.keys(clickIds).length > 0 ? { ...utm, click_ids: clickIds } : utm
}
