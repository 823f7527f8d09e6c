import type { Page, Response } from 'playwright-core'
import type { TrackerScript } from './visit.ts'

/** Every build of the tracker names itself in what it sends, and so in its file. */
const MARK = '@jejak/browser'

export interface ScriptWatch {
  /** The scripts that have the tracker in them, and those that `tags` mean to be it. */
  seen(tags: readonly string[]): Promise<readonly TrackerScript[]>
  isTracker(url: string): boolean
}

export function watchScripts(page: Page): ScriptWatch {
  const scripts = new Map<string, TrackerScript>()
  const reading = new Set<Promise<void>>()

  async function read(response: Response): Promise<void> {
    const url = response.url()
    const text = await response.text().catch(() => '')
    scripts.set(url, {
      url,
      status: response.status(),
      type: response.headers()['content-type'] ?? '',
      bytes: Buffer.byteLength(text),
      isTracker: text.includes(MARK),
      failure: undefined,
    })
  }

  page.on('response', response => {
    if (response.request().resourceType() !== 'script' || [301, 302, 303, 307, 308].includes(response.status())) return
    const done = read(response).finally(() => reading.delete(done))
    reading.add(done)
  })
  page.on('requestfailed', request => {
    const url = request.url()
    // An answer that came tells more.
    if (request.resourceType() !== 'script' || scripts.has(url)) return
    scripts.set(url, {
      url,
      status: undefined,
      type: '',
      bytes: 0,
      isTracker: false,
      failure: request.failure()?.errorText ?? 'no answer',
    })
  })

  return {
    async seen(tags) {
      await Promise.all(reading)
      const meant = tags.map(
        url =>
          scripts.get(url) ?? { url, status: undefined, type: '', bytes: 0, isTracker: false, failure: 'not loaded' },
      )
      return [...new Set([...meant, ...[...scripts.values()].filter(({ isTracker }) => isTracker)])]
    },
    isTracker: url => scripts.get(url)?.isTracker ?? false,
  }
}
