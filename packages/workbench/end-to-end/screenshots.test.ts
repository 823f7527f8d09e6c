import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { yearOfAShop } from '../../attribution/test/report/year-of-a-shop.ts'
import { findChromium } from '../setup/chromium.mjs'
import { runJejak } from './jejak-process.ts'

// The pictures of README and docs, taken of the running product: `npm run screenshots` takes them anew. In any other
// run the product is compared with them: what is in a picture to the letter, how it looks tolerantly, for letters are
// drawn otherwise on every machine.

const PICTURES = fileURLToPath(new URL('../../../docs/pictures', import.meta.url))
const isTaking = process.env['SCREENSHOTS'] === 'take'
const folder = mkdtempSync(join(tmpdir(), 'jejak-screenshots-'))
const END = Date.UTC(2026, 9, 31)

const SHOTS = [
  { name: 'journey-map', of: '#journey-map', width: 1_280, scheme: 'light' },
  { name: 'journey-map-phone', of: '#journey-map', width: 360, scheme: 'dark' },
  { name: 'model-credit', of: '#model-credit', width: 1_280, scheme: 'light' },
  { name: 'path-flow', of: '#path-flow', width: 1_280, scheme: 'dark' },
  { name: 'markov-graph', of: '#markov-graph', width: 1_280, scheme: 'light' },
  { name: 'time-to-convert', of: '#time-to-convert', width: 768, scheme: 'light' },
] as const

let browser: Browser

beforeAll(async () => {
  const executablePath = findChromium()
  browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none', '--force-color-profile=srgb'],
  })
  const events = yearOfAShop({ people: 1_500, end: END })
  writeFileSync(join(folder, 'events.ndjson'), events.map(event => `${JSON.stringify(event)}\n`).join(''))
  const { code, stderr } = await runJejak(['report', join(folder, 'events.ndjson'), '-o', join(folder, 'report.html')])
  if (code !== 0) throw new Error(stderr)
  if (isTaking) mkdirSync(PICTURES, { recursive: true })
})
afterAll(async () => {
  await browser.close()
  rmSync(folder, { recursive: true })
})

async function open({ width, scheme }: { width: number; scheme: 'light' | 'dark' }): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, timezoneId: 'UTC' })
  const page = await context.newPage()
  await page.goto(pathToFileURL(join(folder, 'report.html')).href)
  return page
}

/** The share of their small squares, 0 to 1, in which two pictures are plainly of another colour. */
async function difference(one: Buffer, other: Buffer): Promise<number> {
  const page = await browser.newPage()
  const share = await page.evaluate(
    async ([first, second]) => {
      const SQUARE = 8
      const bitmapOf = async (base64: string): Promise<ImageBitmap> =>
        await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob())
      const bitmaps = [await bitmapOf(first!), await bitmapOf(second!)]
      const [width, height] = [bitmaps[0]!.width, bitmaps[0]!.height].map(size => Math.ceil(size / SQUARE))
      const [a, b] = bitmaps.map(bitmap => {
        const canvas = new OffscreenCanvas(width!, height!).getContext('2d')!
        canvas.imageSmoothingQuality = 'high'
        canvas.drawImage(bitmap, 0, 0, width!, height!)
        return canvas.getImageData(0, 0, width!, height!).data
      })
      let differing = 0
      for (let at = 0; at < a!.length; at += 4) {
        if ([0, 1, 2].some(channel => Math.abs(a![at + channel]! - b![at + channel]!) > 40)) differing++
      }
      return differing / (a!.length / 4)
    },
    [one.toString('base64'), other.toString('base64')],
  )
  await page.close()
  return share
}

const fileOf = (name: string): string => join(PICTURES, `${name}.png`)

test.each(SHOTS)('$name looks and says as its picture in docs does', async shot => {
  const page = await open(shot)
  const section = page.locator(shot.of)
  const taken = await section.screenshot()
  if (isTaking) writeFileSync(fileOf(shot.name), taken)
  expect(existsSync(fileOf(shot.name)), 'run `npm run screenshots` to take it').toBe(true)
  expect(await difference(readFileSync(fileOf(shot.name)), taken)).toBeLessThan(0.02)
  await expect(`${await section.ariaSnapshot()}\n`).toMatchFileSnapshot(`screenshots/${shot.name}.txt`)
  await page.context().close()
})

test('a drawing that is not there any more is noticed', async () => {
  const shot = SHOTS.find(({ name }) => name === 'path-flow')!
  const page = await open(shot)
  const section = page.locator(shot.of)
  await section
    .locator('svg path')
    .evaluateAll(paths => paths.forEach(path => path.setAttribute('visibility', 'hidden')))
  expect(await difference(readFileSync(fileOf(shot.name)), await section.screenshot())).toBeGreaterThan(0.02)
  await page.context().close()
})
