import type { ParcelEventName } from '../parcel.ts'
import type { Category } from '../shop/catalogue.ts'
import type { Counted, InLanguages } from './language.ts'

/** What the shop says. The names that its events carry are not in here: they are the same in every language. */
export interface ShopWords {
  readonly skip: string
  readonly nav: string
  readonly products: string
  readonly cart: string
  readonly footer: string
  readonly consent: {
    readonly title: string
    readonly text: string
    readonly accept: string
    readonly refuse: string
    readonly choices: string
    readonly withdraw: string
  }
  readonly home: {
    readonly title: string
    readonly eyebrow: string
    readonly headline: string
    /** `{coupon}` is the code. */
    readonly offer: string
    readonly see: string
    readonly popular: string
    readonly promise: string
    readonly promises: readonly (readonly [strong: string, rest: string])[]
  }
  readonly list: {
    readonly all: string
    readonly categories: Readonly<Record<Category, string>>
    readonly filters: string
    readonly category: string
    readonly everyCategory: string
    readonly colour: string
    readonly anyColour: string
    readonly sort: string
    readonly sortings: Readonly<Record<'featured' | 'price-up' | 'price-down' | 'rating', string>>
    readonly apply: string
    readonly count: Counted
    readonly nothing: string
    readonly everything: string
    readonly colours: string
    readonly rated: string
    readonly ofFive: string
  }
  readonly product: {
    readonly breadcrumb: string
    readonly size: string
    readonly add: string
    readonly sizeGuide: string
    readonly foot: string
    readonly chest: string
    readonly reviews: string
    readonly oneSize: string
  }
  readonly cartPage: {
    readonly heading: string
    readonly empty: string
    readonly lines: string
    readonly summary: string
    readonly coupon: string
    readonly use: string
    readonly checkout: string
  }
  readonly checkout: {
    readonly heading: string
    readonly empty: string
    readonly contact: string
    readonly address: string
    readonly shipping: string
    readonly payment: string
    readonly toAddress: string
    readonly toShipping: string
    readonly toPayment: string
    readonly pay: string
    readonly name: string
    readonly email: string
    readonly street: string
    readonly city: string
    readonly postalCode: string
    readonly fiveDigits: string
    readonly example: string
    readonly shippingOption: string
    readonly paymentMeans: string
    readonly order: string
    /** By id. */
    readonly tiers: Readonly<Record<string, string>>
    readonly payments: Readonly<Record<string, { readonly name: string; readonly hint: string }>>
  }
  readonly order: {
    readonly thanksTitle: string
    readonly thanks: string
    readonly order: string
    readonly follow: string
    readonly shopOn: string
    readonly where: string
    readonly parcel: Readonly<Record<ParcelEventName, string>>
    readonly question: string
    readonly score: string
    readonly never: string
    readonly certainly: string
    readonly send: string
    readonly notNow: string
    readonly review: string
    readonly howDoYouLike: string
    readonly product: string
    readonly rating: string
    readonly star: string
    readonly stars: string
    readonly othersKnow: string
    readonly publish: string
    readonly back: string
    readonly unknown: string
    readonly notPlaced: string
  }
  readonly missing: { readonly title: string; readonly heading: string; readonly text: string }
  /** For the scripts of the pages. */
  readonly script: {
    readonly chosen: Readonly<Record<'granted' | 'limited' | 'denied', string>>
    readonly forgotten: string
    readonly goods: string
    readonly couponCode: string
    readonly shippingBy: string
    readonly total: string
    readonly quantityOf: string
    readonly remove: string
    readonly removeThis: string
    readonly expired: string
    readonly noCoupon: string
    readonly percentOff: string
    readonly missing: string
    readonly notRight: string
    readonly to: string
    readonly declined: string
    readonly brings: string
    readonly thanksForAnswer: string
    readonly published: string
    readonly added: string
    readonly goToCart: string
  }
}

