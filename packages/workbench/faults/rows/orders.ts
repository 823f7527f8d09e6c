import { orderEventId } from '@jejak/events'
import type { Batch, Envelope } from '@jejak/events'
import { ENGINES } from '../engine.ts'
import type { Fault, Outcome, Stage } from '../fault.ts'
import { createTally } from '../tally.ts'
import { openTrialPage } from '../trial-page.ts'
import type { AnyTracker } from '../trial-page.ts'

const everywhere = { row: 27, engines: ENGINES } as const

interface Order {
  readonly number: number
  readonly transaction_id: string
  readonly value: number
  readonly currency: string
}

const orderOf = (number: number): Order => ({
  number,
  transaction_id: `T-${1_000 + number}`,
  value: 150_000,
  currency: 'IDR',
})

/** Runs in the page, as the script of its thank-you page does whenever that is loaded. */
function thank(orders: readonly object[]): void {
  const { track } = trial.trackers[0]! as unknown as AnyTracker
  for (const order of orders) track('purchase', order)
}

/** The shop's own server tells of the same orders. */
async function tellFromServer({ endpoint }: Stage, orders: readonly Order[]): Promise<void> {
  const time = Date.now()
  const events = orders.map((properties, index): Envelope => ({
    id: orderEventId('purchase', { ...properties })!,
    name: 'purchase',
    stage: 'purchase',
    time,
    visitor_id: '0190a6c0-0000-7000-8000-000000000001',
    session_id: '0190a6c0-0000-7000-8000-000000000002',
    session_number: 1,
    sequence: index + 1,
    consent: 'granted',
    properties: { ...properties },
  }))
  const batch: Batch = { schema: 1, sent_at: time, library: { name: 'shop-server', version: '1.0.0' }, events }
  const answer = await fetch(endpoint.url, { method: 'POST', body: JSON.stringify(batch) })
  if (!answer.ok) throw new Error(`The collector answered ${answer.status} to the server: ${await answer.text()}`)
  const { refused } = (await answer.json()) as { refused: unknown[] }
  if (refused.length > 0) throw new Error(`The collector refused what the server sent: ${JSON.stringify(refused)}`)
}

/** Three orders are told of by a page, by the same page when it is loaded again, and by a server after `told`. */
async function tellThrice(stage: Stage, serverFirst: boolean): Promise<Outcome> {
  const tally = createTally(stage)
  const first = tally.next(3)
  const orders = [orderOf(first), orderOf(first + 1), orderOf(first + 2)]
  if (serverFirst) await tellFromServer(stage, orders)
  const page = await openTrialPage(stage)
  await page.tab.run(thank, orders)
  await page.tab.close()
  const again = await openTrialPage(stage, { browser: page.browser })
  await again.tab.run(thank, orders)
  await tally.settled()
  await again.flush()
  if (!serverFirst) await tellFromServer(stage, orders)
  return tally.outcome(await again.dropped())
}

export const faults: readonly Fault[] = [
  {
    ...everywhere,
    name: 'a purchase is told of by the page, by the page loaded again, and then by the server',
    fast: ['chromium'],
    run: stage => tellThrice(stage, false),
  },
  {
    ...everywhere,
    name: 'a purchase is told of by the server first, then by the page, and by the page loaded again',
    run: stage => tellThrice(stage, true),
  },
]
