import type { JSX } from 'preact'
import { ShopPage } from './shop-page.tsx'
import { SHOP_WORDS } from '../words/shop-words.ts'
import { useWords } from '../words/spoken.ts'

/** The cart is kept in the browser, so the page's script fills it. */
export function CartPage(): JSX.Element {
  const { cartPage: words, cart, home } = useWords(SHOP_WORDS)
  return (
    <ShopPage type="cart" title={cart} script="cart">
      <h1 tabIndex={-1}>{words.heading}</h1>
      <p class="empty" id="cart-empty" hidden>
        {words.empty} <a href="/shop/products">{home.see}</a>
      </p>
      <div class="split" id="cart" hidden>
        <ul class="lines" id="lines" aria-label={words.lines} />
        <aside class="panel" aria-label={words.summary}>
          <form id="coupon" class="inline-form">
            <label>
              {words.coupon}
              <input name="coupon" autocomplete="off" autocapitalize="characters" spellcheck={false} maxLength={30} />
            </label>
            <button type="submit" class="button quiet">
              {words.use}
            </button>
            <p role="status" id="coupon-status" class="status" />
          </form>
          <dl class="sums" id="sums" />
          <a class="button wide" id="to-checkout" href="/shop/checkout">
            {words.checkout}
          </a>
        </aside>
      </div>
    </ShopPage>
  )
}
