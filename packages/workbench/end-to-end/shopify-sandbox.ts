import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

// An imitation of what Shopify runs pixels in. A custom pixel has an iframe that may run scripts and is on no site
// ("lax"); an app's pixel has a worker within such a frame ("strict"). Both reach the shop's page by messages alone.
// https://shopify.dev/docs/apps/build/marketing-analytics/pixels#sandbox-environments

export type SandboxKind = 'lax' | 'strict'

export interface ImitatedShop {
  readonly url: string
  close(): Promise<void>
}

/** A shop whose every page has the pixel in its sandbox, and `shopify` to say what happens there. */
export async function openImitatedShop(kind: SandboxKind, pixel: string): Promise<ImitatedShop> {
  const runtime = `(${sandboxRuntime.toString()})(${JSON.stringify(pixel)})`
  const worker = `(${relay.toString()})(${JSON.stringify(runtime)})`
  const sandbox = `<!doctype html><script>${inScript(kind === 'lax' ? runtime : worker)}</script>`
  const page = `<!doctype html><title>Toko</title>
    <script>(${topFrame.toString()})()</script>
    <iframe sandbox="allow-scripts" src="/web-pixels/sandbox"></iframe>`
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html').end(request.url === '/web-pixels/sandbox' ? sandbox : page)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

export interface Privacy {
  readonly analyticsProcessingAllowed: boolean
  readonly marketingAllowed: boolean
  readonly saleOfDataAllowed: boolean
  readonly preferencesProcessingAllowed: boolean
}

/** The shop's page. Runs in the browser. */
export interface ShopifyPage {
  /** Whether the pixel has run. */
  isReady: boolean
  /** Every storage call that the pixel has made. */
  readonly storageCalls: string[]
  publish(name: string, data: object, id?: string): void
  collectConsent(privacy: Privacy): void
}

function topFrame(): void {
  const storageCalls: string[] = []
  const toSandbox = (message: object): void => {
    document.querySelector('iframe')!.contentWindow!.postMessage(message, '*')
  }
  const context = () => ({
    document: { location: { href: location.href }, referrer: document.referrer, title: document.title },
  })
  const shopify: ShopifyPage = {
    isReady: false,
    storageCalls,
    publish: (name, data, id = `sh-${crypto.randomUUID()}`) =>
      toSandbox({
        type: 'event',
        event: { id, name, clientId: 'client-1', timestamp: new Date().toISOString(), context: context(), data },
      }),
    collectConsent: customerPrivacy => toSandbox({ type: 'consent', customerPrivacy }),
  }
  Object.assign(window, { shopify })
  addEventListener('message', ({ data }: MessageEvent<Record<string, string>>) => {
    if (data['type'] === 'hello') {
      const customerPrivacy = JSON.parse(localStorage.getItem('privacy') ?? 'null') as unknown
      const customer = JSON.parse(localStorage.getItem('customer') ?? 'null') as unknown
      toSandbox({ type: 'start', init: { context: context(), data: { customer }, customerPrivacy } })
    }
    if (data['type'] === 'ready') shopify.isReady = true
    if (data['type'] === 'storage') {
      const { method, key, value, call } = data as { method: 'getItem'; key: string; value: string; call: string }
      storageCalls.push(`${method} ${key}`)
      toSandbox({ type: 'answer', call, result: (localStorage[method] as (...args: string[]) => unknown)(key, value) })
    }
  })
}

/** What stands between the pixel and the page: all that a pixel gets is made here. Runs in the sandbox. */
function sandboxRuntime(pixel: string): void {
  type Listener = (told: unknown) => void
  interface Told {
    readonly type: string
    readonly init?: object
    readonly event?: { readonly name: string }
    readonly customerPrivacy?: object
    readonly call?: number
    readonly result?: unknown
  }
  const isWorker = typeof document === 'undefined'
  const send = (message: object): void => {
    if (isWorker) (postMessage as (message: object) => void)(message)
    else parent.postMessage(message, '*')
  }
  const listeners = new Map<string, Listener[]>()
  const answers = new Map<number, Listener>()
  const on = (name: string, listener: Listener) => {
    listeners.set(name, [...(listeners.get(name) ?? []), listener])
    return Promise.resolve()
  }
  const ask =
    (method: string) =>
    (key: string, value?: string): Promise<unknown> =>
      new Promise(resolve => {
        answers.set(answers.size, resolve)
        send({ type: 'storage', method, key, value, call: answers.size - 1 })
      })

  addEventListener('message', ({ data }: MessageEvent<Told>) => {
    if (data.type === 'start') {
      const api = {
        analytics: { subscribe: on },
        browser: { localStorage: { getItem: ask('getItem'), setItem: ask('setItem'), removeItem: ask('removeItem') } },
        customerPrivacy: { subscribe: on },
        init: data.init,
      }
      // oxlint-disable-next-line typescript/no-implied-eval -- as Shopify runs what was pasted
      new Function('api', 'analytics', 'browser', 'init', pixel)(api, api.analytics, api.browser, api.init)
      send({ type: 'ready' })
    }
    if (data.type === 'event') for (const listener of listeners.get(data.event!.name) ?? []) listener(data.event)
    if (data.type === 'consent') for (const listener of listeners.get('visitorConsentCollected') ?? []) listener(data)
    if (data.type === 'answer') answers.get(data.call!)?.(data.result)
  })
  send({ type: 'hello' })
}

/** A worker in the frame, which hands messages on. */
function relay(runtime: string): void {
  const worker = new Worker(URL.createObjectURL(new Blob([runtime])))
  worker.addEventListener('message', ({ data }) => parent.postMessage(data, '*'))
  addEventListener('message', ({ data }) => worker.postMessage(data))
}

function inScript(text: string): string {
  return text.replaceAll('</script', '<\\/script')
}
