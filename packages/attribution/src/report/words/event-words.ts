import type { EventName, PageType } from '@jejak/events'
import type { InLanguages, Language } from './language.ts'
import { shownName } from './shown-name.ts'

// How events, stages and pages are called before people who know none of their names on the wire. English, Indonesian.

type InBoth = readonly [english: string, indonesian: string]

const EVENTS: Readonly<Record<EventName, InBoth>> = {
  page_view: ['Page seen', 'Halaman dilihat'],
  view_promotion: ['Promotion seen', 'Promosi dilihat'],
  select_promotion: ['Promotion clicked', 'Promosi diklik'],
  ad_impression: ['Ad shown', 'Iklan tayang'],
  ad_click: ['Ad clicked', 'Iklan diklik'],
  email_open: ['E-mail opened', 'Email dibuka'],
  email_click: ['E-mail link clicked', 'Tautan email diklik'],
  event_attended: ['Event attended', 'Acara dihadiri'],
  store_visit: ['Store visited', 'Toko dikunjungi'],
  view_item_list: ['List browsed', 'Daftar produk dilihat'],
  select_item: ['Product picked from list', 'Produk dipilih dari daftar'],
  view_item: ['Product viewed', 'Produk dilihat'],
  search: ['Searched', 'Mencari'],
  view_search_results: ['Search results seen', 'Hasil pencarian dilihat'],
  filter_item_list: ['List filtered', 'Daftar disaring'],
  select_variant: ['Variant chosen', 'Varian dipilih'],
  view_size_guide: ['Size guide read', 'Panduan ukuran dibaca'],
  compare_items: ['Products compared', 'Produk dibandingkan'],
  view_reviews: ['Reviews read', 'Ulasan dibaca'],
  add_to_wishlist: ['Added to wishlist', 'Masuk daftar keinginan'],
  remove_from_wishlist: ['Removed from wishlist', 'Dihapus dari daftar keinginan'],
  notify_me: ['Asked to be notified', 'Minta diberi tahu'],
  newsletter_subscribe: ['Newsletter subscribed', 'Berlangganan buletin'],
  generate_lead: ['Enquired', 'Mengirim minat'],
  sign_up: ['Signed up', 'Mendaftar'],
  request_demo: ['Demo requested', 'Meminta demo'],
  start_chat: ['Chat started', 'Memulai obrolan'],
  add_to_cart: ['Added to cart', 'Masuk keranjang'],
  remove_from_cart: ['Removed from cart', 'Keluar dari keranjang'],
  update_cart: ['Cart changed', 'Keranjang diubah'],
  view_cart: ['Cart viewed', 'Keranjang dilihat'],
  apply_coupon: ['Coupon applied', 'Kupon dipakai'],
  coupon_rejected: ['Coupon rejected', 'Kupon ditolak'],
  estimate_shipping: ['Shipping estimated', 'Ongkir dihitung'],
  begin_checkout: ['Checkout begun', 'Checkout dimulai'],
  add_contact_info: ['Contact details given', 'Kontak diisi'],
  add_address: ['Address given', 'Alamat diisi'],
  view_shipping_options: ['Shipping options seen', 'Opsi pengiriman dilihat'],
  add_shipping_info: ['Shipping chosen', 'Pengiriman dipilih'],
  add_payment_info: ['Payment method chosen', 'Metode pembayaran dipilih'],
  checkout_error: ['Checkout error', 'Kesalahan checkout'],
  payment_failed: ['Payment failed', 'Pembayaran gagal'],
  meeting_held: ['Meeting held', 'Pertemuan diadakan'],
  proposal_sent: ['Proposal sent', 'Proposal dikirim'],
  purchase: ['Purchased', 'Membeli'],
  contract_signed: ['Contract signed', 'Kontrak ditandatangani'],
  order_confirmed: ['Order confirmed', 'Pesanan dikonfirmasi'],
  order_packed: ['Order packed', 'Pesanan dikemas'],
  order_shipped: ['Order shipped', 'Pesanan dikirim'],
  view_order_tracking: ['Tracking checked', 'Pelacakan dilihat'],
  order_out_for_delivery: ['Out for delivery', 'Sedang diantar'],
  order_delivered: ['Order delivered', 'Pesanan sampai'],
  delivery_failed: ['Delivery failed', 'Pengantaran gagal'],
  request_return: ['Return requested', 'Meminta retur'],
  order_returned: ['Order returned', 'Pesanan diretur'],
  refund: ['Refunded', 'Dana dikembalikan'],
  order_updated: ['Order changed', 'Pesanan diubah'],
  order_cancelled: ['Order cancelled', 'Pesanan dibatalkan'],
  view_help_article: ['Help article read', 'Artikel bantuan dibaca'],
  contact_support: ['Support contacted', 'Menghubungi layanan'],
  support_resolved: ['Support case resolved', 'Keluhan diselesaikan'],
  start_onboarding: ['Onboarding begun', 'Orientasi dimulai'],
  complete_onboarding: ['Onboarding completed', 'Orientasi selesai'],
  login: ['Logged in', 'Masuk akun'],
  view_survey: ['Survey shown', 'Survei ditampilkan'],
  dismiss_survey: ['Survey dismissed', 'Survei ditutup'],
  submit_survey: ['Survey answered', 'Survei dijawab'],
  join_loyalty: ['Joined loyalty programme', 'Gabung program loyalitas'],
  earn_reward: ['Reward earned', 'Hadiah diperoleh'],
  redeem_reward: ['Reward redeemed', 'Hadiah ditukar'],
  change_loyalty_tier: ['Loyalty tier changed', 'Tingkat loyalitas berubah'],
  reorder: ['Ordered again', 'Memesan lagi'],
  start_subscription: ['Subscription started', 'Langganan dimulai'],
  renew_subscription: ['Subscription renewed', 'Langganan diperpanjang'],
  pause_subscription: ['Subscription paused', 'Langganan dijeda'],
  cancel_subscription: ['Subscription cancelled', 'Langganan dibatalkan'],
  unsubscribe: ['Unsubscribed', 'Berhenti berlangganan'],
  submit_review: ['Review written', 'Ulasan ditulis'],
  share: ['Shared', 'Dibagikan'],
  send_referral: ['Referral sent', 'Referensi dikirim'],
  referral_converted: ['Referral converted', 'Referensi berhasil'],
  publish_content: ['Content published', 'Konten diterbitkan'],
  identify: ['Identified', 'Dikenali'],
  web_vital: ['Page speed measured', 'Kecepatan halaman diukur'],
  page_error: ['Page error', 'Kesalahan halaman'],
  rage_click: ['Rage click', 'Klik berulang karena kesal'],
  dead_click: ['Dead click', 'Klik tanpa hasil'],
  form_abandon: ['Form abandoned', 'Formulir ditinggalkan'],
  out_of_stock: ['Out of stock', 'Stok habis'],
  scroll: ['Scrolled', 'Menggulir'],
  user_engagement: ['Page looked at', 'Halaman disimak'],
  click: ['Clicked', 'Mengklik'],
  file_download: ['File downloaded', 'Berkas diunduh'],
  form_start: ['Form begun', 'Formulir mulai diisi'],
  form_submit: ['Form submitted', 'Formulir dikirim'],
  video_start: ['Video started', 'Video dimulai'],
  video_progress: ['Video watched in part', 'Sebagian video ditonton'],
  video_complete: ['Video watched to the end', 'Video ditonton sampai selesai'],
  consent_change: ['Consent changed', 'Persetujuan diubah'],
}

