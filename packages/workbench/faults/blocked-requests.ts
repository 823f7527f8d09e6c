import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connect } from 'puppeteer-core'
import type { Browser } from './engine.ts'

/**
 * Cancels the requests to an address in all tabs that are open, as an extension does that blocks it. In Chromium only.
 * Gives back how that is ended.
 */
export async function blockRequests({ profile }: Browser, url: string): Promise<() => Promise<void>> {
  const [port, path] = (await readFile(join(profile, 'DevToolsActivePort'), 'utf8')).split('\n')
  const address = `ws://127.0.0.1:${port}${path}`
  const browser = await connect({ browserWSEndpoint: address, defaultViewport: null })
  for (const page of await browser.pages()) {
    page.on('request', request => {
      const done = request.url() === url ? request.abort('blockedbyclient') : request.continue()
      // The page may have been left meanwhile.
      done.catch(() => {})
    })
    await page.setRequestInterception(true)
  }
  return () => browser.disconnect()
}
