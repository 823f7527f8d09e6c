import { ENGINES } from '../engine.ts'
import type { Fault } from '../fault.ts'
import type { Treatment } from '../faulty-endpoint.ts'
import { goShopping } from '../shopping.ts'

/** Nobody is reached at this address; a later page knows a better one. */
function unreachable(name: string, addressOf: (shop: string) => string): Fault {
  return {
    row: 8,
    name,
    engines: ENGINES,
    fast: ['chromium'],
    async run(stage) {
      const shopping = await goShopping(stage)
      await shopping.visit({ endpoint: addressOf(stage.endpoint.url) })
      await shopping.track(20)
      await shopping.flush()
      await shopping.visit({ later: 60_000 })
      await shopping.arrive()
      return shopping.leave()
    },
  }
}

/** The first three requests are treated so; what comes then is taken, without a further event. */
function broken(name: string, treatment: Treatment, fast: Fault['fast'] = ['chromium']): Fault {
  return {
    row: 8,
    name,
    engines: ENGINES,
    fast,
    async run(stage) {
      const { endpoint } = stage
      const shopping = await goShopping(stage)
      endpoint.next(treatment, treatment, treatment)
      await shopping.visit()
      await shopping.track(20)
      const arriving = treatment.fault === 'resetAtOnce' ? 0 : 3
      await endpoint.until(() => endpoint.batches.length > arriving)
      await shopping.arrive()
      return shopping.leave()
    },
  }
}

const refused: Fault = {
  row: 8,
  name: 'connection refused, then the server is up again',
  engines: ENGINES,
  fast: ['chromium'],
  async run(stage) {
    const { endpoint } = stage
    const shopping = await goShopping(stage)
    await shopping.visit()
    await endpoint.goDown()
    await shopping.track(20)
    await shopping.flush()
    await shopping.track(20)
    await endpoint.comeBack()
    await shopping.arrive()
    return shopping.leave()
  },
}

const replayedAtOnce: Fault = {
  row: 28,
  name: 'a proxy sends each request three times',
  engines: ENGINES,
  fast: ['chromium'],
  async run(stage) {
    const shopping = await goShopping(stage)
    stage.endpoint.always({ times: 3 })
    await shopping.visit()
    await shopping.track(20)
    await shopping.arrive()
    return shopping.leave()
  },
}

const replayedLater: Fault = {
  row: 28,
  name: 'a proxy replays requests after they were answered',
  engines: ENGINES,
  fast: ['chromium'],
  async run(stage) {
    const { endpoint } = stage
    const shopping = await goShopping(stage)
    await shopping.visit()
    await shopping.track(20)
    await shopping.arrive()
    // What is sent here comes to `batches` too.
    for (const batch of endpoint.batches.slice()) {
      const { ok } = await fetch(endpoint.url, { method: 'POST', body: JSON.stringify(batch) })
      if (!ok) throw new Error('The collector does not take a batch a second time.')
    }
    return shopping.leave()
  },
}

const closedUnderARequest = (name: string, store: boolean): Fault => ({
  row: 28,
  name,
  engines: ENGINES,
  ...(store && { fast: ['chromium'] }),
  async run(stage) {
    const { endpoint } = stage
    const shopping = await goShopping(stage)
    await shopping.visit()
    // The first request leaves a connection open, which the next one is sent on.
    await shopping.track(5)
    await shopping.arrive()
    const treatment: Treatment = { fault: 'close', store }
    endpoint.next(treatment, treatment, treatment)
    const { length } = endpoint.batches
    await shopping.track(20)
    await endpoint.until(() => endpoint.batches.length > length + 3)
    await shopping.arrive()
    return shopping.leave()
  },
})

/** Whether anybody is reached, and how often a request arrives: rows 8 and 28. */
export const faults: readonly Fault[] = [
  unreachable('DNS failure', () => 'http://no-such-host.invalid/e'),
  unreachable('TLS failure', shop => shop.replace('http:', 'https:')),
  refused,
  broken('TCP reset before the batch is read', { fault: 'resetAtOnce' }),
  broken('TCP reset after the batch is read, before it is stored', { fault: 'reset' }),
  broken('TCP reset after the batch is stored: the answer is lost', { fault: 'reset', store: true }, ENGINES),
  replayedAtOnce,
  replayedLater,
  closedUnderARequest('keep-alive connection closed under a request', false),
  closedUnderARequest('keep-alive connection closed after the batch is stored', true),
]
