import type { Fault } from '../fault.ts'
import { openChromiumSession } from '../private-window.ts'
import { createTally } from '../tally.ts'
import { openTrialPage } from '../trial-page.ts'

export const faults: readonly Fault[] = [
  {
    row: 14,
    name: 'the browser itself says that the quota is exceeded, and later that it is not',
    engines: ['chromium'],
    cannot: {
      firefox: 'nobody can set its quota from outside',
      webkit: 'nobody can set its quota from outside',
    },
    async run(stage) {
      const { endpoint, engine, openBrowser } = stage
      const tally = createTally(stage)
      const browser = await openBrowser(engine)
      const url = `${endpoint.origin}/plain`
      await browser.open(url)
      // Before the tracker comes: what it is told of the room once, the browser believes for half a minute.
      const session = await openChromiumSession(browser, url)
      await session.send('Storage.overrideQuotaForOrigin', { origin: endpoint.origin, quotaSize: 1 })

      endpoint.always({ status: 503 })
      const page = await openTrialPage(stage, { browser })
      await page.track(tally.next(50), 50)
      await endpoint.until(() => endpoint.batches.length > 0)
      const written = await page.tab.run(() => trial.countRows(), undefined)
      if (written > 0) throw new Error(`${written} events were written: the quota does not hold`)
      await session.send('Storage.overrideQuotaForOrigin', { origin: endpoint.origin })
      await page.track(tally.next(20), 20)
      endpoint.always()
      await tally.settled()
      await page.flush()
      return tally.outcome(await page.dropped())
    },
  },
]
