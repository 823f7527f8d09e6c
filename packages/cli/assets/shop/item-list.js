import { currency, findProduct, itemOf } from './shop-data.js'
import { track } from './track.js'

/** Tells of the lists on this page, and which product is chosen from one. */
export function trackItemLists() {
  for (const list of document.querySelectorAll('[data-item-list]')) {
    const { itemList = '', itemListName = '' } = /** @type {HTMLElement} */ (list).dataset
    const named = { item_list_id: itemList, item_list_name: itemListName }
    const links = /** @type {HTMLElement[]} */ ([...list.querySelectorAll('[data-item]')])
    const items = links.map((link, index) => {
      const product = findProduct(link.dataset['item'] ?? '')
      return product ? [itemOf(product, { listId: itemList, listName: itemListName, index })] : []
    })
    track('view_item_list', { ...named, currency, items: items.flat() })
    links.forEach((link, index) => {
      link.addEventListener('click', () => track('select_item', { ...named, items: items[index] ?? [] }))
    })
  }
}
