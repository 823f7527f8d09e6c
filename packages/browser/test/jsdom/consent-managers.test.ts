import { consentMode, cookiebot, klaro, oneTrust, shopifyConsent, tcf, usercentrics } from '@jejak/browser/consent'
import type { Plugin, TrackerSettings } from '@jejak/browser'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { start } from './start.ts'

// Consent managers as their public documentation describes them: the scripts themselves come from their makers' servers.

const page = window as unknown as Record<string, unknown>

/** The consent that a tracker has with a plugin; pending until somebody says something. */
function following(plugin: Plugin, settings: TrackerSettings = {}) {
  const { tracker } = start({ consent: 'pending', plugins: [plugin], ...settings })
  return tracker
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }))
afterEach(() => {
  vi.useRealTimers()
  for (const name of ['dataLayer', '__tcfapi', 'Cookiebot', 'OneTrust', 'OnetrustActiveGroups', 'klaro', 'Shopify'])
    delete page[name]
})

describe('Google Consent Mode', () => {
  const denied = { analytics_storage: 'denied', ad_storage: 'denied', ad_user_data: 'denied' }
  const granted = { analytics_storage: 'granted', ad_storage: 'granted', ad_user_data: 'granted' }

  function gtag(..._details: unknown[]): void {
    // oxlint-disable-next-line prefer-rest-params
    ;((page['dataLayer'] ??= []) as unknown[]).push(arguments)
  }

  test('a default that denies leaves events waiting, and an update says what the visitor chose', () => {
    gtag('consent', 'default', { ...denied, wait_for_update: 500 })
    const tracker = following(consentMode())
    expect(tracker.consent).toBe('pending')
    gtag('consent', 'update', granted)
    expect(tracker.consent).toBe('granted')
    gtag('consent', 'update', { analytics_storage: 'denied' })
    expect(tracker.consent).toBe('denied')
  })

  test('what was pushed before the tracker came counts too', () => {
    gtag('consent', 'default', denied)
    gtag('consent', 'update', granted)
    expect(following(consentMode()).consent).toBe('granted')
  })

  test('an update changes what it names and leaves the rest', () => {
    gtag('consent', 'default', denied)
    const tracker = following(consentMode())
    gtag('consent', 'update', { analytics_storage: 'granted' })
    expect(tracker.consent).toBe('limited')
    gtag('consent', 'update', { ad_storage: 'granted' })
    expect(tracker.consent, 'ad_user_data is still denied').toBe('limited')
  })

  test('a default that grants opens a tracker that waits, and overrules no word of the visitor', () => {
    gtag('consent', 'default', granted)
    expect(following(consentMode()).consent).toBe('granted')
    const tracker = following(consentMode(), { consent: 'denied' })
    expect(tracker.consent).toBe('denied')
  })

  test('a default of certain regions denies everywhere and grants nowhere, for nobody knows where the visitor is', () => {
    gtag('consent', 'default', { ...granted, region: ['US'] })
    expect(following(consentMode()).consent).toBe('pending')
    gtag('consent', 'default', granted)
    gtag('consent', 'default', { ...denied, region: ['DE'] })
    expect(following(consentMode()).consent).toBe('granted')
  })

  test('what is no consent is not looked at', () => {
    const tracker = following(consentMode({ name: 'ownLayer' }))
    const layer = page['ownLayer'] as unknown[]
    layer.push(null, 7, 'consent', ['consent'], ['consent', 'update'], ['consent', 'update', { ad_storage: 'granted' }])
    expect(tracker.consent).toBe('pending')
    delete page['ownLayer']
  })
})

