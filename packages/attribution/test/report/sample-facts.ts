import { createChannelRules, createPathStore } from '@jejak/attribution'
import { gatherReportFacts, pathTableFacts } from '@jejak/attribution/report'
import type { ReportFacts } from '@jejak/attribution/report'
import type { StoredEvent } from '@jejak/events'
import { yearOfAShop } from './year-of-a-shop.ts'

const MADE = Date.UTC(2026, 10, 21)

const factsOf = async (events: readonly StoredEvent[]): Promise<ReportFacts> =>
  await gatherReportFacts(events, {
    channels: createChannelRules({ ownHosts: ['shop.example'] }),
    made: MADE,
    sources: ['events'],
    timeZone: 'Asia/Jakarta',
    interval: { samples: 50, seed: 1 },
  })

/** A normal shop's year. */
export const sampleFacts = async (): Promise<ReportFacts> => await factsOf(yearOfAShop())

/** Nothing was collected. */
export const emptyFacts = async (): Promise<ReportFacts> => await factsOf([])

/** The first twelve people. */
export const tinyFacts = async (): Promise<ReportFacts> => await factsOf(yearOfAShop({ people: 12, seed: 3 }))

/** Sixty channels, and paths of up to thirty of them. */
export async function hugeFacts(): Promise<ReportFacts> {
  const paths = createPathStore()
  for (let path = 0; path < 3_000; path++) {
    const length = 1 + ((path * 7) % 30)
    const touches = Array.from({ length }, (_, at) => `Channel ${(path * 31 + at * at * 17) % 60}`)
    paths.add(touches, { conversions: 1 + (path % 3), value: 100_000 * (path % 9), nulls: path % 11 })
  }
  return await pathTableFacts(paths, {
    made: MADE,
    currency: 'IDR',
    sources: ['paths.csv'],
    interval: { samples: 20, seed: 1 },
  })
}

/** Names that want to break out: too long, from right to left, markup; one channel that nobody bought through. */
export async function hostileFacts(): Promise<ReportFacts> {
  const events = yearOfAShop({ people: 40, seed: 5 }).filter(({ name }) => name !== 'purchase')
  const long = `</style><script>alert(1)</script>${'x'.repeat(10_000)}\u202e\u0000`
  return await factsOf(
    events.map((event, at) => ({
      ...event,
      name: at % 7 === 0 ? long : event.name,
      ...(event.page && { page: { ...event.page, type: at % 3 === 0 ? 'مقارنة الأسعار' : long } }),
      ...(event.touch && {
        touch: { ...event.touch, utm_source: long, utm_medium: '=cmd()', utm_campaign: 'حملة العيد' },
      }),
    })),
  )
}
