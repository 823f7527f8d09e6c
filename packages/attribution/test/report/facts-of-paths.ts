import { createPathStore } from '@jejak/attribution'
import { pathTableFacts } from '@jejak/attribution/report'
import type { ReportFacts } from '@jejak/attribution/report'

/** A journey as the tests write it: its contacts, and how many took it with and without a conversion. */
export interface TakenPath {
  readonly path: readonly string[]
  readonly conversions: number
  readonly nulls: number
}

const WEEK_MS = 604_800_000
const FROM = Date.UTC(2025, 8, 1)
const VALUE = 80

/** Facts as a report has them of such journeys, with people, days and weeks that counted paths do not know. */
export async function factsOf(taken: readonly TakenPath[], weeks = 12): Promise<ReportFacts> {
  const store = createPathStore()
  for (const { path, conversions, nulls } of taken) {
    store.add(path, { conversions, nulls, value: conversions * VALUE })
  }
  const facts = await pathTableFacts(store, { currency: 'EUR', made: FROM, interval: { samples: 20 } })
  const { journeys, conversions } = facts.totals
  return {
    ...facts,
    from: FROM,
    to: FROM + weeks * WEEK_MS - 1,
    conversion: 'purchase',
    totals: {
      ...facts.totals,
      persons: journeys,
      sessions: journeys * 2,
      repeatConversions: Math.round(conversions * 0.2),
    },
    paths: facts.paths.map(row => ({ ...row, medianDays: row.path.length * 1.5 - 1.5 })),
    trend: trendOf(facts.roles, weeks),
  }
}

/** Reproducible journeys through `channels`, the first the most frequent. */
export function wander(channels: readonly string[], journeys: number): TakenPath[] {
  let seed = 7
  const random = (): number => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647
  const pick = (): string => channels[Math.floor(channels.length * random() ** 1.8)]!
  const taken = new Map<string, { path: string[]; conversions: number; nulls: number }>()
  for (let journey = 0; journey < journeys; journey++) {
    const path = [pick()]
    while (random() < 0.5 && path.length < 12) path.push(pick())
    const key = JSON.stringify(path)
    const row = taken.get(key) ?? { path, conversions: 0, nulls: 0 }
    const place = channels.indexOf(path.at(-1)!)
    if (random() < 0.06 + 0.05 * path.length + (place % 3) * 0.05) row.conversions++
    else row.nulls++
    taken.set(key, row)
  }
  return [...taken.values()]
}

/** Last-touch credit, spread over weeks with ups and downs; the last one is not over. */
function trendOf(roles: ReportFacts['roles'], weeks: number): NonNullable<ReportFacts['trend']> {
  const wave = (week: number, place: number): number => 1 + 0.5 * Math.sin(week / 5 + place) + (week % 3) * 0.1
  const all = roles.map(({ key, closed }, place) => ({
    key,
    credit: Array.from({ length: weeks }, (_, week) =>
      Math.round((closed / weeks) * wave(week, place) * (week === weeks - 1 ? 0.4 : 1)),
    ),
  }))
  const rest = all.slice(7)
  const other = Array.from({ length: weeks }, (_, week) => sumOf(rest.map(({ credit }) => credit[week]!)))
  const channels = [
    ...all.slice(0, 7).map(row => ({ ...row, isOther: false })),
    ...(rest.length > 0 ? [{ key: '', isOther: true, credit: other }] : []),
  ]
  const conversions = Array.from({ length: weeks }, (_, week) => sumOf(channels.map(({ credit }) => credit[week]!)))
  return {
    weeks: conversions.map((_, week) => FROM + week * WEEK_MS),
    conversions,
    value: conversions.map(count => count * VALUE),
    model: 'last-touch',
    channels,
    isLastOpen: true,
  }
}

function sumOf(all: readonly number[]): number {
  return all.reduce((sum, one) => sum + one, 0)
}
