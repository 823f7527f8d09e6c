import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { yearOfAShop } from '../../attribution/test/report/year-of-a-shop.ts'
import { findChromium } from '../setup/chromium.mjs'
import { runJejak } from './jejak-process.ts'

// A report as its reader has it: written by the command line, opened from disk in a real browser.

const folder = mkdtempSync(join(tmpdir(), 'jejak-report-'))
const fileOf = (name: string): string => join(folder, name)
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
let browser: Browser

beforeAll(async () => {
  const executablePath = findChromium()
  browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox', '--disable-gpu'],
  })
  const lines = (people: number): string =>
    yearOfAShop({ people })
      .map(event => `${JSON.stringify(event)}\n`)
      .join('')
  writeFileSync(fileOf('year.ndjson'), lines(1_500))
  writeFileSync(fileOf('nothing.ndjson'), '')
  const runs = [
    ['year', 'year.ndjson', []],
    ['laporan', 'year.ndjson', ['--language', 'id', '--title', 'Toko Batik']],
    ['nothing', 'nothing.ndjson', []],
    ['canonical', 'year.ndjson', ['--stage-model', 'canonical', '--shop-time-zone', 'Asia/Jakarta']],
  ] as const
  for (const [name, events, options] of runs) {
    const { code, stderr } = await runJejak(['report', fileOf(events), '-o', fileOf(`${name}.html`), ...options])
    if (code !== 0) throw new Error(`${name}: ${stderr}`)
  }
})
afterAll(async () => {
  await browser.close()
  rmSync(folder, { recursive: true })
})

interface Look {
  readonly width: number
  readonly scheme?: 'light' | 'dark'
  readonly javaScriptEnabled?: boolean
}

async function look(name: string, { width, scheme = 'light', javaScriptEnabled = true }: Look) {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    javaScriptEnabled,
    bypassCSP: false,
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', message => complaints.push(message.text()))
  page.on('pageerror', error => complaints.push(String(error)))
  page.on('request', request => request.url().startsWith('file:') || complaints.push(`asks for ${request.url()}`))
  await page.goto(pathToFileURL(fileOf(`${name}.html`)).href)
  return { page, complaints, close: async () => context.close() }
}

const overflow = async (page: Page): Promise<number> =>
  await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)

describe.each(['year', 'laporan', 'nothing', 'canonical'])('the report %s', name => {
  test.each([360, 768, 1_280, 2_200])(
    'opens from disk %i px wide: nothing is asked for, refused, or sticks out',
    async width => {
      const { page, complaints, close } = await look(name, { width })
      expect(complaints).toEqual([])
      expect(await overflow(page)).toBeLessThanOrEqual(0)
      await close()
    },
  )

  test.each([
    [360, 'light'],
    [360, 'dark'],
    [1_280, 'light'],
    [1_280, 'dark'],
  ] as const)(
    'has no fault that axe finds, %i px wide in the %s scheme',
    async (width, scheme) => {
      const { page, close } = await look(name, { width, scheme })
      // By the browser's own hand: the page's policy allows no script.
      const session = await page.context().newCDPSession(page)
      await session.send('Page.setBypassCSP', { enabled: true })
      await page.reload()
      await page.addScriptTag({ content: axe })
      const violations = await page.evaluate(async () => {
        const { violations: found } = await (
          window as unknown as {
            axe: { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> }
          }
        ).axe.run()
        return found.map(
          ({ id, nodes }) => `${id}: ${nodes[0]!.html.slice(0, 200)} ${nodes[0]!.failureSummary.slice(0, 300)}`,
        )
      })
      expect(violations).toEqual([])
      await close()
    },
    60_000,
  )
})

test('it is below 150 kB for a year of a normal shop', () => {
  expect(statSync(fileOf('year.html')).size).toBeLessThan(150_000)
})

test('every picture has a sentence, and a table behind it', async () => {
  const { page, close } = await look('year', { width: 1_280, javaScriptEnabled: false })
  const pictures = await page.locator('section[id][aria-labelledby]:not(#method)').evaluateAll(sections =>
    sections.map(section => ({
      id: section.id,
      title: section.querySelector('h3')!.textContent,
      sentences: [...section.querySelectorAll(':scope > h3 + p, :scope > div > fieldset ~ div > p:first-child')].map(
        ({ textContent }) => textContent.length > 20,
      ),
      // A list or a table is its own.
      tables: section.querySelectorAll('table tbody tr, dl > div, ul > li').length > 0,
    })),
  )
  expect(pictures.map(({ id }) => id)).toEqual([
    'headline',
    'journey-map',
    'model-credit',
    'stage-funnel',
    'stage-heat',
    'stage-credit',
    'path-flow',
    'top-paths',
    'channel-roles',
    'markov-graph',
    'removal-effects',
    'time-to-convert',
    'touches-to-convert',
    'lag-decay',
    'weekly-trend',
    'cohorts',
    'satisfaction',
    'friction',
    'fulfilment',
    'data-health',
  ])
  for (const { id, title, sentences, tables } of pictures) {
    expect({ id, title: title !== '', sentences: new Set(sentences), tables }).toEqual({
      id,
      title: true,
      sentences: new Set([true]),
      tables: true,
    })
  }
  await close()
})

test('no shape is within another one, where it would not be drawn', async () => {
  const { page, close } = await look('year', { width: 1_280 })
  const shapes = ['path', 'line', 'rect', 'circle', 'use']
  const within = shapes.flatMap(outer => shapes.map(inner => `svg ${outer} ${inner}`))
  expect(await page.locator('svg path').count()).toBeGreaterThan(100)
  expect(await page.locator(within.join(',')).count()).toBe(0)
  await close()
})

test('another view is chosen with the keyboard, and without any script', async () => {
  const { page, close } = await look('year', { width: 1_280, javaScriptEnabled: false })
  const picture = page.locator('#model-credit')
  const shown = async (): Promise<number[]> =>
    await picture
      .locator('fieldset ~ div')
      .evaluateAll(views => views.flatMap((view, at) => (getComputedStyle(view).display === 'none' ? [] : [at])))
  expect(await shown()).toEqual([0])
  await picture.locator('input[type=radio]').first().focus()
  await page.keyboard.press('ArrowRight')
  expect(await shown()).toEqual([1])
  await close()
})

test('it prints: with its pictures, without what is only for screens', async () => {
  const { page, close } = await look('year', { width: 1_280 })
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('nav').isVisible()).toBe(false)
  expect(await page.locator('#model-credit svg').first().isVisible()).toBe(true)
  expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(20_000)
  await close()
})

test.each([
  [['report'], /missing required argument 'events'/],
  [['report', 'x.ndjson', '--paths', 'y.csv'], /--paths takes the place of events/],
  [['report', '--paths', 'y.csv', '--by', 'source'], /--by is for events/],
  [['report', 'x.ndjson', '--step', '2d'], /--step is for a table of paths/],
  [['report', 'x.ndjson', '-o', folder], /is a folder; name a file in it/],
  [['report', 'x.ndjson', '--language', 'fr'], /Allowed choices are en, id/],
  [['report', 'x.ndjson', '--shop-time-zone', 'Mars'], /Expected a time zone such as Asia\/Jakarta/],
  [['report', 'x.ndjson', '--minimum', '0'], /from 1/],
])('%j ends with 2 and says what is wrong', async (args, message) => {
  const { code, stderr } = await runJejak(args)
  expect(stderr).toMatch(message)
  expect(code).toBe(2)
})
