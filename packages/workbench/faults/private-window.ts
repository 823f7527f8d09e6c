import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect } from 'puppeteer-core'
import type { CDPSession } from 'puppeteer-core'
import { openFirst } from './browsers/page-tab.ts'
import { newProfile } from './browsers/profile.ts'
import type { Browser } from './engine.ts'
import type { Stage } from './fault.ts'

/** What a user may have set in Chromium and Firefox, as these write it into their profiles. */
const SETTINGS = {
  blocksStorage: {
    chromium: { profile: { default_content_setting_values: { cookies: 2 } } },
    firefox: { 'network.cookie.cookieBehavior': 2 },
  },
  isPrivate: {
    chromium: {},
    firefox: { 'browser.privatebrowsing.autostart': true },
  },
} as const

/** A browser whose user has set it so that no site may store anything. */
export function openBlocking(stage: Stage): Promise<Browser> {
  return openWith(stage, 'blocksStorage')
}

/** A browser with private windows only. */
export async function openPrivate(stage: Stage): Promise<Browser> {
  const browser = await openWith(stage, 'isPrivate')
  if (browser.engine !== 'chromium') return browser
  const devTools = await connectDevTools(browser)
  const context = await devTools.createBrowserContext()
  return { ...browser, open: async url => openFirst(await context.newPage(), url) }
}

/** A session with the page of Chromium at this address, by which it does what neither page nor user can. */
export async function openChromiumSession(browser: Browser, url: string): Promise<CDPSession> {
  const devTools = await connectDevTools(browser)
  const target = await devTools.waitForTarget(each => each.url() === url)
  return target.createCDPSession()
}

function openWith({ engine, openBrowser }: Stage, settings: keyof typeof SETTINGS): Promise<Browser> {
  const profile = newProfile()
  if (engine === 'chromium') {
    mkdirSync(join(profile, 'Default'))
    writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(SETTINGS[settings].chromium))
  } else if (engine === 'firefox') {
    const lines = Object.entries(SETTINGS[settings].firefox).map(([name, value]) => `user_pref("${name}", ${value});`)
    writeFileSync(join(profile, 'prefs.js'), lines.join('\n'))
  } else {
    throw new Error(`${engine} has no such setting in its profile.`)
  }
  return openBrowser(engine, { profile })
}

async function connectDevTools({ profile }: Browser) {
  const [port, path] = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n')
  return connect({ browserWSEndpoint: `ws://127.0.0.1:${port}${path}`, defaultViewport: null })
}
