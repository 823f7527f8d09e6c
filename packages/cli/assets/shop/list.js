import { showCount } from './cart-store.js'
import { trackItemLists } from './item-list.js'
import { formById, shop } from './shop-data.js'
import { track } from './track.js'

showCount()
trackItemLists()

const { filters = {}, resultsCount = 0 } = shop
const listId = filters['category'] ?? 'all'
if (Object.keys(filters).length) {
  track('filter_item_list', { item_list_id: listId, filters, results_count: resultsCount })
}

// A choice takes effect at once; the button is for who has no script.
const form = formById('filters')
form.addEventListener('change', () => form.requestSubmit())
