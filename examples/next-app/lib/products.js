export const PRODUCTS = {
  shirt: { item_id: 'SKU-1', item_name: 'Batik shirt', price: 150000, quantity: 1 },
  scarf: { item_id: 'SKU-2', item_name: 'Batik scarf', price: 90000, quantity: 1 },
}
export const valueOf = item => ({ currency: 'IDR', value: item.price, items: [item] })
