// Fetches what WooCommerce has noted of the cart (jejak.php) and tracks it. The events of blocks carry no product, so
// they only say that there is something to fetch. https://github.com/woocommerce/woocommerce/issues/51463
;(() => {
  const pending = async () => {
    const answer = await fetch(window.jejakPending, { method: 'POST', credentials: 'same-origin' })
    for (const [name, properties] of await answer.json()) window.jejak('track', name, properties)
  }
  // One after the other: two at once might be handed the same.
  let fetching = Promise.resolve()
  const fetchPending = () => {
    fetching = fetching.then(pending).catch(() => {})
  }

  if (/(^|; )jejak_pending=1/.test(document.cookie)) fetchPending()
  document.body.addEventListener('wc-blocks_added_to_cart', fetchPending)
  document.body.addEventListener('wc-blocks_removed_from_cart', fetchPending)
  // What jQuery triggers, the page does not hear.
  if (window.jQuery) window.jQuery(document.body).on('added_to_cart removed_from_cart', fetchPending)

  // For the order, and with it the webhook. By then the tracker has loaded, or never will.
  addEventListener('load', () => {
    const { visitorId, consent } = window.jejak
    if (visitorId && (consent === 'granted' || consent === 'limited'))
      document.cookie = `jejak_visitor=${visitorId}; path=/; max-age=86400; samesite=lax`
  })
})()
