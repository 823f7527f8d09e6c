import { byId, element } from '../element.js'
import { readCart, showCount, writeCart } from './cart-store.js'
import { currency, fieldOf, findProduct, formById, itemOf, shop, words } from './shop-data.js'
import { track } from './track.js'

showCount()
const product = findProduct(shop.product ?? '')
if (product) show(product)

/** @param {import('./shop-data.js').Product} product */
function show(product) {
  const form = formById('add-to-cart')
  track('view_item', { currency, value: product.price, items: [itemOf(product)] })

  form.addEventListener('change', () => {
    const { colour, colourName, variant } = chosen(form)
    const picture = /** @type {HTMLImageElement} */ (byId('picture'))
    picture.src = `/shop/pictures/${product.id}/${colour}.svg`
    picture.alt = `${product.name}, ${colourName}`
    track('select_variant', { item_id: product.id, variant })
  })

  form.addEventListener('submit', event => {
    event.preventDefault()
    const { colour, variant } = chosen(form)
    const cart = readCart()
    const line = cart.lines.find(({ id, variant: other }) => id === product.id && other === variant)
    if (line) line.quantity++
    else cart.lines.push({ id: product.id, colour, variant, quantity: 1 })
    writeCart(cart)
    track('add_to_cart', { currency, value: product.price, items: [itemOf(product, { variant })] })
    byId('added').replaceChildren(`${words.added} `, element('a', { href: '/shop/cart' }, words.goToCart))
  })

  onceOpened('size-guide', () => track('view_size_guide', { item_id: product.id }))
  onceOpened('reviews', () => track('view_reviews', { item_id: product.id }))
}

/** @param {HTMLFormElement} form */
function chosen(form) {
  const colour = fieldOf(form, 'colour')
  const radio = /** @type {HTMLInputElement | null} */ (form.querySelector('[name=colour]:checked'))
  const colourName = radio?.dataset['name'] ?? colour
  return { colour, colourName, variant: `${colourName}, ${fieldOf(form, 'size')}` }
}

/**
 * @param {string} id
 * @param {() => void} callback
 */
function onceOpened(id, callback) {
  document.getElementById(id)?.addEventListener('toggle', callback, { once: true })
}
