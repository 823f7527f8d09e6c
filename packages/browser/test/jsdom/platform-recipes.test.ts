import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test, vi } from 'vitest'

// The scripts of the recipes. What WooCommerce and Magento do is imitated.
type Call = readonly [method: string, name: string, properties: object]
const tracked: Call[] = []
const folder = join(import.meta.dirname, '../../platforms')
const run = (file: string, given: Record<string, unknown>) => {
  const code = readFileSync(join(folder, file), 'utf8')
  // oxlint-disable-next-line typescript/no-implied-eval -- these are no modules
  new Function(...Object.keys(given), code)(...Object.values(given))
}

beforeEach(() => {
  tracked.length = 0
  Object.assign(window, { jejak: (...call: Call) => tracked.push(call) })
})

describe('WooCommerce', () => {
  const added = (id: string) => ['add_to_cart', { items: [{ item_id: id }] }]
  /** What PHP has in its session. A second request before the first is answered is handed the same. */
  let session: unknown[] = []
  const heard: (() => void)[] = []
  const fetch = async () => {
    const answer = session
    await new Promise(resolve => setTimeout(resolve))
    session = []
    return { json: () => Promise.resolve(answer) }
  }
  const start = () => {
    document.body = document.createElement('body') // without the listeners of the test before
    const jQuery = () => ({ on: (_events: string, listener: () => void) => heard.push(listener) })
    Object.assign(window, { jejakPending: '/?wc-ajax=jejak_pending', jQuery })
    run('woocommerce/jejak/cart.js', { fetch })
  }

  test('what was added by a form is tracked on the page that follows', async () => {
    session = [added('41')]
    document.cookie = 'jejak_pending=1'
    start()
    await vi.waitFor(() => expect(tracked).toEqual([['track', ...added('41')]]))
    document.cookie = 'jejak_pending=; max-age=0'
  })

  test('a page on which nothing happened asks for nothing', () => {
    session = [added('41')]
    start()
    expect(session).toHaveLength(1)
  })

  test('what a block and what jQuery has added is tracked once, though both tell of it', async () => {
    session = []
    start()
    session = [added('42')]
    document.body.dispatchEvent(new CustomEvent('wc-blocks_added_to_cart'))
    heard.at(-1)!()
    await vi.waitFor(() => expect(tracked).not.toHaveLength(0))
    session = [added('43')]
    heard.at(-1)!()
    await vi.waitFor(() => expect(tracked.at(-1)).toEqual(['track', ...added('43')]))
    expect(tracked).toHaveLength(2)
  })

  test('the order learns of the visitor, but only of one who allows it', () => {
    for (const consent of ['pending', 'denied', 'limited']) {
      Object.assign(window, { jejak: Object.assign(() => {}, { visitorId: `visitor-${consent}`, consent }) })
      start()
      dispatchEvent(new Event('load'))
    }
    expect(document.cookie).toContain('jejak_visitor=visitor-limited')
  })
})

describe('Magento', () => {
  interface Line {
    readonly item_id: string
    readonly qty: number
  }
  const line = (item_id: string, qty: number) => ({
    item_id,
    qty,
    product_sku: `SKU-${item_id}`,
    product_name: 'Batik shirt',
    product_price_value: '150000',
  })
  const start = (items?: readonly Line[]) => {
    let onChange = (_cart: object): void => {}
    let changed = (): void => {}
    const cart = Object.assign(() => (items ? { items } : {}), {
      subscribe: (tell: typeof onChange) => (onChange = tell),
    })
    const $ = () => ({ on: (_events: string, tell: () => void) => (changed = tell) })
    const define = (_names: string[], make: (...given: unknown[]) => (config: object) => void) =>
      make($, { get: () => cart })({ currency: 'IDR' })
    run('magento/Jejak/Shop/view/frontend/web/js/cart.js', { define, document })
    return {
      change(next: readonly Line[]) {
        changed()
        onChange({ items: next })
      },
      learn: (next: readonly Line[]) => onChange({ items: next }),
    }
  }

  test('what AJAX adds and takes out is tracked, each by its difference', () => {
    const shop = start()
    shop.change([line('1', 2)])
    shop.change([line('1', 1), line('2', 1)])
    shop.change([])
    expect(tracked.map(([, name, properties]) => [name, properties])).toEqual([
      [
        'add_to_cart',
        { currency: 'IDR', value: 300_000, items: [expect.objectContaining({ item_id: 'SKU-1', quantity: 2 })] },
      ],
      ['remove_from_cart', expect.objectContaining({ value: 150_000 })],
      ['add_to_cart', expect.objectContaining({ items: [expect.objectContaining({ item_id: 'SKU-2' })] })],
      ['remove_from_cart', expect.objectContaining({ value: 150_000 })],
      ['remove_from_cart', expect.objectContaining({ value: 150_000 })],
    ])
  })

  test('a cart that was there before is no news', () => {
    const shop = start()
    shop.learn([line('1', 2)])
    expect(tracked).toEqual([])
    shop.change([line('1', 3)])
    expect(tracked).toHaveLength(1)
  })
})

describe('XML is well-formed', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  test.each(files.filter(file => file.endsWith('.xml')))('%s', file => {
    const xml = new DOMParser().parseFromString(readFileSync(join(folder, file), 'utf8'), 'text/xml')
    expect(xml.querySelector('parsererror')).toBeNull()
  })
})
