import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { yearOfAShop } from '../../attribution/test/report/year-of-a-shop.ts'
import { PICTURES as NAMES } from '../../attribution/src/report/pictures/all-pictures.ts'
import { findChromium } from '../setup/chromium.mjs'
import { difference, smallOf } from './compare-pictures.ts'
import { runJejak } from './jejak-process.ts'

// The pictures of README and docs, taken of the running product: `npm run screenshots` takes them anew. In any other
// run the product is compared with them: what is in a picture to the letter, how it looks tolerantly, for letters are
// drawn otherwise on every machine.

const PICTURES = fileURLToPath(new URL('../../../docs/pictures', import.meta.url))
/** A small picture of each view, and what it says. */
const KEPT = fileURLToPath(new URL('screenshots', import.meta.url))
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

const fileOf = (name: string): string => join(PICTURES, `${name}.png`)
const small = async (picture: Buffer): Promise<Buffer> => await smallOf(picture, browser)

test.each(SHOTS)('$name looks and says as its picture in docs does', async shot => {
  const page = await open(shot)
  const section = page.locator(shot.of)
  const taken = await section.screenshot()
  if (isTaking) writeFileSync(fileOf(shot.name), taken)
  expect(existsSync(fileOf(shot.name)), 'run `npm run screenshots` to take it').toBe(true)
  expect(await difference(await small(readFileSync(fileOf(shot.name))), await small(taken), browser)).toBeLessThan(0.02)
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
  const [before, now] = [await small(readFileSync(fileOf(shot.name))), await small(await section.screenshot())]
  expect(await difference(before, now, browser)).toBeGreaterThan(0.02)
  await page.context().close()
})

describe.each([
  { on: 'desktop', width: 1_280, scheme: 'light' },
  { on: 'phone', width: 360, scheme: 'dark' },
] as const)('on a $on, in the $scheme,', ({ on, ...how }) => {
  let page: Page
  beforeAll(async () => {
    page = await open(how)
  })
  afterAll(async () => await page.context().close())

  test.each(Object.keys(NAMES))('each view of %s looks as it did', async name => {
    for await (const [view, section] of viewsOf(page, name)) {
      const file = join(KEPT, `${name}-${view}-${on}.png`)
      const taken = await small(await section.screenshot())
      if (isTaking) writeFileSync(file, taken)
      expect(existsSync(file), `${file}: run \`npm run screenshots\` to take it`).toBe(true)
      expect(await difference(readFileSync(file), taken, browser), file).toBeLessThan(0.02)
    }
  })
})

test.each(Object.keys(NAMES))('each view of %s says what it said', async name => {
  const page = await open({ width: 1_280, scheme: 'light' })
  for await (const [view, section] of viewsOf(page, name))
    await expect(`${await section.ariaSnapshot()}\n`).toMatchFileSnapshot(join(KEPT, `${name}-${view}.txt`))
  await page.context().close()
})

/** The section of a picture, once for each of its views, from 1. */
async function* viewsOf(page: Page, name: string): AsyncGenerator<readonly [view: number, section: Locator]> {
  const section = page.locator(`#${name}`)
  const choices = await section.getByRole('radio').all()
  if (choices.length === 0) yield [1, section]
  for (const [place, choice] of choices.entries()) {
    await choice.check({ force: true })
    yield [place + 1, section]
  }
}
