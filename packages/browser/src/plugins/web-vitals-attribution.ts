import { onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals/attribution'
import type { MetricWithAttribution } from 'web-vitals/attribution'
import type { Plugin } from '../tracker.ts'
import { reportVitals } from './report-vitals.ts'
import type { WebVitalsOptions } from './report-vitals.ts'

export type { MetricName, WebVitalsOptions } from './report-vitals.ts'

/** The same, and for LCP, INP and CLS which element it was. The library's attribution build is larger by half. */
export function webVitals(options: WebVitalsOptions = {}): Plugin {
  return reportVitals<MetricWithAttribution>({ onCLS, onFCP, onINP, onLCP, onTTFB }, options, elementOf)
}

function elementOf(vital: MetricWithAttribution): string | undefined {
  if (vital.name === 'LCP') return vital.attribution.target
  if (vital.name === 'INP') return vital.attribution.interactionTarget
  return vital.name === 'CLS' ? vital.attribution.largestShiftTarget : undefined
}
