import type { JSX } from 'preact'
import { ShopPage } from './shop-page.tsx'

export function MissingPage(): JSX.Element {
  return (
    <ShopPage type="missing" title="Not found">
      <h1>There is no such page</h1>
      <p>
        It was moved, or never was. <a href="/shop/">Back to the shop</a>
      </p>
    </ShopPage>
  )
}
