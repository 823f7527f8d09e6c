import type { Plugin } from '../tracker.ts'
import { tellConsent } from './tell-consent.ts'
import { whenThere } from './when-there.ts'

interface TcData {
  readonly gdprApplies?: boolean
  readonly eventStatus?: string
  readonly listenerId?: number
  readonly purpose?: { readonly consents?: Flags; readonly legitimateInterests?: Flags }
}

type Flags = Readonly<Record<number, boolean | undefined>>
type Call = (
  command: string,
  version: 2,
  callback: (data: TcData, success: boolean) => void,
  parameter?: number,
) => void

/** The purposes of the Transparency and Consent Framework that count here. */
const STORE = 1
const MEASURE_ADS = 7
const MEASURE_CONTENT = 8

/**
 * Follows a consent manager of IAB Europe's Transparency and Consent Framework, 2.2 and later, by its event listener.
 * Purposes 1 (store on the device) and 8 (measure content) let the tracker measure, 7 (measure advertising) lets it
 * keep click ids; a legitimate interest counts for 8 where it was not objected to. Jejak is no vendor: the shop
 * measures for itself. Where the GDPR does not apply, everything is allowed.
 *
 * https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework
 */
export function tcf(): Plugin {
  return tracker => {
    let leave = (): void => {}
    const stopWaiting = whenThere(
      () => (window as { __tcfapi?: Call }).__tcfapi,
      call => {
        leave = () => {}
        call('addEventListener', 2, (data, success) => {
          const { gdprApplies, eventStatus, listenerId, purpose: { consents, legitimateInterests } = {} } = data
          leave = () => call('removeEventListener', 2, () => {}, listenerId)
          if (!success) return
          if (gdprApplies === false) return tellConsent(tracker, { analytics: true, ads: true, isChoice: false })
          if (eventStatus !== 'tcloaded' && eventStatus !== 'useractioncomplete') return
          const mayStore = !!consents?.[STORE]
          tellConsent(tracker, {
            analytics: mayStore && !!(consents[MEASURE_CONTENT] || legitimateInterests?.[MEASURE_CONTENT]),
            ads: mayStore && !!consents[MEASURE_ADS],
            isChoice: true,
          })
        })
      },
    )
    return () => {
      stopWaiting()
      leave()
    }
  }
}