export const SHOP_WORDS: InLanguages<ShopWords> = {
  en: {
    skip: 'Skip to the content',
    nav: 'Shop',
    products: 'Products',
    cart: 'Cart',
    footer: 'is a demonstration. Nothing is sold, and what you type stays on this machine.',
    consent: {
      title: 'May we remember your visit?',
      text: 'We would like to know which pages help people and what brought them here. Until you answer, nothing is stored and nothing is sent.',
      accept: 'Accept',
      refuse: 'Only necessary',
      choices: 'Privacy choices',
      withdraw: 'Withdraw and forget me',
    },
    home: {
      title: 'Hand-woven in Java',
      eyebrow: 'Rainy season week',
      headline: 'Ten percent off, until the sun is back.',
      offer: 'Write {coupon} in your cart. Cloth is woven on rainy days anyway.',
      see: 'See the collection',
      popular: 'Popular now',
      promise: 'What we promise',
      promises: [
        ['Hand-made', 'by eleven workshops we visit twice a year.'],
        ['Sent today', 'if you order before three in the afternoon.'],
        ['Thirty days', 'to send it back, worn or not.'],
      ],
    },
    list: {
      all: 'All products',
      categories: { clothes: 'Clothes', cloths: 'Cloths', accessories: 'Accessories' },
      filters: 'Filter and sort',
      category: 'Category',
      everyCategory: 'All',
      colour: 'Colour',
      anyColour: 'Any',
      sort: 'Sort by',
      sortings: {
        featured: 'Featured',
        'price-up': 'Price, lowest first',
        'price-down': 'Price, highest first',
        rating: 'Best rated',
      },
      apply: 'Apply',
      count: { one: '{count} product', other: '{count} products' },
      nothing: 'Nothing is woven like that yet.',
      everything: 'See everything',
      colours: 'Colours: {names}',
      rated: 'rated',
      ofFive: 'of 5',
    },
    product: {
      breadcrumb: 'Breadcrumb',
      size: 'Size',
      add: 'Add to cart',
      sizeGuide: 'Size guide',
      foot: 'Foot, cm',
      chest: 'Chest, cm',
      reviews: 'Reviews ({count})',
      oneSize: 'One size',
    },
    cartPage: {
      heading: 'Your cart',
      empty: 'Your cart is empty.',
      lines: 'Products in your cart',
      summary: 'Summary',
      coupon: 'Coupon',
      use: 'Use',
      checkout: 'Go to checkout',
    },
    checkout: {
      heading: 'Checkout',
      empty: 'There is nothing to pay for yet.',
      contact: 'Contact',
      address: 'Address',
      shipping: 'Shipping',
      payment: 'Payment',
      toAddress: 'Continue to address',
      toShipping: 'Continue to shipping',
      toPayment: 'Continue to payment',
      pay: 'Pay now',
      name: 'Name',
      email: 'E-mail',
      street: 'Street and number',
      city: 'City',
      postalCode: 'Postal code',
      fiveDigits: 'Five digits',
      example: 'Fill in an example',
      shippingOption: 'Shipping option',
      paymentMeans: 'Means of payment',
      order: 'Your order',
      tiers: { economy: 'Economy', regular: 'Regular', 'next-day': 'Next day' },
      payments: {
        qris: { name: 'QRIS', hint: 'Scan with any wallet' },
        'bank-transfer': { name: 'Bank transfer', hint: 'Virtual account' },
        card: { name: 'Card', hint: 'In this demo the first attempt is declined' },
        'cash-on-delivery': { name: 'Cash on delivery', hint: 'Pay the courier' },
      },
    },
    order: {
      thanksTitle: 'Thank you',
      thanks: 'Thank you. Your order is paid.',
      order: 'Order',
      follow: 'Follow your order',
      shopOn: 'Shop on',
      where: 'Where your parcel is',
      parcel: {
        order_confirmed: 'Confirmed',
        order_packed: 'Packed',
        order_shipped: 'Shipped',
        order_out_for_delivery: 'Out for delivery',
        order_delivered: 'Delivered',
      },
      question: 'Would you recommend us to a friend?',
      score: 'Score from 0, never, to 10, certainly',
      never: 'never',
      certainly: 'certainly',
      send: 'Send',
      notNow: 'Not now',
      review: 'Write a review',
      howDoYouLike: 'How do you like it?',
      product: 'Product',
      rating: 'Rating',
      star: 'star',
      stars: 'stars',
      othersKnow: 'What should others know? (optional)',
      publish: 'Publish',
      back: 'Back to the shop',
      unknown: 'An order that is not known here',
      notPlaced: 'This browser has not placed the order {order}.',
    },
    missing: {
      title: 'Not found',
      heading: 'There is no such page',
      text: 'It was moved, or never was.',
    },
    script: {
      chosen: {
        granted: 'You accepted.',
        limited: 'Your browser asks sites not to use your data for advertising.',
        denied: 'You chose only what is necessary.',
      },
      forgotten: 'Done: what this browser kept about your visits is erased, and nothing more is recorded.',
      goods: 'Goods',
      couponCode: 'Coupon {code}',
      shippingBy: 'Shipping, {tier}',
      total: 'Total',
      quantityOf: 'Quantity of {product}',
      remove: 'Remove',
      removeThis: 'Remove {product}',
      expired: '{code} has expired.',
      noCoupon: 'There is no coupon {code}.',
      percentOff: '{percent} % off the goods.',
      missing: '{field} is missing.',
      notRight: '{field} is not right. {hint}',
      to: '{from} to {to}',
      declined: 'The bank declined the card: not enough money in the account. Try again, or pay another way.',
      brings: '{carrier} brings it by {day}.',
      thanksForAnswer: 'Thank you for the answer.',
      published: 'Thank you. Your review is published.',
      added: 'Added.',
      goToCart: 'Go to the cart',
    },
  },
  id: {
    skip: 'Langsung ke isi',
    nav: 'Toko',
    products: 'Produk',
    cart: 'Keranjang',
    footer: 'hanyalah contoh. Tidak ada yang dijual, dan yang Anda ketik tetap di komputer ini.',
    consent: {
      title: 'Boleh kami mengingat kunjungan Anda?',
      text: 'Kami ingin tahu halaman mana yang membantu dan apa yang membawa Anda ke sini. Sebelum Anda menjawab, tidak ada yang disimpan dan tidak ada yang dikirim.',
      accept: 'Setuju',
      refuse: 'Hanya yang perlu',
      choices: 'Pilihan privasi',
      withdraw: 'Tarik kembali dan lupakan saya',
    },
    home: {
      title: 'Ditenun tangan di Jawa',
      eyebrow: 'Pekan musim hujan',
      headline: 'Diskon sepuluh persen, sampai matahari kembali.',
      offer: 'Tulis {coupon} di keranjang. Toh kain ditenun di hari hujan.',
      see: 'Lihat koleksi',
      popular: 'Sedang digemari',
      promise: 'Janji kami',
      promises: [
        ['Buatan tangan', 'sebelas bengkel yang kami kunjungi dua kali setahun.'],
        ['Dikirim hari ini', 'bila dipesan sebelum pukul tiga sore.'],
        ['Tiga puluh hari', 'untuk mengembalikan, sudah dipakai atau belum.'],
      ],
    },
    list: {
      all: 'Semua produk',
      categories: { clothes: 'Pakaian', cloths: 'Kain', accessories: 'Aksesori' },
      filters: 'Saring dan urutkan',
      category: 'Kategori',
      everyCategory: 'Semua',
      colour: 'Warna',
      anyColour: 'Semua',
      sort: 'Urutkan',
      sortings: {
        featured: 'Pilihan kami',
        'price-up': 'Harga, terendah dulu',
        'price-down': 'Harga, tertinggi dulu',
        rating: 'Nilai terbaik',
      },
      apply: 'Terapkan',
      count: { one: '{count} produk', other: '{count} produk' },
      nothing: 'Belum ada tenunan seperti itu.',
      everything: 'Lihat semuanya',
      colours: 'Warna: {names}',
      rated: 'nilai',
      ofFive: 'dari 5',
    },
    product: {
      breadcrumb: 'Lokasi halaman',
      size: 'Ukuran',
      add: 'Masukkan keranjang',
      sizeGuide: 'Panduan ukuran',
      foot: 'Kaki, cm',
      chest: 'Dada, cm',
      reviews: 'Ulasan ({count})',
      oneSize: 'Satu ukuran',
    },
    cartPage: {
      heading: 'Keranjang Anda',
      empty: 'Keranjang Anda masih kosong.',
      lines: 'Produk di keranjang Anda',
      summary: 'Ringkasan',
      coupon: 'Kupon',
      use: 'Pakai',
      checkout: 'Lanjut ke pembayaran',
    },
    checkout: {
      heading: 'Pembayaran',
      empty: 'Belum ada yang perlu dibayar.',
      contact: 'Kontak',
      address: 'Alamat',
      shipping: 'Pengiriman',
      payment: 'Cara bayar',
      toAddress: 'Lanjut ke alamat',
      toShipping: 'Lanjut ke pengiriman',
      toPayment: 'Lanjut ke cara bayar',
      pay: 'Bayar sekarang',
      name: 'Nama',
      email: 'Surel',
      street: 'Jalan dan nomor',
      city: 'Kota',
      postalCode: 'Kode pos',
      fiveDigits: 'Lima angka',
      example: 'Isi dengan contoh',
      shippingOption: 'Pilihan pengiriman',
      paymentMeans: 'Cara bayar',
      order: 'Pesanan Anda',
      tiers: { economy: 'Ekonomi', regular: 'Reguler', 'next-day': 'Sehari sampai' },
      payments: {
        qris: { name: 'QRIS', hint: 'Pindai dengan dompet apa pun' },
        'bank-transfer': { name: 'Transfer bank', hint: 'Virtual account' },
        card: { name: 'Kartu', hint: 'Di demo ini percobaan pertama ditolak' },
        'cash-on-delivery': { name: 'Bayar di tempat', hint: 'Bayar ke kurir' },
      },
    },
    order: {
      thanksTitle: 'Terima kasih',
      thanks: 'Terima kasih. Pesanan Anda sudah dibayar.',
      order: 'Pesanan',
      follow: 'Ikuti pesanan',
      shopOn: 'Lanjut belanja',
      where: 'Di mana paket Anda',
      parcel: {
        order_confirmed: 'Dikonfirmasi',
        order_packed: 'Dikemas',
        order_shipped: 'Dikirim',
        order_out_for_delivery: 'Sedang diantar',
        order_delivered: 'Diterima',
      },
      question: 'Apakah Anda akan merekomendasikan kami kepada teman?',
      score: 'Nilai dari 0, tidak mungkin, sampai 10, pasti',
      never: 'tidak mungkin',
      certainly: 'pasti',
      send: 'Kirim',
      notNow: 'Nanti saja',
      review: 'Tulis ulasan',
      howDoYouLike: 'Bagaimana menurut Anda?',
      product: 'Produk',
      rating: 'Nilai',
      star: 'bintang',
      stars: 'bintang',
      othersKnow: 'Apa yang perlu diketahui orang lain? (boleh kosong)',
      publish: 'Terbitkan',
      back: 'Kembali ke toko',
      unknown: 'Pesanan yang tidak dikenal di sini',
      notPlaced: 'Peramban ini tidak membuat pesanan {order}.',
    },
    missing: {
      title: 'Tidak ditemukan',
      heading: 'Halaman ini tidak ada',
      text: 'Sudah dipindahkan, atau memang tidak pernah ada.',
    },
    script: {
      chosen: {
        granted: 'Anda setuju.',
        limited: 'Peramban Anda meminta situs tidak memakai data Anda untuk iklan.',
        denied: 'Anda memilih hanya yang perlu.',
      },
      forgotten:
        'Selesai: yang disimpan peramban ini tentang kunjungan Anda sudah dihapus, dan tidak ada lagi yang dicatat.',
      goods: 'Barang',
      couponCode: 'Kupon {code}',
      shippingBy: 'Pengiriman, {tier}',
      total: 'Total',
      quantityOf: 'Jumlah {product}',
      remove: 'Hapus',
      removeThis: 'Hapus {product}',
      expired: '{code} sudah kedaluwarsa.',
      noCoupon: 'Tidak ada kupon {code}.',
      percentOff: 'Potongan {percent} % untuk barang.',
      missing: '{field} belum diisi.',
      notRight: '{field} belum benar. {hint}',
      to: '{from} sampai {to}',
      declined: 'Bank menolak kartu: saldo tidak cukup. Coba lagi, atau bayar dengan cara lain.',
      brings: '{carrier} mengantarnya paling lambat {day}.',
      thanksForAnswer: 'Terima kasih atas jawabannya.',
      published: 'Terima kasih. Ulasan Anda sudah terbit.',
      added: 'Sudah masuk.',
      goToCart: 'Ke keranjang',
    },
  },
}
