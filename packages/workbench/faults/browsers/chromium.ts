import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { connect } from 'puppeteer-core'
import type { Page } from 'puppeteer-core'
import { findChromium } from '../../setup/chromium.mjs'
import type { Browser, BrowserOptions } from '../engine.ts'
import { findPageProcess, killProcesses } from './page-process.ts'
import { openFirst } from './page-tab.ts'
import { startProgram } from './processes.ts'
import { newProfile } from './profile.ts'

const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--no-proxy-server',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-popup-blocking',
  '--disable-sync',
  '--password-store=basic',
  '--use-mock-keychain',
  // Its own says that it is headless, and such events are those of a bot.
  '--user-agent=Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36',
  '--remote-debugging-port=0',
]
/** What a killed browser leaves behind, for which the next one would not start. */
const LEFT_BEHIND = ['SingletonLock', 'SingletonCookie', 'SingletonSocket', 'DevToolsActivePort']
/** A process that pages run in, and not the browser's own windows. */
const PAGE_PROCESS = /--type=renderer (?!--top-chrome-webui)/
const QUIT_MS = 10_000
/** What a small page takes at most to be prerendered. */
const PRERENDER_MS = 2_000

export async function openChromium({ profile = newProfile() }: BrowserOptions): Promise<Browser> {
  const executable = findChromium()
  if (!executable) throw new Error('No Chromium was found: see packages/workbench/setup/chromium.mjs')
  for (const name of LEFT_BEHIND) rmSync(join(profile, name), { force: true })

  const program = startProgram(executable, [...FLAGS, `--user-data-dir=${profile}`, 'about:blank'])
  const address = await program.said(/DevTools listening on (ws:\S+)/)
  const browser = await connect({ browserWSEndpoint: address, defaultViewport: null })
  const pageProcesses = () => program.processes().filter(({ command }) => PAGE_PROCESS.test(command))

  return {
    engine: 'chromium',
    profile,
    async open(url) {
      const page = await browser.newPage()
      const tab = await openFirst(page, url)
      return {
        ...tab,
        async freeze() {
          const session = await page.createCDPSession()
          await session.send('Page.setWebLifecycleState', { state: 'frozen' })
        },
        prerender: url => prerender(page, url),
        goOffline: isOffline => page.setOfflineMode(isOffline),
      }
    },
    async killPages(tab) {
      const all = pageProcesses()
      await killProcesses(tab ? [await findPageProcess(tab, all)] : all.map(({ pid }) => pid))
    },
    async kill() {
      await program.kill()
      await browser.disconnect()
    },
    async quit() {
      const session = await browser.target().createCDPSession()
      await session.send('Browser.close').catch(() => {})
      await program.ended(QUIT_MS)
      await browser.disconnect()
    },
  }
}

/** Has a page prepare another one, as if its visitor were likely to go there. */
async function prerender(page: Page, url: string): Promise<void> {
  await page.evaluate(address => {
    const rules = document.createElement('script')
    rules.type = 'speculationrules'
    rules.textContent = JSON.stringify({ prerender: [{ urls: [address], eagerness: 'immediate' }] })
    document.head.append(rules)
  }, url)
  // It could be asked whether it is ready, were it not that Chromium prerenders nothing for whoever asks.
  await wait(PRERENDER_MS)
}
