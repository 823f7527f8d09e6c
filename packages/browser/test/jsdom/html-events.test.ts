import { htmlEvents } from '@jejak/browser/html-events'
import { beforeEach, expect, test } from 'vitest'
import { start } from './start.ts'

beforeEach(() => {
  document.body.innerHTML = ''
})

/** What is tracked when an event of this name happens to what `selector` finds. */
async function tracked(html: string, selector: string, name = 'click') {
  const { sent } = start({ plugins: [htmlEvents()] })
  document.body.innerHTML = html
  document.querySelector(selector)!.dispatchEvent(new Event(name, { bubbles: true, composed: true }))
  return (await sent()).map(event => ({ name: event.name, ...event.properties }))
}

test('a click tracks the event that the HTML names, with numbers as numbers and the product as an item', async () => {
  const html = `
    <button data-jejak-event="add_to_cart" data-jejak-item-id="0042" data-jejak-item-name="Batik" data-jejak-price="25.5"
      data-jejak-quantity="2" data-jejak-value="51" data-jejak-currency="EUR" data-jejak-coupon=""><b>Add</b></button>`
  expect(await tracked(html, 'b')).toEqual([
    {
      name: 'add_to_cart',
      value: 51,
      currency: 'EUR',
      items: [{ item_id: '0042', item_name: 'Batik', price: 25.5, quantity: 2 }],
    },
  ])
})

test('a list is said of the event, and without a product there are no items', async () => {
  const html = '<a data-jejak-event="select_item" data-jejak-item-list-id="new" data-jejak-item-id="A">A</a>'
  expect(await tracked(html, 'a')).toEqual([{ name: 'select_item', item_list_id: 'new', items: [{ item_id: 'A' }] }])
  expect(await tracked('<a data-jejak-event="select_item" data-jejak-item-list-id="new">A</a>', 'a')).toEqual([
    { name: 'select_item', item_list_id: 'new' },
  ])
})

test('an event without items names its product itself', async () => {
  const html = '<button data-jejak-event="share" data-jejak-method="whatsapp" data-jejak-item-id="A"></button>'
  expect(await tracked(html, 'button')).toEqual([{ name: 'share', method: 'whatsapp', item_id: 'A' }])
})

test('a number that is none is left out', async () => {
  expect(await tracked('<i data-jejak-event="spin_wheel" data-jejak-value="Rp 5"></i>', 'i')).toEqual([
    { name: 'spin_wheel' },
  ])
})

test('a form is tracked when it is sent, not when it is clicked', async () => {
  const html = '<form data-jejak-event="generate_lead" data-jejak-method="catalogue"><p></p></form>'
  expect(await tracked(html, 'p')).toEqual([])
  expect(await tracked(html, 'form', 'submit')).toEqual([{ name: 'generate_lead', method: 'catalogue' }])
})

test('of several around one another, the innermost is tracked', async () => {
  const html = '<div data-jejak-event="select_item"><button data-jejak-event="add_to_cart"></button></div>'
  expect(await tracked(html, 'button')).toEqual([{ name: 'add_to_cart' }])
  expect(await tracked(html, 'div')).toEqual([{ name: 'select_item' }])
})

test('what is tracked when it is seen is not when it is clicked', async () => {
  expect(await tracked('<p data-jejak-event="view_promotion" data-jejak-on="view"></p>', 'p')).toEqual([])
})

test('after `stop` nothing is tracked', async () => {
  const { tracker, sent } = start()
  const stop = htmlEvents()(tracker)
  document.body.innerHTML = '<button data-jejak-event="login"></button>'
  stop?.()
  document.querySelector('button')!.click()
  expect(await sent()).toEqual([])
})
