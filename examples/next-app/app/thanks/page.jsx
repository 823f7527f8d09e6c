'use client'

import { useTrackView } from '@jejak/browser/react'
import { useEffect, useState } from 'react'
import { jejak } from '../../lib/jejak.js'

export default function Thanks() {
  const [order, setOrder] = useState()
  useEffect(() => setOrder(JSON.parse(sessionStorage.getItem('order'))), [])
  useTrackView(jejak, 'purchase', order)
  return <h1>Thank you</h1>
}
