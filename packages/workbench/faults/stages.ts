import { openBrowser } from './browsers/open-browser.ts'
import { removeProfile } from './browsers/profile.ts'
import type { Browser, Engine, OpenBrowser, Tab } from './engine.ts'
import type { Fault, Outcome } from './fault.ts'
import { createFaultyEndpoint } from './faulty-endpoint.ts'

/** Where the faults of one engine are tried, one after the other. */
export interface Stages {
  /** Sets the stage, tries the fault, and tidies up whatever has come of it. */
  tryOut(fault: Fault): Promise<Outcome>
  close(): Promise<void>
}

/** Beyond this a fault hangs. */
const LONGEST_MS = 100_000

/**
 * Faults share one browser as long as none ends it, because to start it takes seconds. They do not see each other: an
 * endpoint has a port of its own, and with it an origin, and with that all storage but cookies, which trackers have none of.
 */
export function createStages(engine: Engine): Stages {
  let shared: Browser | undefined

  async function endShared(): Promise<void> {
    const browser = shared
    shared = undefined
    if (browser) await end(browser)
  }

  function onStage(): { open: OpenBrowser; clear(isWhole: boolean): Promise<void> } {
    const tabs = new Set<Tab>()
    const browsers = new Set<Browser>()
    let isShared = false

    async function share(): Promise<Browser> {
      isShared = true
      const browser = (shared ??= await openBrowser(engine))
      // Whoever ends it ends it for all.
      const givenUp = () => {
        shared = undefined
        browsers.add(browser)
      }
      return {
        ...browser,
        async open(url) {
          const tab = await browser.open(url)
          tabs.add(tab)
          return tab
        },
        kill: () => (givenUp(), browser.kill()),
        quit: () => (givenUp(), browser.quit()),
      }
    }

    return {
      async open(wanted, options) {
        if (!options?.profile && wanted === engine && !isShared) return share()
        const browser = await openBrowser(wanted, options)
        browsers.add(browser)
        return browser
      },
      async clear(isWhole) {
        for (const browser of browsers) await end(browser)
        if (!isWhole) return endShared()
        // Pages may have closed themselves, or hang.
        const closing = Promise.allSettled([...tabs].map(tab => tab.close()))
        if (shared && !(await within(5_000, closing))) await endShared()
      },
    }
  }

  return {
    async tryOut(fault) {
      const endpoint = await createFaultyEndpoint()
      const opened = onStage()
      let outcome: Outcome | undefined
      try {
        outcome = await within(LONGEST_MS, fault.run({ engine, openBrowser: opened.open, endpoint }))
        if (!outcome) throw new Error(`It has not ended after ${LONGEST_MS} ms.`)
        return outcome
      } finally {
        await opened.clear(outcome !== undefined)
        await endpoint.close()
      }
    },
    close: endShared,
  }
}

async function end(browser: Browser): Promise<void> {
  await browser.kill()
  removeProfile(browser.profile)
}

/** What `work` resolves to; undefined if it takes longer. */
async function within<Result>(ms: number, work: Promise<Result>): Promise<Result | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<undefined>(resolve => {
    timer = setTimeout(() => resolve(undefined), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
