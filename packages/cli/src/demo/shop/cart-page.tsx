import type { JSX } from 'preact'
import { ShopPage } from './shop-page.tsx'

/** The cart is kept in the browser, so the page's script fills it. */
export function CartPage(): JSX.Element {
  return (
    <ShopPage type="cart" title="Cart" script="cart">
      <h1 tabIndex={-1}>Your cart</h1>
      <p class="empty" id="cart-empty" hidden>
        Your cart is empty. <a href="/shop/products">See the collection</a>
      </p>
      <div class="split" id="cart" hidden>
        <ul class="lines" id="lines" aria-label="Products in your cart" />
        <aside class="panel" aria-label="Summary">
          <form id="coupon" class="inline-form">
            <label>
              Coupon
              <input name="coupon" autocomplete="off" autocapitalize="characters" spellcheck={false} maxLength={30} />
            </label>
            <button type="submit" class="button quiet">
              Use
            </button>
            <p role="status" id="coupon-status" class="status" />
          </form>
          <dl class="sums" id="sums" />
          <a class="button wide" id="to-checkout" href="/shop/checkout">
            Go to checkout
          </a>
        </aside>
      </div>
    </ShopPage>
  )
}
