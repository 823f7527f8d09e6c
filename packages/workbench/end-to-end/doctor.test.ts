import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findChromium } from '../setup/chromium.mjs'
import { openFaultyShop } from './faulty-shop.ts'
import type { FaultyShop } from './faulty-shop.ts'
import { runJejak } from './jejak-process.ts'

const STUB = 'window.jejak = window.jejak || function () { (jejak.q = jejak.q || []).push(arguments) };'
const TAG = '<script async src="/jejak.js" data-endpoint="/e"></script>'
const ITEM = `{ item_id: 'B-1', item_name: 'Kemeja', price: 459000, quantity: 1 }`
const SEEN = `${STUB} jejak('track', 'view_item', { currency: 'IDR', value: 459000, items: [${ITEM}] })`
const PRODUCT = '<script type="application/ld+json">{ "@type": "Product", "name": "Kemeja" }</script>'

/** Filled when the ports are known. */
const elsewhere = { head: '' }
const nobody = { head: '' }

const PAGES = {
  healthy: { head: `${TAG}${PRODUCT}`, script: SEEN, policy: "default-src 'self'" },
  untagged: { head: '' },
  missing: { head: TAG.replace('/jejak.js', '/assets/jejak.js') },
  startpage: { head: TAG.replace('/jejak.js', '/start-page.js') },
  sendless: { head: TAG, policy: "script-src 'self'; connect-src 'none'" },
  scriptless: { head: TAG, policy: "script-src 'none'" },
  elsewhere,
  nobody,
  nowhere: { head: TAG.replace('"/e"', '"/events"') },
  pending: { head: TAG.replace('async', 'async data-consent="pending"') },
  denied: { head: TAG.replace('async', 'async data-consent="denied"') },
  banner: {
    head: TAG.replace('async', 'async data-consent="pending"'),
    script: `document.body.insertAdjacentHTML('beforeend', '<button id="agree">Agree</button>'); document.getElementById('agree').onclick = () => jejak('setConsent', 'limited')`,
  },
  viewless: { head: TAG.replace('async', 'async data-auto="false"'), script: SEEN },
  loadonly: { head: TAG.replace('async', 'async data-auto="false"'), script: `${STUB} jejak('track', 'page_view')` },
  unnumbered: {
    head: TAG,
    script: `${STUB} jejak('track', 'purchase', { orderId: 'T-1', currency: 'IDR', value: 459000, items: [${ITEM}] })`,
  },
  refused: { head: TAG, script: `${STUB} jejak('track', 'add_to_cart', { value: '459000', items: [${ITEM}] })` },
  doubled: { head: TAG, script: `${STUB} jejak('track', 'login'); jejak('track', 'login')` },
  panel: { head: `${TAG}<script async src="/jejak-inspector.js"></script>` },
  restless: {
    head: TAG,
    script: `${STUB} let count = 0; setInterval(() => jejak('track', 'search', { search_term: String(count++) }), 30)
      if (!sessionStorage.loaded) setTimeout(() => { sessionStorage.loaded = 1; location.reload() }, 700)`,
  },
  unseen: { head: `${TAG}${PRODUCT}` },
}

interface Report {
  readonly events: number
  readonly findings: readonly {
    readonly check: string
    readonly level: string
    readonly what: string
    readonly mend?: string
  }[]
}

let shop: FaultyShop
beforeAll(async () => {
  shop = await openFaultyShop(PAGES)
  elsewhere.head = TAG.replace('"/e"', `"${shop.foreign}"`)
  nobody.head = TAG.replace('"/e"', `"${shop.closed}"`)
})
afterAll(() => shop.close())

const browser = findChromium()
const common = [...(browser ? ['--browser', browser] : []), '--no-sandbox', '--wait', '5']

async function visit(page: keyof typeof PAGES, ...more: string[]): Promise<Report & { readonly code: number | null }> {
  const { code, stdout, stderr } = await runJejak(['doctor', `${shop.url}/${page}`, '--json', ...common, ...more])
  if (!stdout) throw new Error(stderr)
  return { code, ...(JSON.parse(stdout) as Report) }
}

/** What is not as it should be. How fast a page is depends on what else this machine does. */
const ails = ({ findings }: Report) => findings.filter(({ level, check }) => level !== 'ok' && check !== 'speed')

test('a page where everything works is told so, and nothing of the visit is stored', async () => {
  const before = shop.stored.length
  const report = await visit('healthy')
  expect(ails(report)).toEqual([])
  const { code, findings, events } = report
  expect(findings.map(({ check }) => check)).toEqual([
    'tag',
    'consent',
    'endpoint',
    'delivery',
    'page_views',
    'events',
    'duplicates',
    'speed',
  ])
  expect({ code, events }).toEqual({ code: 0, events: 4 })
  expect(shop.stored.length).toBe(before)
})