const STAGES: Readonly<Record<string, InBoth>> = {
  awareness: ['Awareness', 'Kesadaran'],
  consideration: ['Consideration', 'Pertimbangan'],
  evaluation: ['Evaluation', 'Evaluasi'],
  decision: ['Decision', 'Keputusan'],
  purchase: ['Purchase', 'Pembelian'],
  'post-purchase': ['Post-purchase', 'Pascapembelian'],
  usage: ['Usage', 'Penggunaan'],
  retention: ['Retention', 'Retensi'],
  loyalty: ['Loyalty', 'Loyalitas'],
  advocacy: ['Advocacy', 'Rekomendasi'],
  // What stage attribution counts besides stages.
  review: ['Review', 'Ulasan'],
  'second purchase': ['Second purchase', 'Pembelian kedua'],
}

const PAGES: Readonly<Record<PageType, InBoth>> = {
  home: ['Home', 'Beranda'],
  landing: ['Landing page', 'Halaman arahan'],
  article: ['Article', 'Artikel'],
  list: ['Product list', 'Daftar produk'],
  product: ['Product page', 'Halaman produk'],
  search: ['Search', 'Pencarian'],
  cart: ['Cart', 'Keranjang'],
  checkout: ['Checkout', 'Checkout'],
  confirmation: ['Order confirmation', 'Konfirmasi pesanan'],
  order: ['Order', 'Pesanan'],
  tracking: ['Parcel tracking', 'Pelacakan paket'],
  help: ['Help', 'Bantuan'],
  account: ['Account', 'Akun'],
  loyalty: ['Loyalty programme', 'Program loyalitas'],
  referral: ['Referral', 'Referensi'],
  review: ['Reviews', 'Ulasan'],
}

const SLOW: InLanguages<(metric: string) => string> = {
  en: metric => `Slow page (${metric})`,
  id: metric => `Halaman lambat (${metric})`,
}

/** `add_to_cart` is `Added to cart`; a name of the shop's own has its underscores as spaces. */
export function eventName(name: string, language: Language): string {
  if (name.startsWith('slow ')) return SLOW[language](shownName(name.slice('slow '.length), 12))
  return known(EVENTS, name, language)
}

export function stageName(name: string, language: Language): string {
  return known(STAGES, name, language)
}

/** What a type of page is called. */
export function pageName(type: string, language: Language): string {
  return known(PAGES, type, language)
}

function known(names: Readonly<Record<string, InBoth>>, name: string, language: Language): string {
  if (Object.hasOwn(names, name)) return names[name]![language === 'en' ? 0 : 1]
  return shownName(name.slice(0, 1_000).replaceAll('_', ' '))
}
