/** The shop's page, with what drives a tracker in it: `window.tracked` comes with the tracker's own file. */
export const PAGE = `<!doctype html><title>Shop</title><h1>Batik</h1><script>
  window.longTasks = []
  new PerformanceObserver(list => longTasks.push(...list.getEntries())).observe({ type: 'longtask', buffered: true })
  let run = 0
  const properties = mark => ({ currency: 'IDR', value: 250000, mark,
    items: [{ item_id: 'SKU-1', item_name: 'Batik', price: 250000, quantity: 1 }] })
  const call = (number, from = run) => tracked.track('add_to_cart', properties('mark-' + from + '-' + number))
  /** One call each 10 ms; how long each took, in milliseconds. */
  window.pace = async count => {
    run++
    const calls = []
    for (let number = 0; number < count; number++) {
      const start = performance.now()
      call(number)
      calls.push(performance.now() - start)
      await new Promise(resolve => setTimeout(resolve, 10))
    }
    return calls
  }
  window.burst = (count, from) => {
    run++
    for (let number = 0; number < count; number++) call(number, from)
  }
</script>`
