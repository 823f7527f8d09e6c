import type { ConsentState } from '@jejak/events'
import { ENGINES } from '../engine.ts'
import type { Browser, Tab } from '../engine.ts'
import type { Fault, Outcome, Stage } from '../fault.ts'
import { createTally } from '../tally.ts'
import { openTrialPage } from '../trial-page.ts'
import type { TrialPage } from '../trial-page.ts'

const everywhere = { row: 19, engines: ENGINES } as const
/** Events that nobody may see carry numbers from here on, which are no part of the tally. */
const FORBIDDEN = 1_000_000

/** How often events that nobody may see have left the page. */
function leaks({ endpoint }: Stage): number {
  const events = endpoint.batches.flatMap(batch => batch.events)
  return events.filter(({ properties }) => Number(properties['number']) >= FORBIDDEN).length
}

/** Runs in the page: the keys of what is stored of the visitor, but for their own word. */
async function readStored(): Promise<string[]> {
  const keys = Object.keys(localStorage).filter(key => key.startsWith('jejak.') && key !== 'jejak.consent')
  const rows = await new Promise<IDBValidKey[]>((resolve, reject) => {
    const opening = indexedDB.open('jejak')
    // To look is not to make one.
    opening.onupgradeneeded = () => opening.transaction!.abort()
    opening.onerror = () => resolve([])
    opening.onsuccess = () => {
      const database = opening.result
      const reading = database.transaction('outbox').objectStore('outbox').getAllKeys()
      reading.onerror = () => reject(reading.error ?? new Error('not read'))
      reading.onsuccess = () => {
        database.close()
        resolve(reading.result)
      }
    }
  })
  return [...keys, ...rows.map(String), ...(document.cookie ? [document.cookie] : [])]
}

async function expectNothing(stage: Stage, tab: Tab, leaked = 0): Promise<void> {
  const stored = await tab.run(readStored, undefined)
  if (stored.length > 0) throw new Error(`stored without consent: ${stored.join(', ')}`)
  if (leaks(stage) > leaked) throw new Error(`${leaks(stage) - leaked} events left without consent`)
}

function say(tab: Tab, word: ConsentState): Promise<void> {
  return tab.run(given => trial.trackers[0]!.setConsent(given), word)
}

/** The visitor comes back, allows everything and does 5 things: only these may arrive, and nothing of before. */
async function comeBack(stage: Stage, browser: Browser, leaked = 0): Promise<Outcome> {
  const tally = createTally(stage)
  const { tab, track, flush } = await openTrialPage(stage, { browser })
  await say(tab, 'granted')
  await track(tally.next(5), 5)
  await tally.settled()
  await flush()
  if (leaks(stage) > leaked) throw new Error(`${leaks(stage) - leaked} events turned up later`)
  return tally.outcome()
}

/** A page whose first 20 events are in a request that is not answered. */
async function sendUnanswered(stage: Stage, browser?: Browser): Promise<TrialPage> {
  const { endpoint } = stage
  endpoint.next({ fault: 'stall' })
  const page = await openTrialPage(stage, { browser })
  await page.track(FORBIDDEN, 20)
  await endpoint.until(() => leaks(stage) === 20)
  // These wait behind it.
  await page.track(FORBIDDEN + 20, 20)
  return page
}

/** Runs in the page: waits until the word that was given in another tab has come here. */
async function hearOfRefusal(): Promise<void> {
  const until = Date.now() + 10_000
  while (trial.trackers[0]!.consent !== 'denied') {
    if (Date.now() > until) throw new Error('What was said in another tab was not heard of.')
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}

async function expectDropped(page: TrialPage, count: number): Promise<void> {
  const dropped = await page.dropped()
  if (dropped !== count) throw new Error(`${dropped} events were counted as given up, not ${count}`)
}

export const faults: readonly Fault[] = [
  {
    ...everywhere,
    name: 'consent is pending, then granted',
    fast: ['chromium'],
    async run(stage) {
      const tally = createTally(stage)
      const page = await openTrialPage(stage, { trackers: [{ consent: 'pending' }] })
      await page.track(tally.next(20), 20)
      await page.flush()
      await expectNothing(stage, page.tab)
      if (stage.endpoint.batches.length > 0) throw new Error('events left while consent was pending')
      await say(page.tab, 'granted')
      await tally.settled()
      await page.flush()
      return tally.outcome(await page.dropped())
    },
  },
  {
    ...everywhere,
    name: 'consent is pending, then denied',
    fast: ['chromium'],
    async run(stage) {
      const page = await openTrialPage(stage, { trackers: [{ consent: 'pending' }] })
      await page.track(FORBIDDEN, 20)
      await say(page.tab, 'denied')
      await page.track(FORBIDDEN + 20, 20)
      await page.flush()
      await expectNothing(stage, page.tab)
      await expectDropped(page, 40)
      await page.tab.close()
      return comeBack(stage, page.browser)
    },
  },
  {
    ...everywhere,
    name: 'the page is left while consent is pending',
    async run(stage) {
      const page = await openTrialPage(stage, { trackers: [{ consent: 'pending' }] })
      await page.track(FORBIDDEN, 20)
      await page.tab.goto(`${stage.endpoint.origin}/plain?page=next`)
      await expectNothing(stage, page.tab)
      return comeBack(stage, page.browser)
    },
  },
  {
    ...everywhere,
    name: 'consent is withdrawn while a request is on its way',
    fast: ['chromium'],
    async run(stage) {
      const page = await sendUnanswered(stage)
      await say(page.tab, 'denied')
      await page.flush()
      // What is erased is erased in the background.
      await page.tab.run(() => trial.trackers[0]!.forget(), undefined)
      await expectNothing(stage, page.tab, 20)
      await page.tab.close()
      return comeBack(stage, page.browser, 20)
    },
  },
  {
    ...everywhere,
    name: 'consent is withdrawn in another tab, while a request is on its way and events wait behind it',
    async run(stage) {
      // It is there first, so that the page is not hidden by it, in which case everything would leave at once.
      const other = await openTrialPage(stage)
      const page = await sendUnanswered(stage, other.browser)
      await say(other.tab, 'denied')
      await page.tab.run(hearOfRefusal, undefined)
      await page.flush()
      await page.tab.run(() => trial.trackers[0]!.forget(), undefined)
      await expectNothing(stage, page.tab, 20)
      await page.tab.close()
      await other.tab.close()
      return comeBack(stage, page.browser, 20)
    },
  },
  {
    ...everywhere,
    name: '`forget` is called while a request is on its way',
    fast: ['chromium'],
    async run(stage) {
      const page = await sendUnanswered(stage)
      await page.tab.run(() => trial.trackers[0]!.forget(), undefined)
      await expectNothing(stage, page.tab, 20)
      await page.tab.close()
      return comeBack(stage, page.browser, 20)
    },
  },
]
