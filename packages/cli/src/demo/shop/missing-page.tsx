import type { JSX } from 'preact'
import { ShopPage } from './shop-page.tsx'
import { SHOP_WORDS } from '../words/shop-words.ts'
import { useWords } from '../words/spoken.ts'

export function MissingPage(): JSX.Element {
  const { missing, order } = useWords(SHOP_WORDS)
  return (
    <ShopPage type="missing" title={missing.title}>
      <h1>{missing.heading}</h1>
      <p>
        {missing.text} <a href="/shop/">{order.back}</a>
      </p>
    </ShopPage>
  )
}
