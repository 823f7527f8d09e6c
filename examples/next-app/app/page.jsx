import Link from 'next/link'

export default function Home() {
  return <Link href="/products/shirt">Batik shirt</Link>
}
