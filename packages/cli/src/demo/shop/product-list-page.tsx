import type { JSX } from 'preact'
import { CATEGORIES, PRODUCTS, ratingOf } from './catalogue.ts'
import type { Product } from './catalogue.ts'
import { ItemList } from './product-card.tsx'
import { ShopPage } from './shop-page.tsx'

const SORTINGS = {
  featured: { label: 'Featured', compare: () => 0 },
  'price-up': { label: 'Price, lowest first', compare: (a: Product, b: Product) => a.price - b.price },
  'price-down': { label: 'Price, highest first', compare: (a: Product, b: Product) => b.price - a.price },
  rating: { label: 'Best rated', compare: (a: Product, b: Product) => ratingOf(b) - ratingOf(a) },
} as const

const COLOURS: ReadonlyMap<string, string> = new Map(
  PRODUCTS.flatMap(({ colours }) => colours.map(({ id, name }) => [id, name])),
)

/** The list, narrowed and sorted as its address says. What the address says and the shop does not know is left out. */
export function ProductListPage({ query }: { query: URLSearchParams }): JSX.Element {
  const category = known(CATEGORIES, query.get('category'))
  const colour = COLOURS.has(query.get('colour') ?? '') ? query.get('colour') : undefined
  const sort = known(SORTINGS, query.get('sort')) ?? 'featured'

  const products = PRODUCTS.filter(product => !category || product.category === category)
    .filter(product => !colour || product.colours.some(({ id }) => id === colour))
    .toSorted(SORTINGS[sort].compare)
  const listName = category ? CATEGORIES[category] : 'All products'
  const filters = {
    ...(category && { category }),
    ...(colour && { colour }),
    ...(sort !== 'featured' && { sort }),
  }

  return (
    <ShopPage type="list" title={listName} script="list" data={{ filters, resultsCount: products.length }}>
      <h1>{listName}</h1>
      <form class="filters" id="filters" method="get" action="/shop/products" aria-label="Filter and sort">
        <Choice name="category" label="Category" chosen={category} none="All" options={Object.entries(CATEGORIES)} />
        <Choice name="colour" label="Colour" chosen={colour} none="Any" options={[...COLOURS]} />
        <Choice
          name="sort"
          label="Sort by"
          chosen={sort}
          options={Object.entries(SORTINGS).map(([id, { label }]) => [id, label])}
        />
        <button type="submit" class="button quiet">
          Apply
        </button>
        <p role="status">{products.length === 1 ? '1 product' : `${products.length} products`}</p>
      </form>
      {products.length ? (
        <ItemList id={category ?? 'all'} name={listName} products={products} />
      ) : (
        <p class="empty">
          Nothing is woven like that yet. <a href="/shop/products">See everything</a>
        </p>
      )}
    </ShopPage>
  )
}

interface ChoiceProps {
  readonly name: string
  readonly label: string
  readonly chosen: string | null | undefined
  readonly none?: string
  readonly options: readonly (readonly [id: string, label: string])[]
}

function Choice({ name, label, chosen, none, options }: ChoiceProps): JSX.Element {
  return (
    <label>
      {label}
      <select name={name}>
        {none && <option value="">{none}</option>}
        {options.map(([id, text]) => (
          <option value={id} selected={id === chosen}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
}

/** A key of a table by a word from outside, or undefined: `constructor` and the like are not in it. */
function known<Table extends object>(table: Table, word: string | null): (keyof Table & string) | undefined {
  return word !== null && Object.hasOwn(table, word) ? (word as keyof Table & string) : undefined
}
