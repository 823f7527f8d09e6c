import Link from 'next/link'
import { notFound } from 'next/navigation'
import { PRODUCTS } from '../../../lib/products.js'
import { Buy } from './buy.jsx'

export default async function Product({ params }) {
  const item = PRODUCTS[(await params).name]
  if (!item) notFound()
  return (
    <>
      <h1>{item.item_name}</h1>
      <Buy item={item} /> <Link href="/products/scarf">With it goes a scarf</Link>
    </>
  )
}
