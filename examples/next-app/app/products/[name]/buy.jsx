'use client'

import { useTrackView } from '@jejak/browser/react'
import { useRouter } from 'next/navigation'
import { jejak } from '../../../lib/jejak.js'
import { valueOf } from '../../../lib/products.js'

export function Buy({ item }) {
  const router = useRouter()
  useTrackView(jejak, 'view_item', valueOf(item))

  const buy = () => {
    jejak.track('begin_checkout', valueOf(item))
    sessionStorage.setItem('order', JSON.stringify({ ...valueOf(item), transaction_id: `T-${Date.now()}` }))
    router.push('/thanks')
  }
  return <button onClick={buy}>Buy</button>
}
