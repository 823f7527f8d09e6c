import type { JSX } from 'preact'
import { CATEGORIES, PRODUCTS, ratingOf } from './catalogue.ts'
import type { Product } from './catalogue.ts'
import { ItemList } from './product-card.tsx'
import { ShopPage } from './shop-page.tsx'
import { SHOP_WORDS } from '../words/shop-words.ts'
import { useFormats, useWords } from '../words/spoken.ts'

const SORTINGS = {
  featured: () => 0,
  'price-up': (a: Product, b: Product) => a.price - b.price,
  'price-down': (a: Product, b: Product) => b.price - a.price,
  rating: (a: Product, b: Product) => ratingOf(b) - ratingOf(a),
} as const

const COLOURS: ReadonlyMap<string, string> = new Map(
  PRODUCTS.flatMap(({ colours }) => colours.map(({ id, name }) => [id, name])),
)

/** The list, narrowed and sorted as its address says. What the address says and the shop does not know is left out. */
export function ProductListPage({ query }: { query: URLSearchParams }): JSX.Element {
  const words = useWords(SHOP_WORDS).list
  const { count } = useFormats()
  const category = known(words.categories, query.get('category'))
  const colour = COLOURS.has(query.get('colour') ?? '') ? query.get('colour') : undefined
  const sort = known(SORTINGS, query.get('sort')) ?? 'featured'

  const products = PRODUCTS.filter(product => !category || product.category === category)
    .filter(product => !colour || product.colours.some(({ id }) => id === colour))
    .toSorted(SORTINGS[sort])
  const title = category ? words.categories[category] : words.all
  // Events name it alike whatever the page speaks.
  const inEvents = SHOP_WORDS.en.list
  const listName = category ? inEvents.categories[category] : inEvents.all
  const filters = {
    ...(category && { category }),
    ...(colour && { colour }),
    ...(sort !== 'featured' && { sort }),
  }

  return (
    <ShopPage type="list" title={title} script="list" data={{ filters, resultsCount: products.length }}>
      <h1>{title}</h1>
      <form class="filters" id="filters" method="get" action="/shop/products" aria-label={words.filters}>
        <Choice
          name="category"
          label={words.category}
          chosen={category}
          none={words.everyCategory}
          options={CATEGORIES.map(id => [id, words.categories[id]])}
        />
        <Choice name="colour" label={words.colour} chosen={colour} none={words.anyColour} options={[...COLOURS]} />
        <Choice name="sort" label={words.sort} chosen={sort} options={Object.entries(words.sortings)} />
        <button type="submit" class="button quiet">
          {words.apply}
        </button>
        <p role="status">{count(products.length, words.count)}</p>
      </form>
      {products.length ? (
        <ItemList id={category ?? 'all'} name={listName} products={products} />
      ) : (
        <p class="empty">
          {words.nothing} <a href="/shop/products">{words.everything}</a>
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
