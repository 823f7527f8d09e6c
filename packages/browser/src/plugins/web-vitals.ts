import { onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals'
import type { MetricType } from 'web-vitals'
import type { Plugin } from '../tracker.ts'
import { reportVitals } from './report-vitals.ts'
import type { WebVitalsOptions } from './report-vitals.ts'

export type { MetricName, WebVitalsOptions } from './report-vitals.ts'

/** Tracks Core Web Vitals, by the library web-vitals: see `reportVitals`. */
export function webVitals(options: WebVitalsOptions = {}): Plugin {
  return reportVitals<MetricType>({ onCLS, onFCP, onINP, onLCP, onTTFB }, options)
}
