import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findChromium } from '../setup/chromium.mjs'
import { difference, smallOf } from './compare-pictures.ts'
import { startJejak } from './jejak-process.ts'
import type { Server } from './jejak-process.ts'

// The pictures of the demo in README and docs, taken of the running demo: `npm run screenshots` takes them anew. In any
// other run the demo is compared with them.

const PICTURES = fileURLToPath(new URL('../../../docs/pictures', import.meta.url))
const CLOCK = new URL('stopped-clock.mjs', import.meta.url).href
const NOW = Date.UTC(2026, 9, 31, 3, 15)
const NOT_HEADLESS =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36'
const isTaking = process.env['SCREENSHOTS'] === 'take'
const folder = mkdtempSync(join(tmpdir(), 'jejak-demo-pictures-'))

let demo: Server
let browser: Browser

beforeAll(async () => {
  demo = await startJejak(['demo', '--port', '0', '--folder', folder], {
    env: { NODE_OPTIONS: `--import ${CLOCK}`, STOPPED_AT: String(NOW) },
  })
  await fetch(new URL('/simulate', demo.url), { method: 'POST' })
  const executablePath = findChromium()
  browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--font-render-hinting=none',
      '--force-color-profile=srgb',
      `--user-agent=${NOT_HEADLESS}`,
    ],
  })
  if (isTaking) mkdirSync(PICTURES, { recursive: true })
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await demo?.stop()
  rmSync(folder, { recursive: true })
})

/** The live page, whose visitor came by an ad, accepted, and put a shirt into the cart. */
async function afterAWalk(page: Page, language: 'en' | 'id'): Promise<void> {
  await page.clock.setFixedTime(NOW + 60_000)
  await page.goto(`${demo.url}?lang=${language}`)
  await page.getByRole('link', { name: language === 'en' ? 'Instagram ad' : 'Iklan Instagram' }).click()
  const shop = page.frameLocator('iframe')
  await shop.getByRole('button', { name: language === 'en' ? 'Accept' : 'Setuju', exact: true }).click()
  await shop.getByRole('link', { name: 'Kemeja Lurik' }).first().click()
  await shop.getByRole('button', { name: language === 'en' ? 'Add to cart' : 'Masukkan keranjang' }).click()
  const tab = page.getByRole('button', { name: language === 'en' ? 'Journeys' : 'Perjalanan', exact: true })
  if (await tab.isVisible()) await tab.click()
  // The reason of its stage is open, too.
  await page.locator('.events summary', { hasText: 'add_to_cart' }).click()
}

test.each([
  { name: 'demo', width: 1_440, height: 900, language: 'en', scheme: 'light' },
  { name: 'demo-phone', width: 390, height: 844, language: 'id', scheme: 'dark' },
] as const)(
  '$name looks as its picture in docs does',
  async ({ name, width, height, language, scheme }) => {
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme: scheme,
      timezoneId: 'Asia/Jakarta',
      locale: 'en-GB',
      reducedMotion: 'reduce',
    })
    const page = await context.newPage()
    await afterAWalk(page, language)
    const taken = await page.screenshot()
    const file = join(PICTURES, `${name}.png`)
    if (isTaking) writeFileSync(file, taken)
    expect(existsSync(file), 'run `npm run screenshots` to take it').toBe(true)
    const [kept, now] = [await smallOf(readFileSync(file), browser), await smallOf(taken, browser)]
    expect(await difference(kept, now, browser)).toBeLessThan(0.02)
    await context.close()
  },
  60_000,
)
