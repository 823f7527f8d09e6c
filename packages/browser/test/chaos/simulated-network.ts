import { createCollector } from '@jejak/collector'
import type { Collector } from '@jejak/collector'
import { createMemorySink } from '@jejak/collector/sinks/memory'
import type { StoredEvent } from '@jejak/events'
import type { Luck } from './luck.ts'
import type { SimulatedTime, Worker } from './simulated-time.ts'

/** What happens to a request. In `deaf`, `garbled` and `echoing` the events are stored first. */
export const NETWORK_FAULTS = [
  'none',
  'offline', // and the browser knows it
  'down', // nobody is reached
  'unavailable', // 503
  'busy', // 429 with Retry-After, in seconds or as a date
  'forbidden', // 403
  'narrow', // 413 for what is long
  'picky', // 400 for a batch with a poisonous event in it
  'deaf', // the answer is lost
  'garbled', // the answer is 200 and a page
  'echoing', // a proxy delivers again what it has delivered
  'silent', // no answer comes
  'slow', // it comes after half a minute or so
  'moody', // any of these
] as const

export type NetworkFault = (typeof NETWORK_FAULTS)[number]

/** Longer bodies are too long for a `narrow` network. One ordinary event fits. */
export const NARROW_CHARACTERS = 2_500

/** What makes an event poisonous, as it stands in JSON. */
export const POISON = '"poisonous":true'

/** What all the keepalive requests of a page may hold together. */
const KEEPALIVE_BYTES = 64 * 1024

/** The way from the pages to a real collector, and the collector. */
export interface SimulatedNetwork {
  fault: NetworkFault
  /** Starts the collector again. Who waits for its answer gets none. What it had stored stays stored. */
  restart(forgetsIds: boolean): void
  /** What was stored, as often as it was. */
  stored(): readonly StoredEvent[]
  /** What a tab has as `fetch` and `navigator.sendBeacon`. */
  of(tab: Worker): { fetch: typeof fetch; sendBeacon: (url: string, body?: unknown) => boolean }
}

export interface NetworkOptions {
  readonly time: SimulatedTime
  readonly luck: Luck
  /** Told of every body that leaves a tab, whatever becomes of it. */
  readonly onLeave: (tab: Worker, body: string) => void
  /** Told of what becomes of it. */
  readonly onAnswer: (what: string) => void
}

interface Answer {
  readonly status: number
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

export function createSimulatedNetwork({ time, luck, onLeave, onAnswer }: NetworkOptions): SimulatedNetwork {
  let sink = createMemorySink()
  const sinks = [sink]
  let collector = startCollector()
  let starts = 0

  function startCollector(): Collector {
    return createCollector({ sink, now: () => Math.floor(1.8e12 + time.now), log: { warn() {}, error() {} } })
  }

  const network: SimulatedNetwork = {
    fault: 'none',
    restart(forgetsIds) {
      starts++
      if (forgetsIds) sinks.push((sink = createMemorySink()))
      collector = startCollector()
    },
    stored: () => sinks.flatMap(({ events }) => events),
    of(tab) {
      let held = 0
      const send = (body: string, keepalive: boolean, signal?: AbortSignal | null) => {
        if (keepalive && held + body.length > KEEPALIVE_BYTES) return undefined
        if (keepalive) held += body.length
        onLeave(tab, body)
        const end = () => {
          if (keepalive) held -= body.length
        }
        return carry(tab, body, keepalive, signal).finally(end)
      }
      return {
        fetch: (_url, init = {}) => {
          if (tab.isDead) return new Promise(() => {})
          const { body, keepalive = false, signal } = init
          if (signal?.aborted) return Promise.reject(signal.reason as Error)
          // A page that wonders whether anybody is there.
          if (body === undefined) return reach(tab)
          return send(body as string, keepalive, signal) ?? Promise.reject(new TypeError('Failed to fetch'))
        },
        sendBeacon(_url, body) {
          const answer = tab.isDead ? undefined : send(body as string, true)
          answer?.catch(() => {})
          return !!answer
        },
      }
    },
  }

  function reach(tab: Worker): Promise<Response> {
    return new Promise((resolve, reject) => {
      const isThere = network.fault !== 'offline' && network.fault !== 'down' && network.fault !== 'silent'
      const answer = () => (isThere ? resolve(responseOf({ status: 405 })) : reject(new TypeError('Failed to fetch')))
      time.later(latency(), answer, tab)
    })
  }

  function carry(tab: Worker, body: string, keepalive: boolean, signal?: AbortSignal | null): Promise<Response> {
    return new Promise((resolve, reject) => {
      let isCut = false
      const back = (work: () => void, ms = latency()) => void time.later(ms, work, tab)
      const fail = () => back(() => reject(new TypeError('Failed to fetch')))
      signal?.addEventListener('abort', () => {
        isCut = luck.below(2) === 0
        reject(signal.reason as Error)
      })
      if (network.fault === 'offline') return fail()
      time.later(latency(), async () => {
        if (isCut || (tab.isDead && !keepalive)) return
        const start = starts
        const answer = await deliver(body)
        onAnswer(typeof answer === 'string' ? answer : `${answer.status} ${answer.body ?? ''}`)
        if (answer === 'silence') return
        if (answer === 'failure' || start !== starts) return fail()
        back(() => resolve(responseOf(answer)))
      })
    })
  }

  const latency = () => (network.fault === 'slow' ? 15_000 + luck.below(20_000) : luck.pick([1, 4, 20, 90, 400, 2_000]))

  async function deliver(body: string, fault = network.fault): Promise<Answer | 'failure' | 'silence'> {
    switch (fault) {
      case 'offline':
      case 'down':
        return 'failure'
      case 'unavailable':
        return { status: 503 }
      case 'busy': {
        const seconds = 1 + luck.below(60)
        const date = new Date(time.wallClock() + seconds * 1_000).toUTCString()
        return { status: 429, headers: { 'retry-after': luck.pick([String(seconds), date]) } }
      }
      case 'forbidden':
        return { status: 403 }
      case 'narrow':
        return body.length > NARROW_CHARACTERS ? { status: 413 } : collect(body)
      case 'picky':
        return body.includes(POISON) ? { status: 400 } : collect(body)
      case 'deaf':
        await collect(body)
        return 'failure'
      case 'garbled':
        await collect(body)
        return { status: 200, body: '<html>' }
      case 'echoing':
        time.later(luck.pick([0, 100, 60_000]), () => void collect(body))
        return collect(body)
      case 'silent':
        return 'silence'
      case 'moody':
        return deliver(body, luck.pick(NETWORK_FAULTS.filter(one => one !== 'moody')))
      case 'none':
      case 'slow':
        return collect(body)
    }
  }

  async function collect(body: string): Promise<Answer> {
    const headers = { 'content-type': 'text/plain;charset=UTF-8', origin: 'https://shop.example' }
    const request = new Request('https://collector.example/e', { method: 'POST', body, headers })
    const response = await collector(request)
    return { status: response.status, body: await response.text(), headers: Object.fromEntries(response.headers) }
  }

  return network
}

/** What a page reads of a response, without Node's streams, which take their own time. */
function responseOf({ status, body = '', headers }: Answer): Response {
  return {
    status,
    ok: status >= 200 && status < 300,
    type: 'cors',
    redirected: false,
    headers: new Headers(headers),
    text: async () => body,
    json: async () => JSON.parse(body) as unknown,
  } as Response
}
