import { forms } from '@jejak/browser/forms'
import { beforeEach, expect, test, vi } from 'vitest'
import { start, visit } from './start.ts'

beforeEach(() => {
  visit('/checkout')
  document.body.innerHTML = ''
})

const ADDRESS = `
  <form id="address" name="shipping">
    <input name="id"><input name="city"><input name="pass_word" type="password"><input name="card" autocomplete="cc-number">
    <button>Send</button>
  </form>`

/** A page with this form, and what happened on it. */
function open(html = ADDRESS) {
  const started = start({ plugins: [forms()] })
  document.body.innerHTML = html
  return {
    ...started,
    write: (name: string, value = 'secret') => {
      const field = document.querySelector<HTMLInputElement>(`[name=${name}]`)!
      field.value = value
      field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))
    },
    submit: () => document.querySelector('form')!.dispatchEvent(new SubmitEvent('submit', { bubbles: true })),
    leave: () => window.dispatchEvent(new Event('pagehide')),
    told: async () => (await started.sent()).map(({ name, properties }) => ({ name, ...properties })),
  }
}

const named = { form_id: 'address', form_name: 'shipping' }

test('a form is begun once, when it is first written in', async () => {
  const { write, told } = open()
  document.querySelector('input')!.focus()
  expect(await told()).toEqual([])
  write('city')
  write('id')
  expect(await told()).toEqual([{ name: 'form_start', ...named }])
})

test('a form that is sent tells how many fields were written in, and the last', async () => {
  const { write, submit, leave, told } = open()
  write('id')
  write('city', 'J')
  write('city', 'Ja')
  submit()
  leave()
  expect(await told()).toEqual([
    { name: 'form_start', ...named },
    { name: 'form_submit', ...named, last_field: 'city', fields_changed: 2, form_time_msec: expect.any(Number) },
  ])
})

test('a form that is left is abandoned, once', async () => {
  const { write, leave, told } = open()
  write('city')
  leave()
  leave()
  expect((await told()).slice(1)).toEqual([
    { name: 'form_abandon', ...named, last_field: 'city', fields_changed: 1, form_time_msec: expect.any(Number) },
  ])
})

test('a form that is left within the page is told of the page it was on', async () => {
  const { write, sent } = open()
  write('city')
  history.pushState(null, '', '/cart')
  window.dispatchEvent(new PopStateEvent('popstate'))
  const last = (await sent()).at(-1)
  expect(last?.properties).toMatchObject({ page_location: `${location.origin}/checkout` })
  expect(last?.name).toBe('form_abandon')
})

test('a browser that does not tell of another address is looked after', async () => {
  const { write, told } = open()
  write('city')
  history.pushState(null, '', '/cart')
  await vi.waitFor(async () => expect(await told()).toMatchObject([{}, { name: 'form_abandon' }]), { timeout: 5_000 })
})

test('neither what is written nor the name of a secret field is told', async () => {
  const { write, leave, told } = open()
  write('city')
  write('pass_word')
  leave()
  write('card')
  leave()
  const events = await told()
  expect(events).toMatchObject([{}, { fields_changed: 2 }, {}, { fields_changed: 1 }])
  expect(JSON.stringify(events)).not.toMatch(/secret|pass_word|card|last_field/)
})

test('a form that was sent without being written in is sent all the same', async () => {
  const { submit, told } = open('<form id="newsletter"></form>')
  submit()
  expect(await told()).toEqual([{ name: 'form_submit', form_id: 'newsletter' }])
})

test('an ignored form is nothing', async () => {
  const { write, submit, leave, told } = open('<form data-jejak-ignore><input name="a"></form>')
  write('a')
  submit()
  leave()
  expect(await told()).toEqual([])
})

test('a form within a shadow root is begun and sent', async () => {
  const { told } = open('<div id="host"></div>')
  const root = document.querySelector('div')!.attachShadow({ mode: 'open' })
  root.innerHTML = '<form id="inner"><input name="a"></form>'
  root.querySelector('input')!.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))
  root.querySelector('form')!.dispatchEvent(new SubmitEvent('submit', { bubbles: true }))
  expect(await told()).toMatchObject([
    { name: 'form_start', form_id: 'inner' },
    { name: 'form_submit', form_id: 'inner' },
  ])
})

test('after `stop` nothing is told', async () => {
  const { tracker, sent } = start()
  const stop = forms()(tracker)
  document.body.innerHTML = ADDRESS
  stop?.()
  document.querySelector('input')!.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))
  expect(await sent()).toEqual([])
})