describe('the Transparency and Consent Framework', () => {
  interface Stub {
    readonly tell: (data: object) => void
    readonly removed: number[]
  }

  function stub(): Stub {
    const listeners = new Map<number, (data: object, success: boolean) => void>()
    const removed: number[] = []
    page['__tcfapi'] = (
      command: string,
      version: number,
      callback: (data: object, success: boolean) => void,
      id?: number,
    ) => {
      expect(version).toBe(2)
      if (command === 'addEventListener') {
        listeners.set(listeners.size + 1, callback)
        callback({ listenerId: listeners.size, eventStatus: 'cmpuishown', gdprApplies: true }, true)
      } else if (command === 'removeEventListener') {
        removed.push(id!)
        listeners.delete(id!)
      }
    }
    return {
      removed,
      tell: data => listeners.forEach((tell, listenerId) => tell({ gdprApplies: true, listenerId, ...data }, true)),
    }
  }

  test.each([
    ['granted', { 1: true, 7: true, 8: true }, {}],
    ['limited', { 1: true, 8: true }, {}],
    ['limited', { 1: true }, { 8: true }],
    ['denied', { 7: true, 8: true }, {}],
    ['denied', {}, {}],
  ])('is %s with the purposes %j and the legitimate interests %j', (state, consents, legitimateInterests) => {
    const { tell } = stub()
    const tracker = following(tcf())
    expect(tracker.consent, 'while the visitor is being asked').toBe('pending')
    tell({ eventStatus: 'useractioncomplete', purpose: { consents, legitimateInterests } })
    expect(tracker.consent).toBe(state)
  })

  test('a choice of an earlier visit counts when it is loaded', () => {
    const { tell } = stub()
    const tracker = following(tcf())
    tell({ eventStatus: 'tcloaded', purpose: { consents: { 1: true, 7: true, 8: true } } })
    expect(tracker.consent).toBe('granted')
  })

  test('where the GDPR does not apply everything is allowed', () => {
    const { tell } = stub()
    const tracker = following(tcf())
    tell({ gdprApplies: false, eventStatus: 'tcloaded' })
    expect(tracker.consent).toBe('granted')
  })

  test('a manager that loads later is waited for', () => {
    const tracker = following(tcf())
    vi.advanceTimersByTime(5_000)
    const { tell } = stub()
    vi.advanceTimersByTime(1_000)
    tell({ eventStatus: 'tcloaded', purpose: { consents: { 1: true, 8: true } } })
    expect(tracker.consent).toBe('limited')
  })

  test('a tracker that stops listens no longer', () => {
    const { removed } = stub()
    following(tcf()).stop()
    expect(removed).toEqual([1])
  })
})

describe('Cookiebot', () => {
  test('tells with its own events what was chosen', () => {
    const tracker = following(cookiebot())
    page['Cookiebot'] = { hasResponse: true, consent: { statistics: true, marketing: false } }
    dispatchEvent(new Event('CookiebotOnConsentReady'))
    expect(tracker.consent).toBe('limited')
    page['Cookiebot'] = { hasResponse: true, consent: { statistics: false, marketing: false } }
    dispatchEvent(new Event('CookiebotOnDecline'))
    expect(tracker.consent).toBe('denied')
  })

  test('has told before the tracker came', () => {
    page['Cookiebot'] = { hasResponse: true, consent: { statistics: true, marketing: true } }
    expect(following(cookiebot()).consent).toBe('granted')
  })

  test('says nothing as long as nobody has answered', () => {
    page['Cookiebot'] = { hasResponse: false, consent: { statistics: false, marketing: false } }
    expect(following(cookiebot()).consent).toBe('pending')
  })
})

describe('OneTrust', () => {
  const tell = (groups: string, isClosed: boolean): void => {
    page['OneTrust'] = { IsAlertBoxClosed: () => isClosed }
    page['OnetrustActiveGroups'] = groups
    dispatchEvent(new CustomEvent('OneTrustGroupsUpdated', { detail: groups.split(',') }))
  }

  test('tells by its active groups', () => {
    const tracker = following(oneTrust())
    tell(',C0001,', false)
    expect(tracker.consent, 'nobody has answered').toBe('pending')
    tell(',C0001,C0002,', true)
    expect(tracker.consent).toBe('limited')
    tell(',C0001,C0002,C0004,', true)
    expect(tracker.consent).toBe('granted')
    tell(',C0001,', true)
    expect(tracker.consent).toBe('denied')
  })

  test('may have groups of other names, of which none is part of another', () => {
    tell('C0001,C0002,STAT10', true)
    expect(following(oneTrust({ analytics: 'STAT1' })).consent).toBe('denied')
    expect(following(oneTrust({ analytics: 'STAT10' })).consent).toBe('limited')
  })
})

