import type { JourneyStage } from '@jejak/events'
import type { MetricType } from 'web-vitals'
import type { Plugin } from '../tracker.ts'

/** The functions of the library web-vitals, or of its attribution build. */
export interface VitalsLibrary<Vital extends MetricType> {
  readonly onCLS: OnVital<Vital>
  readonly onFCP: OnVital<Vital>
  readonly onINP: OnVital<Vital>
  readonly onLCP: OnVital<Vital>
  readonly onTTFB: OnVital<Vital>
}

// As a method: each of the library's functions gives one kind of vital only.
type OnVital<Vital> = { on(onReport: (vital: Vital) => void): void }['on']

const METRICS = ['CLS', 'FCP', 'INP', 'LCP', 'TTFB'] as const

export type MetricName = (typeof METRICS)[number]

export interface WebVitalsOptions {
  /** Default: all. */
  readonly metrics?: readonly MetricName[] | undefined
}

/**
 * Tracks a `web_vital` for each metric once its value is final, and anew when the page is restored from the
 * back/forward cache. Each is of the page that was loaded and its stage, also where the visitor has gone on within it:
 * then `page_location` tells which it was.
 */
export function reportVitals<Vital extends MetricType>(
  library: VitalsLibrary<Vital>,
  { metrics = METRICS }: WebVitalsOptions,
  selectorOf?: (vital: Vital) => string | undefined,
): Plugin {
  return tracker => {
    let isStopped = false
    let [url, stage]: readonly [string, JourneyStage?] = [tracker.pageUrl]
    // The page's own view may be tracked by a plugin after this one.
    const notePage = (): unknown => setTimeout(() => ([url, stage] = [tracker.pageUrl, tracker.stage]))
    const onShow = ({ persisted }: PageTransitionEvent): unknown => persisted && notePage()

    const report = (vital: Vital): void => {
      if (isStopped) return
      const { name, value, rating, navigationType } = vital
      const selector = selectorOf?.(vital)
      tracker.track(
        'web_vital',
        {
          metric: name,
          metric_value: name === 'CLS' ? Math.round(value * 1e4) / 1e4 : Math.round(value),
          metric_rating: rating,
          navigation_type: navigationType,
          ...(selector && { selector }),
          ...(url !== tracker.pageUrl && { page_location: url }),
        },
        // Where it was noted before the page's own view was, it is that of now.
        { stage: stage ?? tracker.stage },
      )
    }
    notePage()
    addEventListener('pageshow', onShow)
    for (const metric of metrics) library[`on${metric}`](report)
    return () => {
      // The library cannot be told to stop.
      isStopped = true
      removeEventListener('pageshow', onShow)
    }
  }
}