test('nothing is stored of a page that is left while events wait, either', async () => {
  const before = shop.stored.length
  const { code, events } = await visit('restless')
  expect(code).toBe(0)
  expect(events).toBeGreaterThanOrEqual(20)
  expect(shop.stored.length).toBe(before)
})

test('the events of a visit are sent where that is wanted, as those of a program', async () => {
  const before = shop.stored.length
  const { code } = await visit('healthy', '--send')
  const stored = shop.stored.slice(before)
  expect(code).toBe(0)
  expect(stored.map(({ name }) => name)).toEqual(expect.arrayContaining(['page_view', 'view_item']))
  expect(stored.every(({ bot }) => bot)).toBe(true)
})

describe.concurrent('what is broken ends with 1 and is named, with how to mend it:', () => {
  test.each([
    ['untagged', 'tag', /there is no tracker on this page/, /Add the tag/],
    ['missing', 'tag', /\/assets\/jejak\.js answers 404/, /dist\/jejak\.js/],
    ['startpage', 'tag', /is no script but text\/html/, /Put the file there/],
    ['scriptless', 'policy', /does not let .*\/jejak\.js run/, /Add 'self' to script-src/],
    ['sendless', 'policy', /does not let it send to .*\/e$/, /Add 'self' to connect-src/],
    ['elsewhere', 'endpoint', /\(CORS\): it sends no Access-Control-Allow-Origin/, /--origin/],
    ['nobody', 'endpoint', /nobody answers at http:\/\/127\.0\.0\.1:\d+\/e: .*ECONNREFUSED/, /Start the collector/],
    ['nowhere', 'endpoint', /\/events answers 404/, /Correct `data-endpoint`/],
    ['viewless', 'page_views', /no page view was sent/, /data-auto/],
    ['unnumbered', 'events', /`purchase` has no `transaction_id`/, /Rename `orderId` to `transaction_id`/],
    [
      'refused',
      'events',
      /`add_to_cart` would be refused: properties\.value: expected number/,
      /give `value` as a number/,
    ],
  ] as const)('%s', async (page, check, what, mend) => {
    const report = await visit(page)
    const found = report.findings.find(finding => finding.check === check && finding.level === 'broken')
    expect(found?.what, JSON.stringify(report.findings, null, 1)).toMatch(what)
    expect(found?.mend).toMatch(mend)
    expect(report.code).toBe(1)
  })
})

describe.concurrent('what the shop alone can judge is a warning, and ends with 0:', () => {
  test.each([
    ['pending', 'consent', /consent is pending.*They go after setConsent\('granted'\)/],
    ['denied', 'consent', /denied from the start/],
    ['loadonly', 'page_views', /a change of the address without a load brings none/],
    ['panel', 'tag', /the panel of the inspector is shown to every visitor/],
    ['doubled', 'duplicates', /login 2 times/],
    ['unseen', 'events', /describes a product, but no `view_item` came/],
  ] as const)('%s', async (page, check, what) => {
    const report = await visit(page)
    expect(ails(report)).toEqual([
      expect.objectContaining({ check, level: 'warning', what: expect.stringMatching(what), mend: expect.any(String) }),
    ])
    expect(report.code).toBe(0)
  })

  test('a banner can be clicked', async () => {
    const report = await visit('banner', '--click', '#agree')
    expect(ails(report)).toEqual([
      expect.objectContaining({ check: 'consent', what: expect.stringMatching(/They go after the click/) }),
    ])
    expect(report.events).toBeGreaterThan(0)
  })
})

test('for people it is a line for each thing, with a sign and what to do', async () => {
  const { code, stdout, stderr } = await runJejak(['doctor', `${shop.url}/missing`, ...common])
  expect(stdout).toMatch(
    /visited by chromium \d.*; its events were not sent on\n\n✗ http:.*jejak\.js answers 404\n {2}→ Put the file/,
  )
  expect({ code, stderr }).toEqual({ code: 1, stderr: 'jejak: one thing is broken.\n' })
})

test('what is no address, and a browser that is not there, are told', async () => {
  expect(await runJejak(['doctor', 'ftp://toko.example'])).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/Expected the address of a page/),
  })
  const missing = await runJejak(['doctor', shop.url, '--browser', '/nowhere/chrome'])
  expect(missing.stderr).toBe('jejak: There is no browser at /nowhere/chrome\n')
  expect(missing.code).toBe(2)
})
