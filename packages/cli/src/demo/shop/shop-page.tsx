import type { PageType } from '@jejak/events'
import type { ComponentChildren, JSX } from 'preact'
import { DataBlock } from '../data-block.tsx'
import { PageHead } from '../page-head.tsx'
import { COUPONS, CURRENCY, PAYMENT_TYPES, PRODUCTS, SHIPPING_TIERS, SHOP_NAME } from './catalogue.ts'
import { SHOP_WORDS } from '../words/shop-words.ts'
import { useLanguage, useWords } from '../words/spoken.ts'

/**
 * Keeps the calls that a page makes before `/jejak.js` has loaded. The live page around the shop, which has the same
 * origin, is told what was not recorded.
 */
export const TRACKER_STUB: string =
  'window.jejak=window.jejak||function(){(window.jejak.q=window.jejak.q||[]).push(arguments)};' +
  "jejak('init',{onDrop:function(reason,count){parent.dispatchEvent(new CustomEvent('jejak-drop',{detail:{reason:reason,count:count}}))}})"

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
  const words = useWords(SHOP_WORDS)
  const language = useLanguage()
  return (
    <html lang={language}>
      <head>
        <PageHead title={`${title} · ${SHOP_NAME}`} styles={['shop']} />
        <script dangerouslySetInnerHTML={{ __html: TRACKER_STUB }} />
        <script async src="/jejak.js" data-consent="pending" />
        <script type="module" src="/assets/shop/consent.js" />
        <script type="module" src={`/assets/shop/${script}.js`} />
      </head>
      <body data-jejak-page={type}>
        <a class="skip" href="#main">
          {words.skip}
        </a>
        <ConsentBanner />
        <header class="shop-header">
          <a class="brand" href="/shop/">
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path d="M4 3v18M8 3v18M12 3v18M16 3v18M20 3v18" />
            </svg>
            {SHOP_NAME}
          </a>
          <nav aria-label={words.nav}>
            <a href="/shop/products" aria-current={type === 'list' ? 'page' : undefined}>
              {words.products}
            </a>
            <a href="/shop/cart" aria-current={type === 'cart' ? 'page' : undefined}>
              {words.cart} <span id="cart-count" class="count" hidden />
            </a>
          </nav>
        </header>
        <main id="main">{children}</main>
        <footer class="shop-footer">
          <p>
            {SHOP_NAME} {words.footer}
          </p>
          <p class="privacy">
            <span id="consent-chosen" />
            <button type="button" class="link" id="consent-choices" hidden>
              {words.consent.choices}
            </button>
            <button type="button" class="link" id="consent-withdraw" hidden>
              {words.consent.withdraw}
            </button>
          </p>
          <p role="status" id="consent-status" />
        </footer>
        <DataBlock
          id="shop-data"
          data={{
            currency: CURRENCY,
            products: PRODUCTS.map(({ id, name, category, price }) => ({ id, name, category, price })),
            coupons: COUPONS,
            shippingTiers: SHIPPING_TIERS,
            paymentTypes: PAYMENT_TYPES,
            language,
            words: { ...words.script, tiers: words.checkout.tiers, parcel: words.order.parcel },
            ...data,
          }}
        />
      </body>
    </html>
  )
}

/** Asks once, and keeps nobody from the shop meanwhile. Its script shows it while there is no answer. */
function ConsentBanner(): JSX.Element {
  const { title, text, accept, refuse } = useWords(SHOP_WORDS).consent
  return (
    <section class="consent" id="consent" aria-labelledby="consent-title" hidden>
      <div>
        <h2 id="consent-title">{title}</h2>
        <p>{text}</p>
      </div>
      <div class="consent-answers">
        <button type="button" class="button quiet" data-consent="denied">
          {refuse}
        </button>
        <button type="button" class="button quiet" data-consent="granted">
          {accept}
        </button>
      </div>
    </section>
  )
}
