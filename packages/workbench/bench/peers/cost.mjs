import { median } from '../median.mjs'

const PACED = 100
const BURST = 500
const SETTLE_MS = 6_000

/** One run of one tracker: what it costs the page's main thread, and what it sends. */
export async function measureCost({ open, endpoint, peer, slowDown }) {
  const init = await withPage(open, slowDown, async ({ page, cpu }) => {
    endpoint.begin(peer.answer)
    const before = await cpu()
    await load(page, endpoint, peer)
    await page.waitForTimeout(1_000)
    return { cpu: (await cpu()) - before, longTasks: await page.evaluate('longTasks.length') }
  })
  const paced = await withPage(open, slowDown, async ({ page, cpu }) => {
    endpoint.begin(peer.answer)
    await load(page, endpoint, peer)
    await page.waitForTimeout(500)
    const before = await cpu()
    const calls = await page.evaluate(`pace(${PACED})`)
    const begun = Date.now()
    while (Date.now() - begun < SETTLE_MS && endpoint.counts().unique < PACED && peer.name !== 'nothing')
      await page.waitForTimeout(50)
    // The same time for everybody: what a page does by itself is taken off.
    await page.waitForTimeout(Math.max(0, SETTLE_MS - (Date.now() - begun)))
    const { unique, bytes, requests } = endpoint.counts()
    return { cpu: (await cpu()) - before, call: median(calls), arrived: unique, bytes, requests }
  })
  const refused = await withPage(open, slowDown, async ({ page, cpu }) => {
    endpoint.begin(peer.answer)
    await load(page, endpoint, peer)
    await page.waitForTimeout(500)
    endpoint.answer('refuse')
    const before = await cpu()
    await page.evaluate(`burst(${BURST})`)
    await page.waitForTimeout(4_000)
    return { cpu: (await cpu()) - before, longTasks: await page.evaluate('longTasks.length') }
  })
  return {
    initMs: init.cpu * 1e3,
    callUs: paced.call * 1e3,
    eventUs: (paced.cpu * 1e6) / PACED,
    refusedMs: refused.cpu * 1e3,
    arrived: paced.arrived / PACED,
    bytes: paced.arrived > 0 ? paced.bytes / paced.arrived : NaN,
    requests: paced.requests,
    longTasks: init.longTasks + refused.longTasks,
  }
}

async function load(page, { url }, { name }) {
  await page.evaluate(
    async ([src, endpoint]) => {
      await new Promise((resolve, reject) => {
        const script = document.createElement('script')
        Object.assign(script, { src, onload: resolve, onerror: reject })
        document.head.append(script)
      })
      window.tracked.start(endpoint)
    },
    [`/tracker/${encodeURIComponent(name)}`, url],
  )
}

async function withPage(open, slowDown, use) {
  const context = await open()
  const page = await context.newPage()
  await page.goto('about:blank')
  await page.goto(context.shop)
  const devtools = await context.newCDPSession(page)
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  if (slowDown > 1) await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowDown })
  const cpu = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'TaskDuration').value
  }
  try {
    return await use({ page, cpu })
  } finally {
    await context.close()
  }
}
