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
import type { Language } from '../words/language.ts'

/** What the shop answers to a path under `/shop/`. */
export function replyOfShop(path: string, query: URLSearchParams, language: Language): Reply {
  switch (path) {
    case '/shop/':
      return page(<HomePage />, language)
    case '/shop/products':
      return page(<ProductListPage query={query} />, language)
    case '/shop/cart':
      return page(<CartPage />, language)
    case '/shop/checkout':
      return page(<CheckoutPage />, language)
    case '/shop/confirmation':
      return replyOfOrder(query.get('order') ?? '', 'confirmation', language)
    default:
      return replyOfThing(path.split('/').slice(2), language)
  }
}

/** A page or picture of one product, or a page of one order. */
function replyOfThing([kind, id = '', part, ...rest]: readonly string[], language: Language): Reply {
  const product = findProduct(id)
  if (rest.length > 0) return missing(language)
  if (kind === 'products' && product && part === undefined) return page(<ProductPage product={product} />, language)
  if (kind === 'pictures' && product) return picture(product, part, language)
  if (kind === 'orders' && (part === undefined || part === 'review'))
    return replyOfOrder(id, part ?? 'tracking', language)
  return missing(language)
}

/** Orders live in the browser. Here the number is only what a stranger wrote into an address. */
function replyOfOrder(order: string, view: 'confirmation' | 'tracking' | 'review', language: Language): Reply {
  if (!ORDER_ID.test(order)) return missing(language)
  if (view === 'confirmation') return page(<ConfirmationPage order={order} />, language)
  return page(view === 'review' ? <ReviewPage order={order} /> : <OrderPage order={order} />, language)
}

function picture(product: Product, file: string | undefined, language: Language): Reply {
  const colour = product.colours.find(({ id }) => file === `${id}.svg`)
  if (!colour) return missing(language)
  const headers = { 'cache-control': 'max-age=3600' }
  return { status: 200, type: 'image/svg+xml', body: drawProduct(product, colour), headers }
}

function missing(language: Language): Reply {
  return page(<MissingPage />, language, 404)
}
