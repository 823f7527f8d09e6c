import { page } from '../reply.tsx'
import type { Reply } from '../reply.tsx'
import { CartPage } from './cart-page.tsx'
import { findProduct } from './catalogue.ts'
import type { Product } from './catalogue.ts'
import { CheckoutPage } from './checkout-page.tsx'
import { HomePage } from './home-page.tsx'
import { MissingPage } from './missing-page.tsx'
import { ConfirmationPage, ORDER_ID, OrderPage, ReviewPage } from './order-pages.tsx'
import { drawProduct } from './picture.tsx'
import { ProductListPage } from './product-list-page.tsx'
import { ProductPage } from './product-page.tsx'

/** What the shop answers to a path under `/shop/`. */
export function replyOfShop(path: string, query: URLSearchParams): Reply {
  switch (path) {
    case '/shop/':
      return page(<HomePage />)
    case '/shop/products':
      return page(<ProductListPage query={query} />)
    case '/shop/cart':
      return page(<CartPage />)
    case '/shop/checkout':
      return page(<CheckoutPage />)
    case '/shop/confirmation':
      return replyOfOrder(query.get('order') ?? '', 'confirmation')
    default:
      return replyOfThing(path.split('/').slice(2))
  }
}

/** A page or picture of one product, or a page of one order. */
function replyOfThing([kind, id = '', part, ...rest]: readonly string[]): Reply {
  const product = findProduct(id)
  if (rest.length > 0) return missing()
  if (kind === 'products' && product && part === undefined) return page(<ProductPage product={product} />)
  if (kind === 'pictures' && product) return picture(product, part)
  if (kind === 'orders' && (part === undefined || part === 'review')) return replyOfOrder(id, part ?? 'tracking')
  return missing()
}

/** Orders live in the browser. Here the number is only what a stranger wrote into an address. */
function replyOfOrder(order: string, view: 'confirmation' | 'tracking' | 'review'): Reply {
  if (!ORDER_ID.test(order)) return missing()
  if (view === 'confirmation') return page(<ConfirmationPage order={order} />)
  return page(view === 'review' ? <ReviewPage order={order} /> : <OrderPage order={order} />)
}

function picture(product: Product, file: string | undefined): Reply {
  const colour = product.colours.find(({ id }) => file === `${id}.svg`)
  if (!colour) return missing()
  const headers = { 'cache-control': 'max-age=3600' }
  return { status: 200, type: 'image/svg+xml', body: drawProduct(product, colour), headers }
}

function missing(): Reply {
  return page(<MissingPage />, 404)
}
