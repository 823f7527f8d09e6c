// For pages that only need the number in the header.
import { showCount } from './cart-store.js'

showCount()
