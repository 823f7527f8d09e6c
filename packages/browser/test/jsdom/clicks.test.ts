import { clicks } from '@jejak/browser/clicks'
import { rageClicks } from '@jejak/browser/rage-clicks'
import { beforeEach, expect, test } from 'vitest'
import { start } from './start.ts'

beforeEach(() => {
  document.body.innerHTML = ''
  // jsdom cannot go anywhere, nor send a form, and says so.
  document.body.onclick = event => event.preventDefault()
})

/** The page with this HTML, in which what `selector` finds is clicked. */
async function clicked(html: string, selector: string, init: MouseEventInit = {}, name = 'click') {
  const { sent } = start({ plugins: [clicks()] })
  document.body.innerHTML = html
  document
    .querySelector(selector)!
    .dispatchEvent(new MouseEvent(name, { bubbles: true, composed: true, cancelable: true, ...init }))
  return (await sent()).map(event => ({ name: event.name, ...event.properties }))
}

test('a click on a button is told with where it stands and what it says', async () => {
  const html = '<main><p></p><div><button>No</button><button> <i>Add</i>\n to cart </button></div></main>'
  expect(await clicked(html, 'i')).toEqual([
    { name: 'click', selector: 'html > body > main > div > button:nth-of-type(2)', link_text: 'Add to cart' },
  ])
})

test('a selector begins at the nearest name that a person has given', async () => {
  const at = async (html: string) => (await clicked(html, 'button'))[0]
  expect(await at('<form id="address"><button></button></form>')).toMatchObject({ selector: 'form#address > button' })
  expect(await at('<button data-testid="pay" id=":r1:" class="btn"></button>')).toMatchObject({
    selector: 'button[data-testid=pay]',
  })
  expect(await at('<ul id="customer-20251"><button></button></ul>')).toMatchObject({
    selector: 'html > body > ul > button',
  })
})

test('a link to another site is outbound, and loses its query', async () => {
  const html = '<a id="wa" href="https://wa.me:8443/shop?text=Ani&phone=1#top">Chat</a>'
  expect(await clicked(html, 'a')).toEqual([
    {
      name: 'click',
      selector: 'a#wa',
      link_text: 'Chat',
      link_url: 'https://wa.me:8443/shop',
      link_domain: 'wa.me:8443',
      outbound: true,
    },
  ])
})

test('a link within the site is not outbound', async () => {
  expect(await clicked('<a href="/cart?user=ani">Cart</a>', 'a')).toMatchObject([
    { link_url: `${location.origin}/cart`, outbound: false },
  ])
})

test('of a mail or telephone link only the kind is told', async () => {
  const [click] = await clicked('<a href="mailto:ani@example.com">ani@example.com or 0812-3456-7890</a>', 'a')
  expect(click).toEqual({
    name: 'click',
    selector: 'html > body > a',
    link_url: 'mailto:',
    link_text: '[email] or [number]',
  })
})

test('a link to a file is a download', async () => {
  expect(await clicked('<a href="/files/size-guide.PDF?token=1">Sizes</a>', 'a')).toMatchObject([
    { name: 'file_download', file_name: 'size-guide.PDF', file_extension: 'pdf', link_text: 'Sizes' },
  ])
})

test('the middle button opens a link, and does nothing to a button', async () => {
  expect(await clicked('<a href="/cart">Cart</a>', 'a', { button: 1 }, 'auxclick')).toHaveLength(1)
  expect(await clicked('<a href="/cart">Cart</a>', 'a', { button: 2 }, 'auxclick')).toEqual([])
  expect(await clicked('<button>Pay</button>', 'button', { button: 1 }, 'auxclick')).toEqual([])
})

test('in a private part only the place is told, and in an ignored one nothing', async () => {
  const link = '<a href="https://bank.example/ani.html">Ani</a>'
  expect(await clicked(`<div data-jejak-private>${link}</div>`, 'a')).toEqual([
    { name: 'click', selector: 'html > body > div > a' },
  ])
  expect(await clicked(`<div data-jejak-ignore>${link}</div>`, 'a')).toEqual([])
})

test('a text that has a private part, or fields, is not told', async () => {
  const [first] = await clicked('<a href="/me">Hi <b data-jejak-private>Ani</b></a>', 'a')
  const [second] = await clicked('<div role="button">Note <textarea>secret</textarea></div>', 'div')
  expect([first, second].map(click => JSON.stringify(click)).join()).not.toMatch(/Ani|secret|link_text/)
})

test.each(['text', 'password', 'hidden', 'checkbox'])('a click on a field of type %s is nothing', async type => {
  expect(await clicked(`<input type="${type}" value="secret" name="card">`, 'input')).toEqual([])
})

test('the value of a button is not told', async () => {
  expect(await clicked('<input type="submit" value="Pay as Ani">', 'input')).toEqual([
    { name: 'click', selector: 'html > body > input' },
  ])
})

test('a click within a shadow root is told with its host', async () => {
  const { sent } = start({ plugins: [clicks()] })
  document.body.innerHTML = '<div id="shop-cart"></div>'
  const root = document.querySelector('div')!.attachShadow({ mode: 'open' })
  root.innerHTML = '<p><button><i></i></button></p>'
  root.querySelector('i')!.click()
  expect((await sent())[0]?.properties).toMatchObject({ selector: 'div#shop-cart > p > button' })
})

test('after `stop` no click is told', async () => {
  const { tracker, sent } = start()
  const stop = clicks()(tracker)
  document.body.innerHTML = '<button></button>'
  stop?.()
  document.querySelector('button')!.click()
  expect(await sent()).toEqual([])
})

/** Clicks with a pointer, at these places. */
function raging(html: string, ...places: [x: number, y: number][]) {
  const { sent } = start({ plugins: [rageClicks()] })
  document.body.innerHTML = html
  for (const [clientX, clientY] of places) {
    document.body.firstElementChild!.dispatchEvent(
      new MouseEvent('click', { bubbles: true, composed: true, detail: 1, clientX, clientY }),
    )
  }
  return sent().then(events => events.map(({ name, properties }) => ({ name, ...properties })))
}

test('three clicks at one place within a second are a rage, told once however long it goes on', async () => {
  const rage = [{ name: 'rage_click', selector: 'div#banner' }]
  expect(await raging('<div id="banner">Sale</div>', [5, 5], [9, 9])).toEqual([])
  expect(await raging('<div id="banner">Sale</div>', [5, 5], [9, 9], [5, 9])).toEqual(rage)
  expect(await raging('<div id="banner">Sale</div>', [5, 5], [5, 5], [5, 5], [5, 5], [5, 5], [5, 5])).toEqual(rage)
})

test('clicks at several places are no rage', async () => {
  expect(await raging('<div id="map"></div>', [5, 5], [50, 5], [95, 5], [140, 5])).toEqual([])
})

test.each([
  ['a field', '<input>'],
  ['a text area', '<textarea></textarea>'],
  ['a button that is but a sign', '<button> + </button>'],
  ['what is to be ignored', '<button data-jejak-ignore>Next</button>'],
])('clicks again and again on %s are no rage', async (_, html) => {
  expect(await raging(html, [5, 5], [5, 5], [5, 5])).toEqual([])
})
