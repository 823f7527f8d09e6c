import type { Plugin } from '../tracker.ts'
import { redactText } from './redacted-text.ts'
import { createWatch, nearest, tell } from './watch-events.ts'

/** How much of a video is told, in percent. */
const PARTS = [10, 25, 50, 75]

/** `timeupdate` comes at least this often while a video plays, in seconds of it; a longer way was skipped. */
const LONGEST_STEP = 3

type VideoEvent = 'video_start' | 'video_progress' | 'video_complete'

interface Viewing {
  readonly source: string
  readonly told: Set<number | 'start' | 'complete'>
  /** Where the viewer was last, in seconds. */
  at: number
}

/**
 * Tracks the `<video>`s of a page: `video_start`, `video_progress` at 10, 25, 50 and 75 %, and `video_complete`, each once
 * for a video; a part that was skipped is not seen. One that is muted and loops is decoration.
 */
export function video(): Plugin {
  return tracker => {
    const { on, stop } = createWatch()
    const viewings = new WeakMap<HTMLVideoElement, Viewing>()

    // Media events do not rise, but they do come down.
    on(document, 'playing timeupdate ended', event => {
      const player = event.target as HTMLVideoElement
      if (player.localName !== 'video' || (player.muted && player.loop) || nearest(event, '[data-jejak-ignore]')) return
      const { currentSrc: source, currentTime, duration } = player
      let viewing = viewings.get(player)
      if (viewing?.source !== source) viewings.set(player, (viewing = { source, told: new Set(), at: currentTime }))
      const { told, at } = viewing
      const percent = (100 * currentTime) / duration

      const once = (what: number | 'start' | 'complete', name: VideoEvent, video_percent: number) => {
        if (told.has(what)) return
        told.add(what)
        const title = redactText(player.title || player.getAttribute('aria-label') || '', 100)
        tell(tracker, name, {
          ...(title && { video_title: title }),
          ...(source.startsWith('http') && { video_url: redactText(source.split(/[?#]/)[0]!, 500) }),
          // A live one has none.
          ...(duration < Infinity && { video_duration: Math.round(duration) }),
          video_current_time: Math.round(currentTime),
          video_percent,
        })
      }

      if (event.type === 'playing') once('start', 'video_start', Math.floor(percent) || 0)
      else if (event.type === 'ended') once('complete', 'video_complete', 100)
      else if (told.has('start') && currentTime - at < LONGEST_STEP) {
        for (const part of PARTS) {
          if ((100 * at) / duration < part && part <= percent) once(part, 'video_progress', part)
        }
      }
      viewing.at = currentTime
    })
    return stop
  }
}
