import { compareText } from '../../compare-text.ts'
import { quantileOf } from './estimates.ts'
import type { Observations } from './observations.ts'
import type { HealthFacts } from './report-facts.ts'

/** What the reading of the events knows besides. */
export interface ReadingFacts {
  readonly doubles: number
  readonly badRows: number
}

export function healthFacts(
  seen: Observations,
  summary: { readonly events: number; readonly bots: number; readonly duplicateConversions: number },
  { doubles, badRows }: ReadingFacts,
): HealthFacts {
  const sessions = [...seen.firstSessions.values()]
  return {
    events: summary.events,
    consent: Array.from(seen.consent, ([state, events]) => ({ state, events })).sort(
      (a, b) => b.events - a.events || compareText(a.state, b.state),
    ),
    touches: seen.arrivals.size,
    direct: seen.direct,
    unassigned: seen.unassigned,
    bots: summary.bots,
    doubles,
    badRows,
    duplicateConversions: summary.duplicateConversions,
    visitors: sessions.length,
    identityLost: sessions.filter(first => first > 1).length,
    joined: [...seen.visitorsOfUsers.values()].filter(visitors => visitors.size > 1).length,
    skewSeconds: inSeconds(seen.skews),
    delaySeconds: inSeconds(seen.delays),
    dropped: seen.dropped,
  }
}

function inSeconds(ms: readonly number[]): { readonly median: number; readonly p99: number } | null {
  if (ms.length === 0) return null
  return { median: quantileOf(ms, 0.5)! / 1_000, p99: quantileOf(ms, 0.99)! / 1_000 }
}
