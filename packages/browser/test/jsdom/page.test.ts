import { afterEach, describe, expect, test } from 'vitest'
import { start, visit } from './start.ts'

async function pageOf(url: string, settings: Parameters<typeof start>[0] = {}) {
  visit(url)
  const { tracker, sent } = start(settings)
  tracker.track('page_view')
  return (await sent())[0]!
}

afterEach(() => {
  document.body.innerHTML = ''
})

describe('the address of a page', () => {
  test.each([
    ['/a?q=shoes&page=2', '/a?q=shoes&page=2'],
    ['/a?session=secret&q=shoes&gclid=1', '/a?q=shoes'],
    ['/a?session=secret', '/a'],
    ['/a#reviews', '/a'],
    ['/a#access_token=secret', '/a'],
    ['/a#/cart?token=secret', '/a#/cart'],
    ['/a#!/cart', '/a#!/cart'],
    ['/sari@toko.example/orders', '/[email]/orders'],
    ['/a?q=sari@toko.example', '/a?q=[email]'],
    ['/a?q=sari%2540toko.example', '/a?q=[email]'],
    ['/a?q=sari%2Bshop%40toko.example&q=x', '/a?q=[email]&q=x'],
    ['/a/sari@bücher.example', '/a/[email]'],
    ['/a/sari@例え.テスト/b', '/a/[email]/b'],
    ['/jquery@3.6.0/a', '/jquery@3.6.0/a'],
  ])('%s is kept as %s', async (url, kept) => {
    expect((await pageOf(url)).page!.url).toBe(`http://localhost:3000${kept}`)
  })

  test('keeps further parameters on request', async () => {
    expect((await pageOf('/a?size=M&x=1', { allowParameters: ['size'] })).page!.url).toBe(
      'http://localhost:3000/a?size=M',
    )
  })
})

describe('the type of a page', () => {
  const jsonLd = (...data: unknown[]) => {
    for (const each of data) {
      document.body.insertAdjacentHTML(
        'beforeend',
        `<script type="application/ld+json">${typeof each === 'string' ? each : JSON.stringify(each)}</script>`,
      )
    }
  }

  test('is what the page’s option says', async () => {
    document.body.innerHTML = '<main data-jejak-page="cart"></main>'
    expect(await pageOf('/', { pageType: 'product' })).toMatchObject({
      page: { type: 'product' },
      stage: 'consideration',
    })
    expect(await pageOf('/help', { pageType: () => location.pathname.slice(1) })).toMatchObject({
      page: { type: 'help' },
    })
  })

  test('is what the markup says, if the option says nothing or fails', async () => {
    document.body.innerHTML = '<main data-jejak-page="cart"></main>'
    expect(await pageOf('/')).toMatchObject({ page: { type: 'cart' }, stage: 'decision' })
    const fails = () => {
      throw new Error('mine')
    }
    expect(await pageOf('/', { pageType: fails })).toMatchObject({ page: { type: 'cart' } })
  })

  test.each([
    ['product', [{ '@type': 'BreadcrumbList' }, { '@type': 'Product', name: 'x' }]],
    ['product', [{ '@type': ['Product', 'Thing'] }]],
    ['product', [[{ '@type': 'Organization' }, { '@type': 'ProductGroup' }]]],
    ['search', [{ '@graph': [{ '@type': 'WebSite' }, { '@type': 'SearchResultsPage' }, { '@type': 'ItemList' }] }]],
    ['list', [{ '@type': 'CollectionPage', mainEntity: { '@type': 'Product' } }]],
    ['article', ['{ broken', 'null', '5', { '@type': 'BlogPosting' }]],
    [undefined, [{ '@type': 'constructor' }, { '@type': 'Organization' }, { '@graph': 5 }]],
  ])('is %s by JSON-LD %j', async (type, data) => {
    jsonLd(...data)
    expect((await pageOf('/')).page!.type).toBe(type)
  })
})

test('the shop’s own rules place a page', async () => {
  const stageRules = {
    paths: { '/blog/*': 'awareness', '/#/cart': 'decision' },
    pageTypes: { lookbook: 'advocacy' },
  } as const
  expect((await pageOf('/blog/batik?x=1', { stageRules, pageType: 'cart' })).stage).toBe('awareness')
  expect((await pageOf('/#/cart', { stageRules })).stage).toBe('decision')
  expect((await pageOf('/x', { stageRules, pageType: 'lookbook' })).stage).toBe('advocacy')
})

test('within a page, the referrer of a view is the address before it', async () => {
  visit('/a?utm_source=x', 'https://news.example/')
  const { tracker, sent } = start()
  tracker.track('page_view')
  history.replaceState(null, '', '/a') // as scripts do that tidy the address
  tracker.track('page_view')
  history.pushState(null, '', '/b')
  tracker.track('page_view')
  tracker.track('login')
  const host = 'http://localhost:3000'
  expect((await sent()).map(({ page }) => [page!.url, page!.referrer])).toEqual([
    [`${host}/a`, 'https://news.example/'],
    [`${host}/a`, 'https://news.example/'],
    [`${host}/b`, `${host}/a`],
    [`${host}/b`, `${host}/a`],
  ])
})

test('an e-mail address in the title is not kept', async () => {
  document.title = 'Orders of sari@toko.example – Toko'
  const { page } = await pageOf('/')
  document.title = ''
  expect(page!.title).toBe('Orders of [email] – Toko')
})
