import type { InLanguages } from './language.ts'

/** What the shop tells of a product. Reviews stay in the language their author wrote them in. */
export interface ProductWords {
  readonly about: string
  readonly origin: string
}

/** By the product's id. */
export const CATALOGUE_WORDS: InLanguages<Readonly<Record<string, ProductWords>>> = {
  en: {
    'kemeja-lurik': {
      about: 'A straight shirt of hand-woven striped cotton: cool at noon, and softer with every wash.',
      origin: 'Woven in Klaten',
    },
    'kemeja-parang': {
      about: 'Stamped batik with the slanting parang, matched at the front so that the waves run on.',
      origin: 'Stamped in Surakarta',
    },
    'rok-kawung': {
      about: 'A wrap skirt with the round kawung, tied with two bands and meant to be worn every day.',
      origin: 'Drawn in Yogyakarta',
    },
    'sarung-troso': {
      about: 'Ikat from the north coast. The thread is dyed before it is woven, so both sides are right.',
      origin: 'Woven in Jepara',
    },
    'selendang-truntum': {
      about: 'A light scarf strewn with truntum, the small stars that parents wear at a wedding.',
      origin: 'Drawn in Surakarta',
    },
    'tas-purun': {
      about: 'A market bag plaited from marsh reed, with a cotton lining and handles that hold ten kilos.',
      origin: 'Plaited in Banjar',
    },
    'dompet-mega': {
      about: 'A flat pouch under rain clouds in seven shades, padded, with a brass zip.',
      origin: 'Sewn in Cirebon',
    },
    'sandal-anyam': {
      about: 'Plaited straps on a sole of recycled tyre: made for rain, and easily mended.',
      origin: 'Made in Tasikmalaya',
    },
  },
  id: {
    'kemeja-lurik': {
      about: 'Kemeja lurus dari katun lurik tenun tangan: sejuk di siang hari, makin lembut setiap dicuci.',
      origin: 'Ditenun di Klaten',
    },
    'kemeja-parang': {
      about: 'Batik cap dengan parang miring, bertemu rapi di bagian depan sehingga ombaknya bersambung.',
      origin: 'Dicap di Surakarta',
    },
    'rok-kawung': {
      about: 'Rok lilit bermotif kawung bulat, diikat dengan dua tali, untuk dipakai setiap hari.',
      origin: 'Ditulis di Yogyakarta',
    },
    'sarung-troso': {
      about: 'Ikat dari pesisir utara. Benangnya dicelup sebelum ditenun, jadi kedua sisinya sama bagus.',
      origin: 'Ditenun di Jepara',
    },
    'selendang-truntum': {
      about: 'Selendang ringan bertabur truntum, bintang kecil yang dipakai orang tua di pernikahan.',
      origin: 'Ditulis di Surakarta',
    },
    'tas-purun': {
      about: 'Tas pasar anyaman purun, berlapis katun, pegangannya kuat sampai sepuluh kilo.',
      origin: 'Dianyam di Banjar',
    },
    'dompet-mega': {
      about: 'Dompet pipih di bawah awan mendung tujuh gradasi, berbusa, dengan ritsleting kuningan.',
      origin: 'Dijahit di Cirebon',
    },
    'sandal-anyam': {
      about: 'Tali anyaman di atas sol ban bekas: tahan hujan dan mudah diperbaiki.',
      origin: 'Dibuat di Tasikmalaya',
    },
  },
}
