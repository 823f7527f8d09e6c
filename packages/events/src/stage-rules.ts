import { STAGE_OF_EVENT } from './event-name.ts'
import type { JourneyStage } from './journey-stage.ts'
import { STAGE_OF_PAGE_TYPE } from './page-type.ts'
import { matchesPattern } from './pattern.ts'

/** A shop's own rules; where several apply, the first in this order decides. */
export interface StageRules {
  /** By event name: `{ download_catalogue: 'consideration' }`. */
  readonly events?: Readonly<Record<string, JourneyStage>>
  /**
   * By path, `*` standing for anything, the first that matches: `{ '/blog/*': 'awareness' }`. Like the page types, it
   * places page views and events that have no stage of their own: an `add_to_cart` in a blog is still a decision.
   */
  readonly paths?: Readonly<Record<string, JourneyStage>>
  /** By page type, the standard ones or the shop's own: `{ lookbook: 'awareness' }`. */
  readonly pageTypes?: Readonly<Record<string, JourneyStage>>
}

/** What is known of an event when its stage is looked for. */
export interface StageEvidence {
  readonly name: string
  /** What the caller said: `track(name, properties, { stage })`. */
  readonly stage?: JourneyStage | undefined
  /** The path of the page, without its query: `/blog/how-to-choose`. */
  readonly path?: string | undefined
  readonly pageType?: string | undefined
  /** The visitor's last stage in this session; undefined on a session's first hit. */
  readonly lastStage?: JourneyStage | undefined
}

/**
 * The stage an event shows its customer to be in: the caller's word, else the shop's rules, else the standard table,
 * else, for a page view, the page's type. A page of unknown type is awareness on a session's first hit and keeps the
 * visitor's last stage after that. An event that nothing places has none.
 */
export function stageOf(event: StageEvidence, rules: StageRules = {}): JourneyStage | null {
  const { name, path, pageType } = event
  const byEvent = event.stage ?? pick(rules.events, name) ?? STAGE_OF_EVENT[name]
  if (byEvent) return byEvent

  const byPage = ruleForPath(rules.paths, path) ?? pick(rules.pageTypes, pageType)
  if (byPage) return byPage

  return name === 'page_view' ? (pick(STAGE_OF_PAGE_TYPE, pageType) ?? event.lastStage ?? 'awareness') : null
}

function ruleForPath(rules: StageRules['paths'], path: string | undefined): JourneyStage | undefined {
  if (path === undefined) return undefined
  for (const pattern in rules) if (matchesPattern(pattern, path)) return rules[pattern]
  return undefined
}

/** Reads a table by a name that came from outside: `constructor` and the like are not in it. */
function pick(table: Readonly<Record<string, JourneyStage>> | undefined, key = ''): JourneyStage | undefined {
  return table && Object.prototype.hasOwnProperty.call(table, key) ? table[key] : undefined
}
