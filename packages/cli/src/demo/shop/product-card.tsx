import type { JSX } from 'preact'
import { ratingOf } from './catalogue.ts'
import type { Product } from './catalogue.ts'
import { LOCALES, fill } from '../words/language.ts'
import { SHOP_WORDS } from '../words/shop-words.ts'
import { useFormats, useLanguage, useWords } from '../words/spoken.ts'

export interface ItemListProps {
  readonly id: string
  readonly name: string
  readonly products: readonly Product[]
}

/** A list of products, named as the events name it. */
export function ItemList({ id, name, products }: ItemListProps): JSX.Element {
  const words = useWords(SHOP_WORDS).list
  const { money } = useFormats()
  return (
    <ul class="cards" data-item-list={id} data-item-list-name={name}>
      {products.map(product => (
        <li class="card">
          <a href={`/shop/products/${product.id}`} data-item={product.id}>
            <img
              src={`/shop/pictures/${product.id}/${product.colours[0].id}.svg`}
              alt=""
              width="320"
              height="320"
              loading="lazy"
            />
            <span class="card-name">{product.name}</span>
          </a>
          <p class="card-facts">
            <span>{money(product.price)}</span>
            <Rating value={ratingOf(product)} />
          </p>
          <p class="swatches">
            <span class="hidden-text">
              {fill(words.colours, { names: product.colours.map(({ name: colour }) => colour).join(', ') })}
            </span>
            {product.colours.map(({ cloth, motif }) => (
              <svg viewBox="0 0 16 16" aria-hidden="true">
                <circle cx="8" cy="8" r="7" fill={cloth} />
                <path d="M3 13 L13 3" stroke={motif} stroke-width="2" />
              </svg>
            ))}
          </p>
        </li>
      ))}
    </ul>
  )
}

export function Rating({ value }: { value: number }): JSX.Element {
  const { rated, ofFive } = useWords(SHOP_WORDS).list
  const language = useLanguage()
  return (
    <span class="rating">
      <span aria-hidden="true">★ </span>
      <span class="hidden-text">{rated} </span>
      {value.toLocaleString(LOCALES[language], { minimumFractionDigits: 1 })}
      <span class="hidden-text"> {ofFive}</span>
    </span>
  )
}
