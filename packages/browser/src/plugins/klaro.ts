import type { Plugin } from '../tracker.ts'
import { tellConsent } from './tell-consent.ts'
import { whenThere } from './when-there.ts'

export interface KlaroOptions {
  /** The service in Klaro's own configuration that stands for measuring. Default: `jejak`. */
  readonly analytics?: string | undefined
  /** The service that stands for keeping click ids. Default: none; then measuring is all there is to allow. */
  readonly ads?: string | undefined
}

interface KlaroManager {
  readonly confirmed: boolean
  getConsent(service: string): boolean
  watch(watcher: object): void
  unwatch(watcher: object): void
}

/**
 * Follows Klaro: what the visitor has confirmed for a service of its configuration.
 *
 * https://klaro.org/docs/api/js_api
 */
export function klaro({ analytics = 'jejak', ads }: KlaroOptions = {}): Plugin {
  return tracker => {
    let leave = (): void => {}
    const stopWaiting = whenThere(
      () => (window as { klaro?: { getManager(): KlaroManager } }).klaro?.getManager(),
      manager => {
        const update = (): void =>
          tellConsent(tracker, {
            analytics: manager.getConsent(analytics),
            ads: !!ads && manager.getConsent(ads),
            isChoice: manager.confirmed,
          })
        const watcher = { update }
        leave = () => manager.unwatch(watcher)
        manager.watch(watcher)
        update()
      },
    )
    return () => {
      stopWaiting()
      leave()
    }
  }
}
