import type { Tracker } from '@jejak/browser'
import { useTrackView } from '@jejak/browser/react'
import { act, createElement, StrictMode } from 'react'
import type { ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { start } from './start.ts'

interface ShownProps {
  readonly tracker: Tracker
  /** Of the product that is shown, once it has come. */
  readonly id?: string
}

function Product({ tracker, id }: ShownProps): ReactNode {
  useTrackView(tracker, 'view_item', id === undefined ? undefined : { items: [{ item_id: id }] })
  return id
}

/** A page that shows a product, then another thing, and so on. */
function open(): { show: (content: ReactNode) => void } {
  const root = createRoot(document.createElement('main'))
  const show = (content: ReactNode) => act(() => root.render(content))
  onTestFinished(() => act(() => root.unmount()))
  return { show }
}

const product = (props: ShownProps) => createElement(Product, props)

async function seen(sent: ReturnType<typeof start>['sent']): Promise<unknown[]> {
  return (await sent()).map(({ properties }) => (properties['items'] as { item_id: string }[])[0]!.item_id)
}

describe('useTrackView', () => {
  beforeAll(() => {
    Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  })

  test('tells once what is shown in strict mode', async () => {
    const { tracker, sent } = start()
    open().show(createElement(StrictMode, null, product({ tracker, id: 'SKU-1' })))
    expect(await seen(sent)).toEqual(['SKU-1'])
  })

  test('tells again when the same component shows another product, not when it is rendered again', async () => {
    const { tracker, sent } = start()
    const { show } = open()
    for (const id of ['SKU-1', 'SKU-1', 'SKU-2', 'SKU-1']) show(product({ tracker, id }))
    expect(await seen(sent)).toEqual(['SKU-1', 'SKU-2', 'SKU-1'])
  })

  test('tells again when the visitor comes back to it', async () => {
    const { tracker, sent } = start()
    const { show } = open()
    for (const content of [product({ tracker, id: 'SKU-1' }), null, product({ tracker, id: 'SKU-1' })]) show(content)
    expect(await seen(sent)).toEqual(['SKU-1', 'SKU-1'])
  })

  test('waits until there is something to tell', async () => {
    const { tracker, sent } = start()
    const { show } = open()
    show(product({ tracker }))
    expect(await seen(sent)).toEqual([])
    show(product({ tracker, id: 'SKU-1' }))
    expect(await seen(sent)).toEqual(['SKU-1'])
  })

  test('does nothing on a server', async () => {
    const { tracker, sent } = start()
    expect(renderToString(product({ tracker, id: 'SKU-1' }))).toBe('SKU-1')
    expect(await seen(sent)).toEqual([])
  })

  test('leaves what cannot be written to the tracker, which counts it, and the page is shown', () => {
    const dropped: string[] = []
    const { tracker } = start({ onDrop: reason => void dropped.push(reason) })
    const traits: Record<string, string> = {}
    Object.defineProperty(traits, 'name', { enumerable: true, get: () => JSON.parse('{') as string })
    function Page(): ReactNode {
      useTrackView(tracker, 'identify', { traits })
      return 'shown'
    }
    const main = document.createElement('main')
    const root = createRoot(main)
    onTestFinished(() => act(() => root.unmount()))
    act(() => root.render(createElement(Page)))
    expect({ text: main.textContent, dropped }).toEqual({ text: 'shown', dropped: ['unreadable'] })
  })

  test('knows the standard events, and those that the shop has declared', () => {
    function Page({ shop }: { shop: Tracker<{ spin_wheel: { prize: string } }> }): null {
      useTrackView(shop, 'spin_wheel', { prize: 'a shirt' })
      useTrackView(shop, 'purchase', null)
      // @ts-expect-error -- not what that event carries
      useTrackView(shop, 'spin_wheel', { price: 1 })
      // @ts-expect-error -- an order has a number
      useTrackView(shop, 'purchase', { value: 1 })
      // @ts-expect-error -- no such event
      useTrackView(shop, 'spin_whel', {})
      return null
    }
    expect(Page).toBeTypeOf('function')
  })
})
