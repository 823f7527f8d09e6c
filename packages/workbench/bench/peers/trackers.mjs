// The trackers that Jejak is measured beside, each as its documentation sets it up, pointed at an endpoint of ours. The
// code of each makes two functions: `start(url)`, and `track(name, properties)`.

/** @typedef {{ name: string, package?: string, version?: string, keeps: boolean, code: string, answer?: string }} Peer */

/** @type {readonly Peer[]} */
export const TRACKERS = [
  {
    name: 'Jejak',
    keeps: true,
    code: `
      import { createTracker } from '@jejak/browser'
      let tracker
      export const start = url => { tracker = createTracker({ endpoint: url + '/e' }) }
      export const track = (name, properties) => tracker.track(name, properties)`,
  },
  {
    name: 'Snowplow',
    package: '@snowplow/browser-tracker',
    version: '4.10.1',
    keeps: true,
    code: `
      import { newTracker, trackSelfDescribingEvent } from '@snowplow/browser-tracker'
      export const start = url => { newTracker('sp', url, { appId: 'shop' }) }
      export const track = (name, data) =>
        trackSelfDescribingEvent({ event: { schema: 'iglu:com.shop/' + name + '/jsonschema/1-0-0', data } })`,
  },
  {
    name: 'RudderStack',
    package: '@rudderstack/analytics-js',
    version: '3.34.1',
    keeps: true,
    code: `
      import { RudderAnalytics } from '@rudderstack/analytics-js/bundled'
      const analytics = new RudderAnalytics()
      const source = { id: 's', name: 's', writeKey: 'k', enabled: true, config: {}, destinations: [], workspaceId: 'w',
        connections: [], dataplanes: {}, createdAt: '', updatedAt: '', createdBy: '', deleted: false, transient: false,
        sourceDefinitionId: 'd', sourceDefinition: { id: 'd', name: 'JS', category: null } }
      export const start = url => analytics.load('k'.repeat(27), url, { getSourceConfig: () => ({ source }), logLevel: 'NONE' })
      export const track = (name, properties) => analytics.track(name, properties)`,
  },
  {
    name: 'Amplitude',
    package: '@amplitude/analytics-browser',
    version: '2.47.1',
    keeps: true,
    answer: '{"code":200}',
    code: `
      import * as amplitude from '@amplitude/analytics-browser'
      export const start = url => amplitude.init('k', { serverUrl: url + '/2/httpapi', fetchRemoteConfig: false, autocapture: false, logLevel: 0 })
      export const track = (name, properties) => amplitude.track(name, properties)`,
  },
  {
    name: 'Mixpanel',
    package: 'mixpanel-browser',
    version: '2.83.0',
    keeps: true,
    answer: '{"status":1,"error":null}',
    code: `
      import mixpanel from 'mixpanel-browser/src/loaders/loader-module-core'
      export const start = url => mixpanel.init('k', { api_host: url, persistence: 'localStorage', ignore_dnt: true })
      export const track = (name, properties) => mixpanel.track(name, properties)`,
  },
  {
    name: 'Segment',
    package: '@segment/analytics-next',
    version: '1.84.3',
    keeps: false,
    code: `
      import { AnalyticsBrowser } from '@segment/analytics-next'
      let analytics
      export const start = url => {
        const { protocol, host } = new URL(url)
        analytics = AnalyticsBrowser.load({ writeKey: 'k', cdnSettings: { integrations: {
          'Segment.io': { apiKey: 'k', apiHost: host + '/v1', protocol: protocol.slice(0, -1) } } } })
      }
      export const track = (name, properties) => void analytics.track(name, properties)`,
  },
  {
    name: 'PostHog',
    package: 'posthog-js',
    version: '1.449.2',
    keeps: false,
    code: `
      import posthog from 'posthog-js'
      export const start = url => posthog.init('k', { api_host: url, advanced_disable_flags: true, autocapture: false,
        disable_external_dependency_loading: true, disable_session_recording: true, capture_pageview: false,
        opt_out_useragent_filter: true, rate_limiting: { events_per_second: 1e6, events_burst_limit: 1e7 } })
      export const track = (name, properties) => void posthog.capture(name, properties)`,
  },
  {
    name: 'Jitsu',
    package: '@jitsu/js',
    version: '1.11.0',
    keeps: false,
    code: `
      import { jitsuAnalytics } from '@jitsu/js'
      let analytics
      export const start = url => { analytics = jitsuAnalytics({ host: url, writeKey: 'k:s' }) }
      export const track = (name, properties) => void analytics.track(name, properties)`,
  },
  {
    name: 'OpenPanel',
    package: '@openpanel/web',
    version: '1.4.1',
    keeps: false,
    answer: '{"deviceId":"d","sessionId":"s"}',
    code: `
      import { OpenPanel } from '@openpanel/web'
      let op
      export const start = url => { op = new OpenPanel({ clientId: 'c', apiUrl: url }) }
      export const track = (name, properties) => void op.track(name, properties)`,
  },
  {
    name: 'Plausible',
    package: '@plausible-analytics/tracker',
    version: '0.4.6',
    keeps: false,
    code: `
      import { init, track as send } from '@plausible-analytics/tracker'
      export const start = url => {
        window.__plausible = true
        init({ domain: 'shop.example', endpoint: url + '/api/event', captureOnLocalhost: true, autoCapturePageviews: false, logging: false })
      }
      export const track = (name, { items, ...props }) => send(name, { props: { ...props, item: items[0].item_id } })`,
  },
  {
    name: 'one keepalive fetch per event',
    keeps: false,
    code: `
      let endpoint
      export const start = url => { endpoint = url + '/fetch' }
      export const track = (name, properties) =>
        void fetch(endpoint, { method: 'POST', keepalive: true, body: JSON.stringify({ id: crypto.randomUUID(), time: Date.now(), name, properties }) }).catch(() => {})`,
  },
]

/** A page that does the same and tracks nothing: its cost is taken off everybody's. */
export const NOTHING = {
  name: 'nothing',
  keeps: false,
  code: 'export const start = () => {}; export const track = () => {}',
}
