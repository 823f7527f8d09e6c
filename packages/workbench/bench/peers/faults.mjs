/** How long what was not sent may take to arrive, at most. */
const PATIENCE_MS = 15_000
const EVENTS = 20

/** What each fault is, and how many events are tracked in it. */
export const FAULTS = {
  closed: { title: 'tab closed right after', events: EVENTS },
  killed: { title: 'renderer killed right after', events: EVENTS },
  downAndKilled: { title: 'endpoint down, then killed', events: EVENTS },
  refused: { title: '503 for 5 s', events: EVENTS },
  limited: { title: '429 for 3 s', events: EVENTS },
  offline: { title: 'offline, leave, come back', events: EVENTS },
  navigated: { title: 'left in the same task', events: EVENTS },
  threeTabs: { title: 'three tabs, 503 for 5 s', events: 3 * EVENTS },
  many: { title: '300 events, then closed', events: 300 },
  noStorage: { title: 'storage refused', events: EVENTS },
}

/** Every fault once: how many of the events never arrived, and how many arrivals were of events that had come before. */
export async function measureFaults({ open, endpoint, peer }) {
  const results = {}
  for (const [name, { events }] of Object.entries(FAULTS)) {
    const context = await open()
    context.setDefaultTimeout(20_000)
    endpoint.begin(peer.answer)
    try {
      await TRIALS[name]({ context, endpoint, peer })
      await arrival(endpoint, events)
    } catch (error) {
      console.error(`${peer.name}, ${name}: ${String(error).split('\n')[0]}`)
    }
    const { unique, all } = endpoint.counts()
    results[name] = { lost: events - unique, doubled: all - unique }
    await context.close()
  }
  return results
}

const TRIALS = {
  async closed({ context, endpoint, peer }) {
    const page = await visit(context, endpoint, peer)
    await page.evaluate(`burst(${EVENTS}, 1)`)
    await page.close()
    await visit(context, endpoint, peer)
  },
  async killed({ context, endpoint, peer }) {
    const page = await visit(context, endpoint, peer)
    await page.evaluate(`burst(${EVENTS}, 1)`)
    await kill(context, page)
    await visit(context, endpoint, peer)
  },
  async downAndKilled({ context, endpoint, peer }) {
    const page = await visit(context, endpoint, peer)
    endpoint.answer('refuse')
    await page.evaluate(`burst(${EVENTS}, 1)`)
    await page.waitForTimeout(1_000)
    await kill(context, page)
    endpoint.answer('accept')
    await visit(context, endpoint, peer)
  },
  refused: args => whileAnswering('refuse', 5_000, args),
  limited: args => whileAnswering('limit', 3_000, args),
  async offline({ context, endpoint, peer }) {
    const page = await visit(context, endpoint, peer)
    await context.setOffline(true)
    await page.evaluate(`burst(${EVENTS}, 1)`)
    await page.waitForTimeout(500)
    await page.close()
    await context.setOffline(false)
    await visit(context, endpoint, peer)
  },
  async navigated({ context, endpoint, peer }) {
    const page = await visit(context, endpoint, peer)
    await page.evaluate(`burst(${EVENTS}, 1); location.href = '/other'`)
    await page.waitForURL('**/other')
    await start(page, endpoint, peer)
  },
  async threeTabs({ context, endpoint, peer }) {
    const pages = [1, 2, 3].map(async () => visit(context, endpoint, peer))
    endpoint.answer('refuse')
    for (const [place, page] of (await Promise.all(pages)).entries())
      await page.evaluate(`burst(${EVENTS}, ${place + 1})`)
    await new Promise(resolve => setTimeout(resolve, 5_000))
    endpoint.answer('accept')
  },
  async many({ context, endpoint, peer }) {
    const page = await visit(context, endpoint, peer)
    await page.evaluate('burst(300, 1)')
    await page.close()
    await visit(context, endpoint, peer)
  },
  async noStorage({ context, endpoint, peer }) {
    await context.addInitScript(() => {
      const refuse = () => {
        throw new DOMException('Refused', 'SecurityError')
      }
      for (const name of ['localStorage', 'sessionStorage', 'indexedDB'])
        Object.defineProperty(window, name, { get: refuse, configurable: true })
    })
    const page = await visit(context, endpoint, peer)
    await page.evaluate(`burst(${EVENTS}, 1)`)
  },
}

async function whileAnswering(how, ms, { context, endpoint, peer }) {
  const page = await visit(context, endpoint, peer)
  endpoint.answer(how)
  await page.evaluate(`burst(${EVENTS}, 1)`)
  await page.waitForTimeout(ms)
  endpoint.answer('accept')
}

async function visit(context, endpoint, peer) {
  const page = await context.newPage()
  await page.goto(context.shop)
  await start(page, endpoint, peer)
  return page
}

async function start(page, { url }, { name }) {
  await page.addScriptTag({ url: `/tracker/${encodeURIComponent(name)}` })
  await page.evaluate(`tracked.start(${JSON.stringify(url)})`)
  // Whatever it loads or looks up by itself first.
  await page.waitForTimeout(500)
}

async function kill(context, page) {
  const devtools = await context.newCDPSession(page)
  await Promise.race([devtools.send('Page.crash').catch(() => {}), new Promise(resolve => setTimeout(resolve, 1_000))])
  await page.close().catch(() => {})
}

async function arrival(endpoint, events) {
  const end = Date.now() + PATIENCE_MS
  while (Date.now() < end && endpoint.counts().unique < events) await new Promise(resolve => setTimeout(resolve, 100))
  // Second copies come a moment later.
  await new Promise(resolve => setTimeout(resolve, 1_000))
}