describe('Klaro', () => {
  test('tells what was confirmed for a service of its configuration', () => {
    const consents: Record<string, boolean> = { jejak: false }
    const watchers = new Set<{ readonly update: () => void }>()
    const manager = {
      confirmed: false,
      getConsent: (service: string) => consents[service] ?? false,
      watch: (watcher: { readonly update: () => void }) => void watchers.add(watcher),
      unwatch: (watcher: { readonly update: () => void }) => void watchers.delete(watcher),
    }
    const tracker = following(klaro({ ads: 'click-ids' }))
    page['klaro'] = { getManager: () => manager }
    vi.advanceTimersByTime(1_000)
    expect(tracker.consent).toBe('pending')
    Object.assign(consents, { jejak: true, 'click-ids': true })
    manager.confirmed = true
    watchers.forEach(({ update }) => update())
    expect(tracker.consent).toBe('granted')
    tracker.stop()
    expect(watchers.size).toBe(0)
  })
})

describe('Usercentrics', () => {
  test('tells by the data layer, with categories and services', () => {
    page['dataLayer'] = [{ event: 'consent_status', type: 'implicit', ucCategory: { functional: false } }]
    const tracker = following(usercentrics())
    expect(tracker.consent).toBe('pending')
    const layer = page['dataLayer'] as unknown[]
    layer.push({ event: 'consent_status', type: 'EXPLICIT', ucCategory: { functional: true, marketing: null } })
    expect(tracker.consent).toBe('limited')
    layer.push({ event: 'consent_status', type: 'explicit', ucCategory: { functional: false, marketing: false } })
    expect(tracker.consent).toBe('denied')
    const service = following(usercentrics({ analytics: 'Jejak' }))
    layer.push({ event: 'consent_status', type: 'explicit', Jejak: true, ucCategory: { marketing: true } })
    expect(service.consent).toBe('granted')
  })
})

describe("Shopify's customer privacy", () => {
  const privacyOf = (analytics: string, marketing: string, isAllowed: boolean) => ({
    analyticsProcessingAllowed: () => analytics === 'yes' || (analytics === '' && isAllowed),
    marketingAllowed: () => marketing === 'yes' || (marketing === '' && isAllowed),
    currentVisitorConsent: () => ({ analytics, marketing }),
  })

  test('is loaded where the theme does not, and tells what visitors choose', () => {
    const shopify: Record<string, unknown> = {
      loadFeatures(features: { name: string }[], onLoaded: () => void) {
        expect(features[0]!.name).toBe('consent-tracking-api')
        shopify['customerPrivacy'] = privacyOf('', '', false)
        onLoaded()
      },
    }
    page['Shopify'] = shopify
    const tracker = following(shopifyConsent())
    expect(tracker.consent, 'asked, and not answered yet').toBe('pending')
    shopify['customerPrivacy'] = privacyOf('yes', 'no', false)
    document.dispatchEvent(new Event('visitorConsentCollected'))
    expect(tracker.consent).toBe('limited')
  })

  test('allows everything where it asks for nothing', () => {
    page['Shopify'] = { customerPrivacy: privacyOf('', '', true) }
    expect(following(shopifyConsent()).consent).toBe('granted')
  })
})

test('Global Privacy Control keeps click ids out until the visitor says otherwise', () => {
  Object.defineProperty(navigator, 'globalPrivacyControl', { value: true, configurable: true })
  onTestFinished(() => void Reflect.deleteProperty(navigator, 'globalPrivacyControl'))
  page['dataLayer'] = [['consent', 'default', { analytics_storage: 'granted', ad_storage: 'granted' }]]
  const tracker = following(consentMode())
  expect(tracker.consent).toBe('limited')
  ;(page['dataLayer'] as unknown[]).push(['consent', 'update', { ad_storage: 'granted' }])
  expect(tracker.consent).toBe('granted')
})

test.each(Object.entries({ consentMode, cookiebot, klaro, oneTrust, shopifyConsent, tcf, usercentrics }))(
  '%s finds nothing in a page without it, and throws nothing where it is half there',
  (_, plugin) => {
    for (const broken of [undefined, {}, { getManager: 1, customerPrivacy: {}, consent: null }]) {
      for (const name of ['__tcfapi', 'Cookiebot', 'OneTrust', 'OnetrustActiveGroups', 'klaro', 'Shopify'])
        page[name] = broken
      const tracker = following(plugin())
      vi.advanceTimersByTime(60_000)
      expect(tracker.consent).toBe('pending')
      tracker.stop()
    }
  },
)
