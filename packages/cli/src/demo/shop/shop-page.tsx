import type { PageType } from '@jejak/events'
import type { ComponentChildren, JSX } from 'preact'
import { DataBlock } from '../data-block.tsx'
import { PageHead } from '../page-head.tsx'
import { COUPONS, CURRENCY, PAYMENT_TYPES, PRODUCTS, SHIPPING_TIERS, SHOP_NAME } from './catalogue.ts'

/** Keeps the calls that a page makes before `/jejak.js` has loaded. */
export const TRACKER_STUB = 'window.jejak=window.jejak||function(){(window.jejak.q=window.jejak.q||[]).push(arguments)}'

export interface ShopPageProps {
  /** What the page tells the tracker about itself. */
  readonly type: PageType | 'missing'
  readonly title: string
  /** The module under `assets/shop` that brings this page to life. */
  readonly script?: string
  /** More data for that module. */
  readonly data?: Readonly<Record<string, unknown>>
  readonly children: ComponentChildren
}

/** The frame around every page of the shop, with the script tag as a shop would write it. */
export function ShopPage({ type, title, script = 'page', data = {}, children }: ShopPageProps): JSX.Element {
  return (
    <html lang="en">
      <head>
        <PageHead title={`${title} · ${SHOP_NAME}`} styles={['shop']} />
        <script dangerouslySetInnerHTML={{ __html: TRACKER_STUB }} />
        <script async src="/jejak.js" />
        <script type="module" src={`/assets/shop/${script}.js`} />
      </head>
      <body data-jejak-page={type}>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        <header class="shop-header">
          <a class="brand" href="/shop/">
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path d="M4 3v18M8 3v18M12 3v18M16 3v18M20 3v18" />
            </svg>
            {SHOP_NAME}
          </a>
          <nav aria-label="Shop">
            <a href="/shop/products" aria-current={type === 'list' ? 'page' : undefined}>
              Products
            </a>
            <a href="/shop/cart" aria-current={type === 'cart' ? 'page' : undefined}>
              Cart <span id="cart-count" class="count" hidden />
            </a>
          </nav>
        </header>
        <main id="main">{children}</main>
        <footer class="shop-footer">
          <p>{SHOP_NAME} is a demonstration. Nothing is sold, and what you type stays on this machine.</p>
        </footer>
        <DataBlock
          id="shop-data"
          data={{
            currency: CURRENCY,
            products: PRODUCTS.map(({ id, name, category, price }) => ({ id, name, category, price })),
            coupons: COUPONS,
            shippingTiers: SHIPPING_TIERS,
            paymentTypes: PAYMENT_TYPES,
            ...data,
          }}
        />
      </body>
    </html>
  )
}
