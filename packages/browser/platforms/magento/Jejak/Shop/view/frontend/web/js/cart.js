// What was added to the cart, or taken out of it, by Magento's private content: the difference that a change made by
// AJAX has brought. Without such a change a difference is only news of a cart that was there before.
define(['jquery', 'Magento_Customer/js/customer-data'], ($, customerData) =>
  ({ currency }) => {
    const cart = customerData.get('cart')
    const itemsOf = ({ items } = {}) => new Map((items || []).map(item => [item.item_id, item]))
    let known = itemsOf(cart())
    let isChanging = false
    $(document).on('ajax:addToCart ajax:removeFromCart ajax:updateCartItemQty', () => {
      isChanging = true
    })

    cart.subscribe(next => {
      const before = known
      known = itemsOf(next)
      if (!isChanging) return
      isChanging = false
      for (const [id, item] of new Map([...before, ...known])) {
        const more = quantityOf(known.get(id)) - quantityOf(before.get(id))
        if (more > 0) track('add_to_cart', item, more)
        if (more < 0) track('remove_from_cart', item, -more)
      }
    })

    function quantityOf(item) {
      return item ? Number(item.qty) : 0
    }

    function track(name, { product_sku, product_name, product_price_value }, quantity) {
      const price = Number(product_price_value)
      const item = { item_id: product_sku, item_name: product_name, price, quantity }
      window.jejak('track', name, { currency, value: price * quantity, items: [item] })
    }
  })
