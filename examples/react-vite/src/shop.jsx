import { useTrackView } from '@jejak/browser/react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { BrowserRouter, Link, Route, Routes, useLocation, useNavigate, useParams } from 'react-router'
import { jejak } from './jejak.js'

const PRODUCTS = {
  shirt: { item_id: 'SKU-1', item_name: 'Batik shirt', price: 150000, quantity: 1 },
  scarf: { item_id: 'SKU-2', item_name: 'Batik scarf', price: 90000, quantity: 1 },
}
const valueOf = item => ({ currency: 'IDR', value: item.price, items: [item] })

function Home() {
  return <Link to="/products/shirt">Batik shirt</Link>
}

function Product() {
  const item = PRODUCTS[useParams().name]
  const navigate = useNavigate()
  useTrackView(jejak, 'view_item', valueOf(item))

  const buy = () => {
    jejak.track('begin_checkout', valueOf(item))
    navigate('/thanks', { state: { ...valueOf(item), transaction_id: `T-${Date.now()}` } })
  }
  return (
    <>
      <h1>{item.item_name}</h1>
      <button onClick={buy}>Buy</button> <Link to="/products/scarf">With it goes a scarf</Link>
    </>
  )
}

function Thanks() {
  const { state: order } = useLocation()
  useTrackView(jejak, 'purchase', order)
  return <h1>Thank you</h1>
}

createRoot(document.querySelector('#shop')).render(
  <StrictMode>
    <BrowserRouter>
      <Routes>
        <Route path="/" element={<Home />} />
        <Route path="/products/:name" element={<Product />} />
        <Route path="/thanks" element={<Thanks />} />
      </Routes>
    </BrowserRouter>
  </StrictMode>,
)
