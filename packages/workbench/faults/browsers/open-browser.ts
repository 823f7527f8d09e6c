import type { Browser, BrowserOptions, Engine, OpenBrowser } from '../engine.ts'
import { openChromium } from './chromium.ts'
import { openFirefox } from './firefox.ts'
import { openWebKit } from './webkit.ts'

const OPEN: Record<Engine, (options: BrowserOptions) => Promise<Browser>> = {
  chromium: openChromium,
  firefox: openFirefox,
  webkit: openWebKit,
}

export const openBrowser: OpenBrowser = (engine, options = {}) => OPEN[engine](options)
