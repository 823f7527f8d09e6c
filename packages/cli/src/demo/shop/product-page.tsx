import type { JSX } from 'preact'
import { ratingOf } from './catalogue.ts'
import type { Product } from './catalogue.ts'
import { Rating } from './product-card.tsx'
import { ShopPage } from './shop-page.tsx'
import { CATALOGUE_WORDS } from '../words/catalogue-words.ts'
import { fill } from '../words/language.ts'
import { SHOP_WORDS } from '../words/shop-words.ts'
import { useFormats, useWords } from '../words/spoken.ts'

export function ProductPage({ product }: { product: Product }): JSX.Element {
  const [first] = product.colours
  const { list, product: words, products } = useWords(SHOP_WORDS)
  const { about, origin } = useWords(CATALOGUE_WORDS)[product.id]!
  const { money } = useFormats()
  return (
    <ShopPage type="product" title={product.name} script="product" data={{ product: product.id }}>
      <nav class="crumbs" aria-label={words.breadcrumb}>
        <a href="/shop/products">{products}</a>
        <span aria-hidden="true">/</span>
        <a href={`/shop/products?category=${product.category}`}>{list.categories[product.category]}</a>
      </nav>
      <div class="product">
        <img
          id="picture"
          src={`/shop/pictures/${product.id}/${first.id}.svg`}
          alt={`${product.name}, ${first.name}`}
          width="320"
          height="320"
        />
        <div>
          <p class="eyebrow">{origin}</p>
          <h1>{product.name}</h1>
          <p class="price">
            {money(product.price)} <Rating value={ratingOf(product)} />
          </p>
          <p>{about}</p>
          <form id="add-to-cart">
            <fieldset class="choices">
              <legend>{list.colour}</legend>
              {product.colours.map(({ id, name, cloth, motif }) => (
                <label>
                  <input type="radio" name="colour" value={id} data-name={name} checked={id === first.id} />
                  <svg viewBox="0 0 16 16" aria-hidden="true">
                    <circle cx="8" cy="8" r="7" fill={cloth} />
                    <path d="M3 13 L13 3" stroke={motif} stroke-width="2" />
                  </svg>
                  {name}
                </label>
              ))}
            </fieldset>
            <fieldset class="choices">
              <legend>{words.size}</legend>
              {product.sizes.map((size, index) => (
                <label>
                  <input
                    type="radio"
                    name="size"
                    value={size}
                    checked={index === Math.floor(product.sizes.length / 2)}
                  />
                  {size === 'One size' ? words.oneSize : size}
                </label>
              ))}
            </fieldset>
            <button type="submit" class="button wide">
              {words.add}
            </button>
            <p role="status" id="added" class="status" />
          </form>
          {product.sizes.length > 1 && <SizeGuide product={product} />}
          <Reviews product={product} />
        </div>
      </div>
    </ShopPage>
  )
}

function SizeGuide({ product }: { product: Product }): JSX.Element {
  const words = useWords(SHOP_WORDS).product
  return (
    <details id="size-guide">
      <summary>{words.sizeGuide}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.size}</th>
            <th scope="col" class="number">
              {product.silhouette === 'sandal' ? words.foot : words.chest}
            </th>
          </tr>
        </thead>
        <tbody>
          {product.sizes.map((size, index) => (
            <tr>
              <th scope="row">{size}</th>
              <td class="number">{product.silhouette === 'sandal' ? 23.5 + index * 1.3 : 92 + index * 8}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

function Reviews({ product }: { product: Product }): JSX.Element {
  const { reviews } = useWords(SHOP_WORDS).product
  return (
    <details id="reviews">
      <summary>{fill(reviews, { count: product.reviews.length })}</summary>
      <ul class="reviews">
        {product.reviews.map(({ author, rating, text }) => (
          <li>
            <p>
              <Rating value={rating} /> · {author}
            </p>
            <p lang="en">{text}</p>
          </li>
        ))}
      </ul>
    </details>
  )
}
