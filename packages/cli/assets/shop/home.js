import { byId } from '../element.js'
import { showCount } from './cart-store.js'
import { trackItemLists } from './item-list.js'
import { shop } from './shop-data.js'
import { track } from './track.js'

showCount()
const { promotion = {} } = shop
track('view_promotion', promotion)
byId('promotion').addEventListener('click', () => track('select_promotion', promotion))
trackItemLists()
