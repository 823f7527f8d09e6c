/** A colourway: the cloth and the motif woven, drawn or printed on it. */
export interface Colour {
  readonly id: string
  readonly name: string
  readonly cloth: string
  readonly motif: string
}

interface Review {
  readonly rating: number
  readonly author: string
  readonly text: string
}

export type Category = 'clothes' | 'cloths' | 'accessories'
export type Silhouette = 'shirt' | 'skirt' | 'scarf' | 'bag' | 'sarong' | 'pouch' | 'sandal'
export type Motif = 'lurik' | 'parang' | 'kawung' | 'truntum' | 'anyam' | 'ikat' | 'mega'

export interface Product {
  readonly id: string
  readonly name: string
  readonly category: Category
  /** In rupiah. */
  readonly price: number
  readonly silhouette: Silhouette
  readonly motif: Motif
  readonly colours: readonly [Colour, ...Colour[]]
  readonly sizes: readonly [string, ...string[]]
  readonly reviews: readonly Review[]
}

export const SHOP_NAME = 'Kedai Lurik'
export const CURRENCY = 'IDR'

export const CATEGORIES: readonly Category[] = ['clothes', 'cloths', 'accessories']

const indigo: Colour = { id: 'indigo', name: 'Indigo', cloth: '#23395d', motif: '#e8dcc4' }
const sogan: Colour = { id: 'sogan', name: 'Sogan', cloth: '#7a4a2b', motif: '#f1d9a7' }
const senja: Colour = { id: 'senja', name: 'Senja', cloth: '#b4532f', motif: '#f6dfb8' }
const padi: Colour = { id: 'padi', name: 'Padi', cloth: '#e6d6ae', motif: '#6b4a2a' }
const laut: Colour = { id: 'laut', name: 'Laut', cloth: '#1f6f72', motif: '#e9efdc' }
const arang: Colour = { id: 'arang', name: 'Arang', cloth: '#2d2a2b', motif: '#d9b98a' }

const clothing = ['S', 'M', 'L', 'XL'] as const
const oneSize = ['One size'] as const

