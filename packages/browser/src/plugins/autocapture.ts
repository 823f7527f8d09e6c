import type { Plugin } from '../tracker.ts'
import { clicks } from './clicks.ts'
import { deadClicks } from './dead-clicks.ts'
import { engagement } from './engagement.ts'
import { forms } from './forms.ts'
import { htmlEvents } from './html-events.ts'
import { rageClicks } from './rage-clicks.ts'
import { video } from './video.ts'

const PARTS = { clicks, deadClicks, engagement, forms, htmlEvents, rageClicks, video }

type Part = 'clicks' | 'deadClicks' | 'engagement' | 'forms' | 'htmlEvents' | 'rageClicks' | 'video'

/** What may be left out: `{ video: false }`. Default: nothing is. */
export type AutocaptureOptions = { readonly [Each in Part]?: boolean | undefined }

/**
 * Tracks by itself what people do on a page: `clicks`, `deadClicks`, `engagement`, `forms`, `htmlEvents`, `rageClicks` and
 * `video` together.
 */
export function autocapture(options: AutocaptureOptions = {}): Plugin {
  return tracker => {
    const names = Object.keys(PARTS) as Part[]
    const stops = names.filter(name => options[name] !== false).map(name => PARTS[name]()(tracker))
    return () => {
      for (const stop of stops) stop?.()
    }
  }
}
