import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { StoredEvent } from '@jejak/events'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { findChromium } from '../setup/chromium.mjs'
import { commandBlocksOf } from './example-projects.ts'
import { runProcess, startServer } from './jejak-process.ts'
import { ndjson, SAMPLE } from './sample-events.ts'
import { storedEvents } from './stored-events.ts'
import { vocabularyFaults } from './vocabulary-faults.ts'

const folder = mkdtempSync(join(tmpdir(), 'jejak-examples-'))
let browser: Browser

beforeAll(async () => {
  const executablePath = findChromium()
  browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
})
afterAll(async () => {
  await browser.close()
  rmSync(folder, { recursive: true })
})

test('script-tag: the page, the queue before the script, and the click after it all arrive', async () => {
  const target = join(folder, 'script-tag')
  const server = await startServer('node', [example('script-tag/serve.mjs')], { env: { PORT: '0', FOLDER: target } })
  const page = await browser.newPage()
  await page.goto(server.url)
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await vi.waitUntil(() => storedEvents(target).length >= 3, { timeout: 20_000 })
  await page.close()
  await server.stop()
  expect(
    storedEvents(target)
      .map(({ name, stage }) => `${name} ${stage}`)
      .sort(),
  ).toEqual(['add_to_cart decision', 'page_view consideration', 'view_item consideration'])
})

describe('own-endpoint', () => {
  test('takes what the tracker sends from a page of another origin, and keeps it once', async () => {
    const file = join(folder, 'own.ndjson')
    const server = await startServer('node', [example('own-endpoint/server.mjs')], { env: { PORT: '0', FILE: file } })
    const shop = await servePage(server.url)
    const page = await browser.newPage()
    await page.goto(shop.url)
    const read = () => readFileSync(file, 'utf8').trim().split('\n').filter(Boolean)
    await vi.waitUntil(() => read().length > 0, { timeout: 20_000 })

    const [line] = read()
    const again = JSON.stringify({ events: [JSON.parse(line!)] })
    const answers = [
      await post(server.url, again),
      await post(server.url, '{'),
      await post(server.url, 'x'.repeat(2e6)),
    ]
    expect(answers).toEqual([204, 400, 413])
    expect(read().map(text => (JSON.parse(text) as StoredEvent).name)).toEqual(['page_view'])
    await page.close()
    shop.close()
    await server.stop()
  })
})

test('attribution-in-code prints the credits of its two models', async () => {
  const file = join(folder, 'events.ndjson')
  writeFileSync(file, ndjson(SAMPLE))
  const { code, stdout } = await runProcess('node', [example('attribution-in-code/attribute.mjs'), file])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^1 purchases from 2 journeys\n/)
  // Two days before the order, with a half-life of three.
  const earlier = 2 ** (-2 / 3) / (1 + 2 ** (-2 / 3))
  expect(stdout).toContain(`time-decay\tPaid Search\t${earlier.toFixed(2)}\n`)
  expect(stdout).toContain('markov\tOrganic Search\t0.50\n')
})

describe('static-shop', () => {
  test('pages with one tag and no other script tell of the whole way to the order, and of the order once', async () => {
    const target = join(folder, 'static-shop')
    const [[serve]] = commandBlocksOf('static-shop') as [[string]]
    const env = { PORT: '0', FOLDER: target }
    const server = await startServer('bash', ['-c', `exec ${serve}`], { cwd: example('static-shop'), env })
    const page = await browser.newPage()
    const stored = (name: string) => storedEvents(target).filter(event => event.name === name)
    /** What is tracked when it is seen is sent when it was. */
    const told = (name: string) => vi.waitUntil(() => stored(name).length > 0, { timeout: 20_000 })
    await page.goto(server.url)
    await told('view_item')
    await page.getByRole('button', { name: 'Add to cart' }).click()
    await told('view_cart')
    await page.getByRole('link', { name: 'To the checkout' }).click()
    await page.getByLabel('Name').fill('Ani Rahasia')
    await page.getByLabel('Address').fill('Jalan Rahasia 7')
    await page.getByRole('button', { name: 'Order' }).click()
    await told('purchase')
    await page.reload()
    await page.getByRole('link', { name: 'Back to the shop' }).click()
    await vi.waitUntil(() => stored('view_item').length === 2, { timeout: 20_000 })
    await page.close()
    await server.stop()

    const shops =
      /^(page_view|view_item|add_to_cart|view_cart|begin_checkout|add_shipping_info|purchase|form_start|form_submit)$/
    const ofShop = storedEvents(target).filter(({ name }) => shops.test(name))
    const inShort = ({ name, stage, page: seen }: StoredEvent) =>
      `${name} ${stage} ${new URL(seen!.url).pathname.replace(/T-\d+/, 'T')}`
    expect(ofShop.map(inShort).sort()).toEqual(
      [
        'page_view consideration /',
        'view_item consideration /',
        'add_to_cart decision /',
        'form_submit null /',
        'page_view decision /cart',
        'view_cart decision /cart',
        'begin_checkout decision /cart',
        'page_view decision /checkout',
        'form_start null /checkout',
        'add_shipping_info decision /checkout',
        'form_submit null /checkout',
        'page_view purchase /thank-you/T',
        'purchase purchase /thank-you/T',
        'page_view purchase /thank-you/T',
        'page_view consideration /',
        'view_item consideration /',
      ].sort(),
    )
    expect(stored('purchase')[0]!.properties).toEqual({
      transaction_id: expect.stringMatching(/^T-\d+$/) as unknown,
      currency: 'IDR',
      value: 150000,
      items: [{ item_id: 'SKU-1', price: 150000, quantity: 1 }],
    })
    expect(vocabularyFaults(storedEvents(target))).toEqual([])
    expect(JSON.stringify(storedEvents(target))).not.toContain('Rahasia')
  })
})

test('attribution: the commands of its README give the figures that stand there', async () => {
  const target = join(folder, 'attribution')
  cpSync(example('attribution'), target, { recursive: true, filter: path => !path.endsWith('/events') })
  symlinkSync(fileURLToPath(new URL('../../../node_modules', import.meta.url)), join(folder, 'node_modules'))
  const outputs: string[] = []
  for (const block of commandBlocksOf('attribution')) {
    const { code, stdout, stderr } = await runProcess('bash', ['-ec', block.join('\n')], { cwd: target })
    expect(code, stderr).toBe(0)
    outputs.push(stdout)
  }
  const readme = readFileSync(join(target, 'README.md'), 'utf8')
  const figures = Array.from(readme.matchAll(/```text \w+\n(.*?)```/gs), ([, text]) => text!)
  expect(figures).toHaveLength(2)
  expect(outputs[0]).toContain(figures[0])
  expect(outputs[1]).toContain(figures[1])
  expect(outputs[2]).toMatch(/^Affiliates +\d+/m)
})

function example(path: string): string {
  return fileURLToPath(new URL(`../../../examples/${path}`, import.meta.url))
}

async function post(url: string, body: string): Promise<number> {
  const { status } = await fetch(url, { method: 'POST', body })
  return status
}

/** A page on an origin of its own, with the built script in it. */
async function servePage(endpoint: string): Promise<{ url: string; close: () => void }> {
  const script = readFileSync(fileURLToPath(new URL('../../browser/dist/jejak.js', import.meta.url)))
  const page = `<!doctype html><title>shop</title><script async src="/jejak.js" data-endpoint="${endpoint}"></script>`
  const server = createServer((request, response) => {
    const isScript = request.url === '/jejak.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html').end(isScript ? script : page)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() }
}
