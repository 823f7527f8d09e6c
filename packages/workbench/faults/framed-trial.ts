import type { Browser } from './engine.ts'
import type { Stage } from './fault.ts'
import { serveOwnSite } from './own-site.ts'
import type { OwnFile } from './own-site.ts'
import { installTrial } from './trial-page.ts'
import type { TrialPage } from './trial-page.ts'

export interface FramedTrialOptions {
  /** Where the page is that shows the frame. Default: the shop's own origin, which is of the same site as the frame. */
  readonly top?: string
  /** The frame's `sandbox` attribute. Default: none. */
  readonly sandbox?: string
  /** Files that the frame's origin has besides its page. */
  readonly files?: Readonly<Record<string, OwnFile>>
  /** Runs in the frame before the tracker's code comes. */
  readonly before?: () => unknown
}

/** Does something with a tracker that is in a frame of another origin, and closes what only that needs. */
export async function withFramedTrial<Result>(
  stage: Stage,
  { top = stage.endpoint.origin, sandbox, files = {}, before }: FramedTrialOptions,
  work: (page: TrialPage) => Promise<Result>,
): Promise<Result> {
  const trialOptions = { endpoint: stage.endpoint.url, code: `${stage.endpoint.origin}/jejak-module.js` }
  const script = `(${installTrial.toString()})(${JSON.stringify(trialOptions)});
(${serveTrial.toString()})(${before?.toString() ?? '() => {}'})`
  const page = { type: 'text/html', body: `<!doctype html><title>Frame</title><script>${script}</script>` } as const
  const site = await serveOwnSite({ ...files, '/frame': page })
  try {
    const browser: Browser = await stage.openBrowser(stage.engine)
    const tab = await browser.open(`${top}/plain`)
    await tab.run(showFrame, { url: `${site.origin}/frame`, sandbox })
    const ask = async (call: FrameCall) => Number(await tab.run(askFrame, call))
    return await work({
      browser,
      tab,
      track: async (first, count) => void (await ask(['track', first, count])),
      flush: async () => void (await ask(['flush'])),
      dropped: () => ask(['dropped']),
    })
  } finally {
    await site.close()
  }
}

type FrameCall = readonly [method: 'track', first: number, count: number] | readonly [method: 'flush' | 'dropped']

interface FrameAnswer {
  readonly value?: unknown
  readonly error?: string
}

/** Runs in the frame: starts a tracker, and does what the page around it asks for. */
async function serveTrial(before: () => unknown): Promise<void> {
  const answer = (given: FrameAnswer) => parent.postMessage(given, '*')
  const obey = async ([method, first = 0, count = 0]: FrameCall) => {
    if (method === 'track') return trial.track(first, count)
    if (method === 'dropped') return Object.values(trial.dropped).reduce((sum, each) => sum + each, 0)
    await trial.trackers[0]!.flush()
    return undefined
  }
  addEventListener('message', ({ data }) => {
    obey(data as FrameCall).then(
      value => answer({ value }),
      (error: unknown) => answer({ error: String(error) }),
    )
  })
  try {
    await before()
    await trial.load()
    trial.start()
    answer({})
  } catch (error) {
    answer({ error: String(error) })
  }
}

/** Runs in the page: shows the frame and waits until its tracker has started. */
function showFrame({ url, sandbox }: { readonly url: string; readonly sandbox?: string | undefined }): Promise<void> {
  const frame = document.createElement('iframe')
  if (sandbox !== undefined) frame.setAttribute('sandbox', sandbox)
  frame.src = url
  return new Promise((resolve, reject) => {
    const onMessage = ({ data }: MessageEvent<FrameAnswer>) => {
      if (data.error) reject(new Error(`in the frame: ${data.error}`))
      else resolve()
    }
    addEventListener('message', onMessage, { once: true })
    document.body.append(frame)
  })
}

/** Runs in the page: has the frame do something, and gives back what it says. */
function askFrame(call: FrameCall): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onMessage = ({ data }: MessageEvent<FrameAnswer>) => {
      if (data.error) reject(new Error(`in the frame: ${data.error}`))
      else resolve(data.value)
    }
    addEventListener('message', onMessage, { once: true })
    document.querySelector('iframe')!.contentWindow!.postMessage(call, '*')
  })
}
