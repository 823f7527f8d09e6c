import type { Ground, Tally } from './people.ts'
import type { HeatFacts } from './report-facts.ts'

/** How many people were in which stage in sessions that came through which channel. */
export function createHeatTally({ model }: Ground): Tally<HeatFacts> {
  const counts = new Map<string, number[]>()
  return {
    add({ stages, channels, tellsStage }) {
      const met = new Map<string, Set<number>>()
      for (const [at, channel] of channels.entries()) {
        if (channel === undefined || !tellsStage[at]) continue
        const own = met.get(channel) ?? new Set()
        met.set(channel, own.add(stages[at]!))
      }
      for (const [channel, places] of met) {
        const row = counts.get(channel) ?? model.order.map(() => 0)
        counts.set(channel, row)
        for (const place of places) row[place]!++
      }
    },
    finish() {
      const sum = (row: readonly number[]): number => row.reduce((all, count) => all + count, 0)
      const sorted = [...counts].sort(([a, one], [b, other]) => sum(other) - sum(one) || (a < b ? -1 : 1))
      return { channels: sorted.map(([channel]) => channel), people: sorted.map(([, row]) => row) }
    },
  }
}