export const PRODUCTS: readonly Product[] = [
  {
    id: 'kemeja-lurik',
    name: 'Kemeja Lurik',
    category: 'clothes',
    price: 389_000,
    silhouette: 'shirt',
    motif: 'lurik',
    colours: [senja, indigo, padi],
    sizes: clothing,
    reviews: [
      { rating: 5, author: 'Wayan', text: 'The weave is even and it breathes. I ordered a second one.' },
      { rating: 4, author: 'Rini', text: 'Lovely cloth. A little long in the sleeve.' },
      { rating: 5, author: 'Bayu', text: 'Arrived in two days, well packed.' },
    ],
  },
  {
    id: 'kemeja-parang',
    name: 'Kemeja Parang',
    category: 'clothes',
    price: 459_000,
    silhouette: 'shirt',
    motif: 'parang',
    colours: [sogan, indigo, arang],
    sizes: clothing,
    reviews: [
      { rating: 5, author: 'Dimas', text: 'The pattern meets at the buttons. Beautiful work.' },
      { rating: 4, author: 'Tika', text: 'Good fit, the colour is a shade darker than on screen.' },
    ],
  },
  {
    id: 'rok-kawung',
    name: 'Rok Lilit Kawung',
    category: 'clothes',
    price: 349_000,
    silhouette: 'skirt',
    motif: 'kawung',
    colours: [arang, sogan, laut],
    sizes: clothing,
    reviews: [
      { rating: 5, author: 'Ayu', text: 'Falls beautifully and does not slip.' },
      { rating: 3, author: 'Nadia', text: 'The bands could be longer.' },
    ],
  },
  {
    id: 'sarung-troso',
    name: 'Sarung Tenun Troso',
    category: 'cloths',
    price: 319_000,
    silhouette: 'sarong',
    motif: 'ikat',
    colours: [laut, senja, indigo],
    sizes: oneSize,
    reviews: [
      { rating: 5, author: 'Hasan', text: 'Soft from the first day.' },
      { rating: 5, author: 'Putri', text: 'A gift for my father. He wears nothing else at home.' },
    ],
  },
  {
    id: 'selendang-truntum',
    name: 'Selendang Truntum',
    category: 'cloths',
    price: 229_000,
    silhouette: 'scarf',
    motif: 'truntum',
    colours: [indigo, sogan, senja],
    sizes: oneSize,
    reviews: [{ rating: 5, author: 'Laras', text: 'Thin, warm and not slippery.' }],
  },
  {
    id: 'tas-purun',
    name: 'Tas Anyam Purun',
    category: 'accessories',
    price: 275_000,
    silhouette: 'bag',
    motif: 'anyam',
    colours: [padi, laut, senja],
    sizes: oneSize,
    reviews: [
      { rating: 4, author: 'Gita', text: 'Strong and light. The lining has no pocket.' },
      { rating: 5, author: 'Made', text: 'My whole market fits in.' },
    ],
  },
  {
    id: 'dompet-mega',
    name: 'Dompet Mega Mendung',
    category: 'accessories',
    price: 95_000,
    silhouette: 'pouch',
    motif: 'mega',
    colours: [laut, indigo, senja],
    sizes: oneSize,
    reviews: [{ rating: 4, author: 'Yoga', text: 'Holds my passport and cables.' }],
  },
  {
    id: 'sandal-anyam',
    name: 'Sandal Anyam',
    category: 'accessories',
    price: 185_000,
    silhouette: 'sandal',
    motif: 'anyam',
    colours: [padi, arang, sogan],
    sizes: ['37', '39', '41', '43'],
    reviews: [
      { rating: 4, author: 'Eko', text: 'Needed three days of walking in, perfect since.' },
      { rating: 2, author: 'Sri', text: 'Runs small: take one size more.' },
    ],
  },
]

/** What the home page promotes. */
export const PROMOTION = {
  promotion_id: 'MUSIM-HUJAN',
  promotion_name: 'Rainy season week',
  creative_name: 'Rain clouds',
  creative_slot: 'home_top',
} as const

export interface Coupon {
  /** Off the goods, in percent. */
  readonly percent: number
  readonly expired?: true
}

export const COUPONS: Readonly<Record<string, Coupon>> = {
  HUJAN10: { percent: 10 },
  LEBARAN5: { percent: 5, expired: true },
}

export interface ShippingTier {
  readonly id: string
  readonly tier: string
  readonly carrier: string
  readonly price: number
  /** Days until delivery is promised, from and to. */
  readonly days: readonly [number, number]
}

export const SHIPPING_TIERS: readonly ShippingTier[] = [
  { id: 'economy', tier: 'Economy', carrier: 'Pos Indonesia', price: 9_000, days: [4, 7] },
  { id: 'regular', tier: 'Regular', carrier: 'JNE', price: 16_000, days: [2, 3] },
  { id: 'next-day', tier: 'Next day', carrier: 'AnterAja', price: 34_000, days: [1, 1] },
]

export interface PaymentType {
  readonly id: string
  readonly name: string
  /** The first attempt is turned down, so that a failed payment can be seen in a journey. */
  readonly failsFirst?: true
}

export const PAYMENT_TYPES: readonly PaymentType[] = [
  { id: 'qris', name: 'QRIS' },
  { id: 'bank-transfer', name: 'Bank transfer' },
  { id: 'card', name: 'Card', failsFirst: true },
  { id: 'cash-on-delivery', name: 'Cash on delivery' },
]

export function findProduct(id: string): Product | undefined {
  return PRODUCTS.find(product => product.id === id)
}

/** The mean of a product's ratings, to one decimal. */
export function ratingOf(product: Product): number {
  const sum = product.reviews.reduce((total, review) => total + review.rating, 0)
  return Math.round((sum / product.reviews.length) * 10) / 10
}
