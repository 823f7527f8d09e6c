import type { JSX } from 'preact'
import { PRODUCTS, PROMOTION } from './catalogue.ts'
import { ItemList } from './product-card.tsx'
import { ShopPage } from './shop-page.tsx'
import { SHOP_WORDS } from '../words/shop-words.ts'
import { useWords } from '../words/spoken.ts'

export function HomePage(): JSX.Element {
  const words = useWords(SHOP_WORDS).home
  const [before, after] = words.offer.split('{coupon}')
  return (
    <ShopPage type="home" title={words.title} script="home" data={{ promotion: PROMOTION }}>
      <section class="promotion" aria-labelledby="promotion-name">
        <div>
          <p class="eyebrow">{words.eyebrow}</p>
          <h1 id="promotion-name">{words.headline}</h1>
          <p>
            {before}
            <strong>HUJAN10</strong>
            {after}
          </p>
          <a class="button" id="promotion" href="/shop/products">
            {words.see}
          </a>
        </div>
        <RainClouds />
      </section>
      <section aria-labelledby="popular">
        <h2 id="popular">{words.popular}</h2>
        <ItemList
          id="popular"
          name="Popular now"
          products={PRODUCTS.filter((_, index) => [0, 2, 4, 5].includes(index))}
        />
      </section>
      <section class="promises" aria-label={words.promise}>
        {words.promises.map(([strong, rest]) => (
          <p>
            <strong>{strong}</strong> {rest}
          </p>
        ))}
      </section>
    </ShopPage>
  )
}

/** Mega mendung, the rain clouds of Cirebon, and rain. */
function RainClouds(): JSX.Element {
  return (
    <svg class="clouds" viewBox="0 0 420 260" aria-hidden="true">
      {[0, 1, 2, 3].map(ring => (
        <path
          class={`ring-${ring}`}
          transform={`translate(${ring * 22} ${ring * 13}) scale(${1 - ring * 0.115})`}
          d="M24 150 C6 112 42 84 78 98 C84 46 164 34 186 84 C206 52 262 56 272 96 C310 66 372 84 368 124 C402 128 404 168 372 172 H52 C36 172 28 164 24 150 Z"
        />
      ))}
      <path
        class="rain"
        d="M78 196 l-12 40 M128 196 l-12 40 M178 196 l-12 40 M228 196 l-12 40 M278 196 l-12 40 M328 196 l-12 40"
      />
    </svg>
  )
}
