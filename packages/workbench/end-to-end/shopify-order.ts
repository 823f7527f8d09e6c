// What Shopify hands to a pixel of one order, after its documentation: https://shopify.dev/docs/api/web-pixels-api

export const shirt = {
  id: '41', // numbers as texts, as Shopify gives them
  sku: 'SKU-1',
  title: 'Default Title',
  price: { amount: 150_000, currencyCode: 'IDR' },
  product: { id: '40', title: 'Batik shirt', vendor: 'Toko', type: 'Shirts' },
}
export const cartLine = {
  merchandise: shirt,
  quantity: 2,
  cost: { totalAmount: { amount: 300_000, currencyCode: 'IDR' } },
}
export const checkout = {
  currencyCode: 'IDR',
  subtotalPrice: { amount: 300_000, currencyCode: 'IDR' },
  totalPrice: { amount: 320_000, currencyCode: 'IDR' },
  totalTax: { amount: 5_000, currencyCode: 'IDR' },
  shippingLine: { price: { amount: 15_000, currencyCode: 'IDR' } },
  delivery: { selectedDeliveryOptions: [{ title: 'Regular' }] },
  discountApplications: [{ type: 'DISCOUNT_CODE', title: 'RAMADAN10' }],
  transactions: [{ gateway: 'midtrans' }],
  lineItems: [{ title: 'Batik shirt', quantity: 2, variant: shirt }],
  email: 'sari@mail.example',
  order: { id: null, customer: null },
}
export const paid = { ...checkout, order: { id: 'gid://shopify/OrderIdentity/5001', customer: { id: '77' } } }
export const item = {
  item_id: 'SKU-1',
  item_name: 'Batik shirt',
  item_brand: 'Toko',
  item_category: 'Shirts',
  price: 150_000,
}
